"""How the pages behave: redaction before sending, copying, keyboard."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser.conftest import Watched, watch
from tests.browser.visited import TRACEBACK

MATERIAL = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY"
KEY = f"sk-ant-api03-{MATERIAL}{MATERIAL}"


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
