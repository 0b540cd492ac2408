"""`POST /api/v1/lookup`, field by field."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import override_settings

from kb import __version__
from kb.handbook import current
from tests.api.calls import Post

TRACEBACK = (
    "anthropic.AuthenticationError: Error code: 401 - {'type': 'error', 'error': {'type': 'authentication_error', "
    "'message': 'invalid x-api-key'}, 'request_id': 'req_011CVexample'}"
)
BODY = json.dumps(
    {"error": {"type": "overloaded_error", "message": "Overloaded"}, "model": "claude-3.5-sonnet", "retry-after": "7"}
)


def answer(response: HttpResponse) -> dict[str, Any]:
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    found: dict[str, Any] = json.loads(response.content)
    return found


def test_the_answer_has_exactly_the_fields_of_the_contract(post: Post) -> None:
    found = answer(post({"text": TRACEBACK}))
    assert list(found) == [
        "matches", "status_page", "facts", "model_suggestion", "redactions", "versions",
    ]  # fmt: skip
    assert list(found["matches"][0]) == [
        "code", "title", "url", "permalink", "score", "confidence", "evidence", "client",
    ]  # fmt: skip
    assert list(found["facts"]) == [
        "status", "error_type", "error_code", "message", "exception", "model", "request_id", "retry_after", "host",
        "client",
    ]  # fmt: skip


def test_a_match_names_the_entry_with_absolute_addresses(post: Post) -> None:
    match = answer(post({"text": TRACEBACK}))["matches"][0]
    assert match["code"] == "401-invalid-api-key"
    assert match["title"] == current().entries["401-invalid-api-key"].title["en"]
    assert match["url"] == "http://testserver/en/errors/401-invalid-api-key/?client=python-sdk#client"
    assert match["permalink"] == "http://testserver/e/401-invalid-api-key/python-sdk"
    assert isinstance(match["score"], float)
    assert 0 < match["score"] < 1
    assert (match["confidence"], match["client"]) == ("certain", "python-sdk")


def test_addresses_stand_on_the_configured_origin(post: Post) -> None:
    with override_settings(BASE_URL="https://errors.example.org"):
        found = answer(post({"text": TRACEBACK}))
    assert found["matches"][0]["permalink"].startswith("https://errors.example.org/e/")


def test_evidence_has_kind_text_and_a_span_or_nulls(post: Post) -> None:
    evidence = answer(post({"text": TRACEBACK}))["matches"][0]["evidence"]
    kinds = {"message", "error_code", "type", "exception", "status", "host", "client", "search"}
    assert all(list(item) == ["kind", "text", "start", "end"] for item in evidence)
    assert {item["kind"] for item in evidence} <= kinds
    first, *others = evidence
    assert TRACEBACK[first["start"] : first["end"]] == first["text"] == "invalid x-api-key"
    assert all((item["start"], item["end"]) == (None, None) for item in others)


def test_spans_count_code_points_of_the_redacted_text(post: Post) -> None:
    key = "sk-ant-api03-" + "Ab1" * 32
    found = answer(post({"text": f"😀😀 {key} 无效 😀 invalid x-api-key", "echo": True}))
    [evidence] = [e for e in found["matches"][0]["evidence"] if e["kind"] == "message"]
    assert found["text"] == "😀😀 [redacted:anthropic-api-key] 无效 😀 invalid x-api-key"
    assert found["text"][evidence["start"] : evidence["end"]] == "invalid x-api-key"
    assert found["redactions"] == [{"kind": "anthropic-api-key", "count": 1}]


def test_the_text_is_returned_only_when_asked_for(post: Post) -> None:
    assert "text" not in answer(post({"text": TRACEBACK}))
    assert "text" not in answer(post({"text": TRACEBACK, "echo": False}))
    assert answer(post({"text": TRACEBACK, "echo": True}))["text"] == TRACEBACK


def test_facts_have_their_types(post: Post) -> None:
    assert answer(post({"text": TRACEBACK}))["facts"] == {
        "status": 401,
        "error_type": "authentication_error",
        "error_code": None,
        "message": "invalid x-api-key",
        "exception": "anthropic.AuthenticationError",
        "model": None,
        "request_id": "req_011CVexample",
        "retry_after": None,
        "host": None,
        "client": "python-sdk",
    }
    assert answer(post({"text": BODY}))["facts"]["retry_after"] == 7


def test_a_wrong_model_is_suggested_right(post: Post) -> None:
    suggestion = answer(post({"text": BODY}))["model_suggestion"]
    assert list(suggestion) == ["given", "model", "status", "suggested", "reason", "url"]
    assert suggestion["given"] == "claude-3.5-sonnet"
    assert suggestion["suggested"] in current().models
    assert suggestion["url"] == f"http://testserver/en/models/#{suggestion['suggested']}"


def test_versions_name_engine_and_content(post: Post) -> None:
    assert answer(post({"text": "x"}))["versions"] == {"engine": __version__, "content": current().version}


@pytest.mark.parametrize("text", ["", "hello", "KeyError: 'content'", "\x00\x00", "[" * 10_000 + "]" * 10_000])
def test_what_is_not_recognised_has_no_match_and_no_page(post: Post, text: str) -> None:
    found = answer(post({"text": text}))
    assert (found["matches"], found["status_page"], found["model_suggestion"]) == ([], None, None)
    assert found["redactions"] == []


def test_a_status_alone_has_its_page_and_no_match(post: Post) -> None:
    found = answer(post({"text": "连接失败 401", "lang": "zh-hans"}))
    assert found["matches"] == []
    assert found["status_page"] == {"status": 401, "url": "http://testserver/zh-hans/status/401/"}


def test_curl_without_an_answer_is_status_zero(post: Post) -> None:
    found = answer(post({"text": "http_code: 000"}))
    assert found["facts"]["status"] == 0
    assert found["status_page"] == {"status": 0, "url": "http://testserver/en/status/000/"}


def test_an_answer_is_stored_nowhere_and_sets_no_cookie(post: Post) -> None:
    response = post({"text": TRACEBACK})
    assert response["Cache-Control"] == "no-store"
    assert set(response["Vary"].split(", ")) == {"Accept-Language", "Cookie"}
    assert not response.cookies


def test_chinese_is_written_as_it_is(post: Post) -> None:
    assert "无效" in post({"text": TRACEBACK, "lang": "zh-hans"}).content.decode()
