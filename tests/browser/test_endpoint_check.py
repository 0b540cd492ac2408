"""The key and address check in a browser: answered at once, and nothing is sent."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Watched, watch

KEY = "sk-ant-api03"


def visible(site: Watched, attribute: str) -> list[str | None]:
    parts = site.page.locator(f".checked [data-{attribute}]:visible").all()
    return [part.get_attribute(f"data-{attribute}") for part in parts]


def test_the_answer_comes_while_typing_and_nothing_leaves_the_browser(site: Watched) -> None:
    site.page.goto(f"{site.origin}/en/gateways/check/")
    sent: list[str] = []
    site.page.on("request", lambda request: "/static/" in request.url or sent.append(request.url))
    site.page.fill("#url", "https：／／relay.example.com/v1/")
    site.page.fill("#key", KEY)
    assert visible(site, "verdict") == ["mismatch"]
    assert visible(site, "finding") == ["full-width", "trailing-slash", "has-v1"]
    site.page.fill("#url", "https://api.anthropic.com")
    assert visible(site, "verdict") == ["belongs"]
    assert site.page.inner_text("#line-claude-code") == '"ANTHROPIC_BASE_URL": "https://api.anthropic.com"'
    site.page.press("#key", "Enter")
    site.page.click("form.endpoint button")
    assert sent == []
    assert site.page.url == f"{site.origin}/en/gateways/check/"


def test_the_key_field_keeps_twelve_characters_of_what_is_pasted(site: Watched) -> None:
    site.page.goto(f"{site.origin}/en/gateways/check/")
    site.page.focus("#key")
    site.page.keyboard.insert_text(KEY + "-AbCdEfGhIjKlMnOp")
    assert site.page.input_value("#key") == KEY


def test_a_line_is_copied_with_one_tap(site: Watched) -> None:
    site.page.goto(f"{site.origin}/zh-hans/gateways/check/")
    site.page.fill("#url", "relay.example.com/v1/messages")
    site.page.click("[data-copy=line-python]")
    copied = site.page.evaluate("navigator.clipboard.readText()")
    assert copied == 'client = anthropic.Anthropic(base_url="https://relay.example.com")'


def test_it_works_without_javascript(browser: Browser, origin: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    site = watch(context, origin)
    site.page.goto(f"{origin}/en/gateways/check/")
    site.page.fill("#url", "https://api.anthropic.com/v1")
    site.page.fill("#key", KEY)
    site.page.click("form.endpoint button")
    assert visible(site, "verdict") == ["belongs"]
    assert visible(site, "finding") == ["has-v1"]
    assert site.page.input_value("#key") == ""
    assert KEY not in site.page.url
    context.close()


@pytest.mark.parametrize("lang", ["en", "zh-hans"])
def test_an_answer_fits_a_phone(site: Watched, lang: str) -> None:
    site.page.set_viewport_size({"width": 320, "height": 800})
    site.page.goto(f"{site.origin}/{lang}/gateways/check/")
    site.page.fill(
        "#url", "https://relay-with-a-rather-long-name.example.com:8443/some/long/prefix/v1/chat/completions"
    )
    site.page.fill("#key", "sk-012345678")
    assert visible(site, "verdict") == ["likely"]
    assert site.page.evaluate("document.documentElement.scrollWidth") <= 320
