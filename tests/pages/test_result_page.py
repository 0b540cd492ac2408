"""From a paste to the page with the fix: the cases that the issue names, and how an answer is shown."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from kb.handbook import current
from tests.markup import Page, read
from tests.pages.reader import LANGUAGES, Ask

TRACEBACK = """Traceback (most recent call last):
  File "ask.py", line 4, in <module>
    message = client.messages.create(
  File ".venv/lib/python3.12/site-packages/anthropic/_base_client.py", line 1346, in _request
    raise self._make_status_error_from_response(response) from None
anthropic.AuthenticationError: Error code: 401 - {'type': 'error', 'error': {'type': 'authentication_error', \
'message': 'invalid x-api-key'}, 'request_id': 'req_011CVexample'}"""
ARTICLE = "连接失败 · 401 Unauthorized\nauthentication_error: invalid x-api-key"
DETAILS = """错误名称: AI_APICallError

错误信息: invalid x-api-key

状态码: 401

请求路径: https://api.anthropic.com/v1/messages

响应内容: {"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}"""
TIME_OUT = "curl: (28) Failed to connect to api.anthropic.com port 443 after 75003 ms: Timeout was reached"
KEY_ERROR = """Traceback (most recent call last):
  File "/srv/app/.venv/lib/python3.12/site-packages/django/core/handlers/base.py", line 197, in _get_response
    response = wrapped_callback(request, *callback_args, **callback_kwargs)
  File "/srv/app/shop/views.py", line 41, in cart
    total = request.session["cart"]["total"]
KeyError: 'cart'"""


def answer(response: HttpResponse) -> tuple[str, Page]:
    """The code that a result page answers with, empty when it recognised nothing."""
    assert response.status_code == 200
    document = read(response.content)
    assert (document.faults, document.inline) == ([], [])
    [article] = document.all("article")
    return article.attributes.get("data-code", ""), document


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_python_traceback_leads_to_the_401_entry_with_the_python_fix(ask: Ask, lang: str) -> None:
    code, document = answer(ask(TRACEBACK, lang))
    entry = current().entries["401-invalid-api-key"]
    [remedy] = [remedy for remedy in entry.remedies if remedy.client == "python-sdk"]
    assert code == entry.code
    assert document.heading == entry.title[lang]
    assert _words(remedy.plain[lang]) in _words(document.text)
    assert f"/{lang}/errors/401-invalid-api-key/?client=python-sdk#client" in document.values("a", "href")


@pytest.mark.parametrize("paste", [ARTICLE, DETAILS], ids=["as the article has it", "as Cherry Studio has it"])
def test_cherry_studio_leads_to_the_same_entry_opened_on_cherry_studio(ask: Ask, paste: str) -> None:
    code, document = answer(ask(paste, "zh-hans"))
    assert code == "401-invalid-api-key"
    assert "/zh-hans/errors/401-invalid-api-key/?client=cherry-studio#client" in document.values("a", "href")
    assert any("Cherry Studio" in heading for heading in document.texts["h2"])


def test_a_failed_connection_with_401_alone_leads_to_the_page_of_the_status(ask: Ask) -> None:
    document = read(ask("连接失败 401", "zh-hans").content)
    [article] = document.all("article")
    assert article.attributes["data-status"] == "401"
    links = document.values("a", "href")
    assert "/zh-hans/status/401/" in links
    assert {f"/zh-hans/errors/{entry.code}/" for entry in current().with_status("401")} <= set(links)


def test_the_time_out_of_curl_leads_to_its_entry(ask: Ask) -> None:
    code, document = answer(ask(TIME_OUT))
    assert code == "000-connection-timeout"
    assert any("curl" in heading for heading in document.texts["h2"])


def test_a_key_error_of_django_is_not_recognised(ask: Ask) -> None:
    code, document = answer(ask(KEY_ERROR))
    assert (code, document.heading) == ("", "Not recognised")
    assert "What to do next" in document.texts["h2"]
    assert "KeyError" in document.texts["dd"]


def test_the_answer_says_whose_side_it_is_on_and_whether_waiting_helps(ask: Ask) -> None:
    _, document = answer(ask('{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}'))
    assert document.texts["dd"][:2] == ["On the provider's side", "Retrying after a wait helps"]


def test_the_evidence_is_named_and_marked_in_the_paste(ask: Ask) -> None:
    _, document = answer(ask(TRACEBACK))
    assert document.texts["mark"] == ["invalid x-api-key"]
    [pasted] = [text for text in document.texts["pre"] if text.startswith("Traceback")]
    assert pasted == " ".join(TRACEBACK.split())
    assert {"invalid x-api-key", "authentication_error", "anthropic.AuthenticationError", "401"} <= set(
        document.texts["q"]
    )


def test_facts_are_shown_as_they_were_read(ask: Ask) -> None:
    _, document = answer(ask(TRACEBACK))
    shown = dict(zip(document.texts["dt"], document.texts["dd"], strict=True))
    assert shown["request id"] == "req_011CVexample"
    assert shown["status"] == "401"


def test_a_paste_is_shown_as_text_never_as_markup(ask: Ask) -> None:
    hostile = '<script>alert(1)</script> " onfocus="alert(2) </pre><img src=x> invalid x-api-key'
    _, document = answer(ask(hostile))
    assert not document.all("img")
    assert all("src" in tag.attributes for tag in document.all("script"))
    assert hostile in document.text


def test_a_given_client_overrides_the_paste(ask: Ask) -> None:
    _, document = answer(ask(TRACEBACK, client="curl"))
    assert any("curl" in heading for heading in document.texts["h2"])
    assert [t.attributes["value"] for t in document.all("option") if "selected" in t.attributes] == ["curl"]


def test_an_unknown_client_is_as_good_as_none(ask: Ask) -> None:
    code, _ = answer(ask("invalid x-api-key", client="../../etc"))
    assert code == "401-invalid-api-key"


def test_at_most_two_alternatives_follow(ask: Ask) -> None:
    paste = "Claude: invalid x-api-key | Invalid bearer token | prompt is too long: 300000 tokens > 200000 maximum"
    _, document = answer(ask(paste + " | Your credit balance is too low to access the Anthropic API"))
    [others] = [index for index, text in enumerate(document.texts["h2"]) if text == "It could also be"]
    assert others > 0
    codes = [code for code in current().entries if code in document.texts["code"]]
    assert 2 <= len(codes) <= 3


def test_a_wrong_model_is_shown_with_the_right_one(ask: Ask) -> None:
    body = '{"type":"error","error":{"type":"not_found_error","message":"model: claude-3-5-sonnet-20241022"}}'
    code, document = answer(ask(body))
    assert code == "404-model-retired"
    suggestion = current().resolve_model("claude-3-5-sonnet-20241022")
    assert suggestion is not None
    assert suggestion.suggested in document.texts["code"]


def test_a_live_looking_key_is_taken_out_and_the_reader_is_told_to_revoke_it(ask: Ask) -> None:
    _, document = answer(ask("invalid x-api-key: sk-ant-api03-" + "Qx7" * 32))
    [alert] = [tag for tag in document.all("div") if tag.attributes.get("role") == "alert"]
    assert alert
    assert "/en/howtos/revoke-a-key/" in document.values("a", "href")
    assert "[redacted:anthropic-api-key]" in document.text
    assert "Qx7" not in document.text


def test_a_placeholder_key_raises_no_alarm(ask: Ask) -> None:
    _, document = answer(ask("invalid x-api-key: sk-ant-api03-xxxx"))
    assert not [tag for tag in document.tags if tag.attributes.get("role") == "alert"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_reply_can_be_copied_in_either_language_with_the_permalink(ask: Ask, lang: str) -> None:
    _, document = answer(ask(TRACEBACK, lang))
    for name in LANGUAGES:
        link = f"http://testserver/e/401-invalid-api-key/python-sdk?lang={name}"
        title = current().entries["401-invalid-api-key"].title[name]
        replies = [text for text in document.texts["pre"] if link in text and title in text]
        assert len(replies) == 2, name


def test_a_report_for_the_provider_is_offered_only_when_it_is_theirs(ask: Ask) -> None:
    overloaded = (
        '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_011CVabc"}'
    )
    _, document = answer(ask(overloaded))
    assert "report" in document.ids
    [report] = [text for text in document.texts["pre"] if text.startswith("Request id:")]
    assert "req_011CVabc" in report
    assert "report" not in answer(ask(TRACEBACK))[1].ids


def _words(text: str) -> str:
    return " ".join(text.split())
