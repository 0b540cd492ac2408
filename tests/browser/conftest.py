"""A real server (gunicorn) and a real browser (Debian's Chromium)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.served import served

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@dataclass
class Watched:
    """A page with what it must not do: leave the origin, or complain."""

    page: Page
    origin: str
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def lookup(self, text: str, lang: str = "en") -> None:
        self.page.goto(f"{self.origin}/{lang}/")
        self.page.fill("#text", text)
        self.page.click(".paste .main-button")
        self.page.wait_for_load_state()

    def answered(self) -> str | None:
        """The code of the answer on a result page; empty when it says it does not know."""
        return self.page.get_attribute("article.answer", "data-code")


@pytest.fixture(scope="session")
def origin() -> Iterator[str]:
    with served() as origin:
        yield origin


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Gone with the last browser test in a row: its event loop would keep later tests from the database."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser, origin: str) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1100, "height": 900})
    opened.grant_permissions(["clipboard-read", "clipboard-write"], origin=origin)
    yield opened
    opened.close()


@pytest.fixture
def site(context: BrowserContext, origin: str) -> Iterator[Watched]:
    watched = watch(context, origin)
    yield watched
    assert watched.strangers == []
    assert watched.complaints == []


def watch(context: BrowserContext, origin: str) -> Watched:
    watched = Watched(context.new_page(), origin)
    watched.page.on("request", lambda r: r.url.startswith(origin) or watched.strangers.append(r.url))
    watched.page.on("console", lambda m: m.type in ("error", "warning") and watched.complaints.append(m.text))
    watched.page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    return watched
