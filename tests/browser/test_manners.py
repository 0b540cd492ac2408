"""How the pages behave: redaction before sending, copying, keyboard, small screens, accessibility."""

from __future__ import annotations

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext

from tests.browser.conftest import Watched, watch
from tests.browser.test_answers import TRACEBACK

pytestmark = pytest.mark.xdist_group("browser")

MATERIAL = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY"
KEY = f"sk-ant-api03-{MATERIAL}{MATERIAL}"
PAGES = [
    "",
    "errors/",
    "errors/401-invalid-api-key/?client=curl#client",
    "status/401/",
    "models/",
    "clients/",
    "howtos/",
]
PAGES += ["clients/python-sdk/", "howtos/set-base-url/", "about/", "privacy/", "lookup/"]
PAGES += ["gateways/", "gateways/check/", "errors/400-compaction-rejected/", "errors/403-permission-denied/"]
PAGES += ["errors/?q=login+expired", "errors/?q=zebra"]
PASTES = {
    "a traceback": TRACEBACK,
    "a status": "401",
    "an error code": "Claude: {'error_code': 'compaction_content_mismatch'}",
    "one entry that gives way": "Claude Code: Connection error. getaddrinfo ENOTFOUND api.anthropic.com",
    "a description": "claude code 登录过期",
    "a description that is only searched": "image dimensions",
    "a long name": "anthropic.PermissionDeniedError: " + "BetaSpendLimitsAdminAPIWritesNotEnabledError" * 3,
    "nothing": "nothing of the kind",
}


def test_a_key_is_taken_out_before_the_form_is_sent(site: Watched) -> None:
    bodies: list[str] = []
    site.page.on("request", lambda r: r.method == "POST" and bodies.append(r.post_data or ""))
    site.lookup(f"x-api-key: {KEY}\nError code: 401 - invalid x-api-key")
    assert len(bodies) == 1
    assert MATERIAL not in bodies[0]
    assert MATERIAL not in site.page.content()


def test_the_answer_to_a_live_key_says_so_without_javascript(browser: Browser, origin: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    site = watch(context, origin)
    site.lookup(f"x-api-key: {KEY}\nError code: 401 - invalid x-api-key")
    assert "revoke" in site.page.locator("[role=alert]").inner_text()
    assert MATERIAL not in site.page.content()
    context.close()


def test_ctrl_enter_looks_up(site: Watched) -> None:
    site.page.goto(f"{site.origin}/en/")
    assert site.page.evaluate("document.activeElement.id") == "text"
    site.page.keyboard.insert_text(TRACEBACK)
    site.page.keyboard.press("Control+Enter")
    site.page.wait_for_selector("article.answer")
    assert site.answered() == "401-invalid-api-key"


def test_a_code_is_copied_with_one_tap(site: Watched) -> None:
    site.page.goto(f"{site.origin}/en/errors/529-overloaded/")
    site.page.click("[data-copy=entry-code]")
    assert site.page.evaluate("navigator.clipboard.readText()") == "529-overloaded"
    assert site.page.inner_text("#said") == "Copied"


def test_a_long_error_code_is_copied_in_one_piece(site: Watched) -> None:
    site.page.goto(f"{site.origin}/en/errors/400-compaction-rejected/")
    site.page.click("[data-copy=name-compaction_content_mismatch]")
    assert site.page.evaluate("navigator.clipboard.readText()") == "compaction_content_mismatch"


def test_an_example_chip_is_a_lookup(site: Watched) -> None:
    site.page.goto(f"{site.origin}/en/")
    site.page.click(".chips button >> nth=0")
    site.page.wait_for_selector("article.answer")
    assert site.answered() == "401-invalid-api-key"


@pytest.mark.parametrize("lang", ["en", "zh-hans"])
@pytest.mark.parametrize("width", [320, 390])
def test_no_page_scrolls_sideways_on_a_phone(context: BrowserContext, origin: str, lang: str, width: int) -> None:
    site = watch(context, origin)
    site.page.set_viewport_size({"width": width, "height": 800})
    wide = []
    for path in PAGES:
        site.page.goto(f"{origin}/{lang}/{path}")
        if site.page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(path)
    for name, paste in PASTES.items():
        _look_up_and_open_all(site, paste, lang)
        if site.page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(name)
    assert wide == []
    assert site.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "zh-hans"])
def test_axe_finds_nothing_serious(browser: Browser, origin: str, lang: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    site = watch(context, origin)
    found = []
    for path in PAGES:
        site.page.goto(f"{origin}/{lang}/{path}")
        found += _serious(site, path)
    for name, paste in PASTES.items():
        _look_up_and_open_all(site, paste, lang)
        found += _serious(site, name)
    context.close()
    assert found == []
    assert site.strangers == []
    assert site.complaints == []


def _look_up_and_open_all(site: Watched, paste: str, lang: str) -> None:
    site.lookup(paste, lang)
    site.page.evaluate("document.querySelectorAll('details').forEach((block) => { block.open = true; })")


def _serious(site: Watched, path: str) -> list[str]:
    violations = json.loads(json.dumps(Axe().run(site.page).response["violations"]))
    return [
        f"{path}: {v['id']}: {[node['html'][:120] for node in v['nodes']][:3]}"
        for v in violations
        if v["impact"] in ("serious", "critical")
    ]
