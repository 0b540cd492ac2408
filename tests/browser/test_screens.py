"""Every page on every screen: phones, forced colours, paper, a screen reader."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Watched
from tests.browser.visited import visit

LANGUAGES = pytest.mark.parametrize("lang", ["en", "zh-hans"])
PRINTED = ("errors/401-invalid-api-key/", "howtos/set-base-url/", "models/", "gateways/", "about/")
A4 = 700  # CSS pixels between the margins
WIDTH = "document.documentElement.scrollWidth"
CUT_OFF = """[...document.querySelectorAll('main *')]
    .filter((e) => e.clientWidth && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible')
    .map((e) => e.outerHTML.slice(0, 120))"""
FOLDED = """[...document.querySelectorAll('details:not(.replies) > :not(summary)')]
    .filter((e) => !e.closest('.recordings') && !e.checkVisibility()).map((e) => e.outerHTML.slice(0, 120))"""


@LANGUAGES
def test_no_page_scrolls_sideways_on_a_phone_or_in_forced_colours(site: Watched, lang: str) -> None:
    wide = []
    for name in visit(site, lang):
        for width, forced in ((390, "none"), (320, "none"), (320, "active")):
            site.page.emulate_media(forced_colors=forced)  # type: ignore[arg-type]
            site.page.set_viewport_size({"width": width, "height": 800})
            if site.page.evaluate(WIDTH) > width:
                wide.append((name, width, forced))
    assert wide == []


def test_forced_colours_frame_what_colour_set_apart(site: Watched) -> None:
    site.page.emulate_media(forced_colors="active")
    site.lookup("Error code: 401 - invalid x-api-key")
    assert site.page.eval_on_selector("mark", "e => getComputedStyle(e).borderStyle") == "solid"


@LANGUAGES
def test_paper_holds_everything(site: Watched, lang: str) -> None:
    site.page.emulate_media(media="print")
    site.page.set_viewport_size({"width": A4, "height": 1000})
    lost = {}
    for path in PRINTED:
        site.page.goto(f"{site.origin}/{lang}/{path}")
        assert site.page.evaluate(WIDTH) <= A4, path
        lost[path] = site.page.evaluate(CUT_OFF) + site.page.evaluate(FOLDED)
    assert {path: found for path, found in lost.items() if found} == {}


@LANGUAGES
def test_axe_finds_nothing_serious_in_either_scheme(site: Watched, lang: str) -> None:
    found = []
    for name in visit(site, lang):
        site.page.emulate_media(color_scheme="light")
        found += _serious(site, f"{name} light", {})
        site.page.emulate_media(color_scheme="dark")
        found += _serious(site, f"{name} dark", {"runOnly": ["color-contrast"]})  # all that a scheme can change
    assert found == []


def _serious(site: Watched, path: str, options: dict[str, list[str]]) -> list[str]:
    return [
        f"{path}: {v['id']}: {[node['html'][:120] for node in v['nodes']][:3]}"
        for v in Axe().run(site.page, options=options).response["violations"]
        if v["impact"] in ("serious", "critical")
    ]
