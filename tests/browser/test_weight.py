"""What the first page costs: bytes over the wire, and what has to come before anything is seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

MOST = 60_000  # bytes over the wire, headers and all
LOADED = "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')] \
.map(e => [new URL(e.name).pathname, e.transferSize, e.renderBlockingStatus])"


@pytest.fixture(params=["en", "zh-hans"])
def first_visit(request: pytest.FixtureRequest, browser: Browser, origin: str) -> Page:
    """The first page in a browser that has seen nothing of ours."""
    context = browser.new_context()
    request.addfinalizer(context.close)
    page = context.new_page()
    page.goto(f"{origin}/{request.param}/", wait_until="networkidle")
    return page


def test_the_first_page_fits_into_60_kb(first_visit: Page) -> None:
    sizes = {name: size for name, size, _ in first_visit.evaluate(LOADED)}
    assert len(sizes) >= 4  # the page, its style, the script and what it imports
    assert all(sizes.values()), sizes
    assert sum(sizes.values()) <= MOST, sizes


def test_nothing_but_one_stylesheet_is_waited_for(first_visit: Page) -> None:
    waited_for = [name for name, _, status in first_visit.evaluate(LOADED)[1:] if status == "blocking"]
    assert [name.rpartition(".")[2] for name in waited_for] == ["css"]
