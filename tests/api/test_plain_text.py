"""`cmd 2>&1 | curl --data-binary @- …/api/v1/lookup`: plain text in, plain text out."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from kb.handbook import current
from kb.handbook.labels import RETRY, SIDES
from tests.api.calls import URL, Post, is_problem

TRACEBACK = "anthropic.AuthenticationError: Error code: 401 - {'error': {'message': 'invalid x-api-key'}}"


def ask(post: Post, text: str, query: str = "", content_type: str = "text/plain", **headers: str) -> str:
    response = post(text, content_type, URL + query, **headers)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Cache-Control"] == "no-store"
    return response.content.decode()


def test_a_paste_is_answered_with_code_title_advice_and_permalink(post: Post) -> None:
    answer = ask(post, TRACEBACK)
    entry = current().entries["401-invalid-api-key"]
    assert answer.startswith(f"401-invalid-api-key  {entry.title['en']}\n")
    assert f"{SIDES[entry.side]} · {RETRY[entry.retry]}" in answer
    assert entry.remedies[0].plain["en"] in answer
    assert answer.endswith("\nhttp://testserver/e/401-invalid-api-key/python-sdk\n")


def test_without_a_client_the_causes_are_listed(post: Post) -> None:
    answer = ask(post, "invalid x-api-key")
    for cause in current().entries["401-invalid-api-key"].causes:
        assert f"- {cause.title['en']}" in answer


@pytest.mark.parametrize(("query", "accepted"), [("?lang=zh-hans", "en"), ("?lang=zh-CN", ""), ("", "zh-CN")])
def test_the_language_is_asked_for_in_the_query_or_the_header(post: Post, query: str, accepted: str) -> None:
    answer = ask(post, TRACEBACK, query, Accept_Language=accepted)
    entry = current().entries["401-invalid-api-key"]
    assert entry.title["zh-hans"] in answer
    with override("zh-hans"):
        assert f"{SIDES[entry.side]} · {RETRY[entry.retry]}" in answer


def test_the_client_is_asked_for_in_the_query(post: Post) -> None:
    assert "/e/401-invalid-api-key/cursor\n" in ask(post, "invalid x-api-key", "?client=cursor")


@pytest.mark.parametrize("content_type", ["text/plain; charset=utf-8", "TEXT/PLAIN"])
def test_the_content_type_may_be_written_in_full(post: Post, content_type: str) -> None:
    assert ask(post, TRACEBACK, content_type=content_type).startswith("401-")


def test_what_is_not_recognised_is_said(post: Post) -> None:
    assert ask(post, "KeyError: 'content'") == "Not recognised as an error of the Claude API.\n"


def test_a_status_alone_leads_to_its_page(post: Post) -> None:
    answer = ask(post, "连接失败 401", "?lang=zh-hans")
    assert answer.startswith("没有识别出 Claude API 的报错。\n")
    assert answer.endswith("http://testserver/zh-hans/status/401/\n")


def test_two_possible_answers_are_both_named(post: Post) -> None:
    answer = ask(post, "Claude: invalid x-api-key | Invalid bearer token")
    assert "\nOr:\n  " in answer


def test_a_wrong_model_is_shown_with_the_right_one(post: Post) -> None:
    answer = ask(post, '{"type":"error","error":{"type":"not_found_error","message":"model: claude-3.5-sonnet"}}')
    assert f"claude-3.5-sonnet → {next(m for m in current().models if 'sonnet' in m)}" in answer


def test_a_live_looking_key_is_taken_out_and_spoken_of(post: Post) -> None:
    answer = ask(post, "invalid x-api-key sk-ant-api03-" + "Qx7" * 32)
    assert "revoke it all the same" in answer
    assert "Qx7" not in answer


@pytest.mark.parametrize("text", ["\x00\x00", "[" * 10_000 + "]" * 10_000, " \n", "\ufeff"])
def test_what_is_no_error_at_all_is_not_recognised(post: Post, text: str) -> None:
    assert ask(post, text).startswith("Not recognised")


def test_a_language_that_is_not_ours_is_refused(post: Post) -> None:
    is_problem(post(TRACEBACK, "text/plain", URL + "?lang=fr"), 422)


def test_the_text_may_be_long_but_the_answer_is_short(post: Post) -> None:
    assert len(ask(post, "line of a log\n" * 4000 + TRACEBACK)) < 4000
