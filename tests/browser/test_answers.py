"""The main job, in a browser: a paste becomes the right answer."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Watched, watch
from tests.browser.visited import TRACEBACK

CHERRY_DETAILS = """错误名称: AI_APICallError

错误信息: invalid x-api-key

状态码: 401

请求路径: https://api.anthropic.com/v1/messages"""
CHERRY_BOX = "Cherry Studio 连接失败 · 401 Unauthorized\nauthentication_error: invalid x-api-key"
DJANGO = """Traceback (most recent call last):
  File "/srv/site/views.py", line 12, in get
    name = request.session["user"]
KeyError: 'user'"""


def test_a_python_traceback_leads_to_the_401_entry_with_the_python_fix(site: Watched) -> None:
    site.lookup(TRACEBACK)
    assert site.answered() == "401-invalid-api-key"
    assert "Python SDK" in site.page.inner_text("#fix h2")
    assert "anthropic.Anthropic()" in site.page.inner_text("#fix")


@pytest.mark.parametrize("paste", [CHERRY_DETAILS, CHERRY_BOX])
def test_cherry_studio_texts_lead_to_the_same_entry_opened_on_cherry_studio(site: Watched, paste: str) -> None:
    site.lookup(paste, "zh-hans")
    assert site.answered() == "401-invalid-api-key"
    assert "Cherry Studio" in site.page.inner_text("#fix h2")
    site.page.click("article.answer h1 a")
    assert site.page.locator("#client-cherry-studio").get_attribute("open") is not None


def test_a_bare_401_leads_to_everything_that_401_can_mean(site: Watched) -> None:
    site.lookup("连接失败 401", "zh-hans")
    assert site.page.get_attribute("article.answer", "data-status") == "401"
    site.page.click("article.answer h1 a")
    assert site.page.url.endswith("/zh-hans/status/401/")


def test_a_curl_time_out_leads_to_the_time_out_entry(site: Watched) -> None:
    site.lookup("curl: (28) Operation timed out after 15002 milliseconds with 0 bytes received")
    assert site.answered() == "000-connection-timeout"


def test_a_django_key_error_is_not_recognised(site: Watched) -> None:
    site.lookup(DJANGO)
    assert site.answered() == ""
    assert "Not recognised" in site.page.inner_text("h1")


def test_the_evidence_is_marked_in_the_paste(site: Watched) -> None:
    site.lookup(TRACEBACK)
    assert "invalid x-api-key" in site.page.locator("pre.pasted mark").all_text_contents()


def test_the_language_switch_keeps_the_answer(site: Watched) -> None:
    site.lookup(TRACEBACK)
    site.page.click(".switch button")
    site.page.wait_for_load_state()
    assert site.page.url.endswith("/zh-hans/lookup/")
    assert site.answered() == "401-invalid-api-key"


def test_everything_works_without_javascript(browser: Browser, origin: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    site = watch(context, origin)
    site.lookup(TRACEBACK)
    assert site.page.locator("article.answer").get_attribute("data-code") == "401-invalid-api-key"
    assert site.page.locator("button.copy:visible").count() == 0
    context.close()


def test_a_wrong_model_gets_the_right_id_at_once(site: Watched) -> None:
    site.lookup(
        'API Error: 404 {"type":"error","error":{"type":"not_found_error","message":"model: claude-3-opus-20240229"}}'
    )
    assert site.answered() == "404-model-retired"
    assert site.page.inner_text("#right-model") == "claude-opus-5-5"
