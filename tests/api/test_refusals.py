"""Requests that cannot be served are answered as RFC 9457 problems, and never with a 500."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.api.calls import URL, Post, is_problem

DEEP = 10_000
LIMIT = 64 * 1024


@pytest.mark.parametrize(
    "body",
    [
        "", " ", "{", '{"text":', '{"text": "a",}', "text=a", "<a/>", "{'text': 'a'}", "\x00",
        "[" * DEEP, "[" * DEEP + "]" * DEEP,
        '{"a":' * DEEP + "1" + "}" * DEEP, '{"text":' + "[" * DEEP + "]" * DEEP + "}",
        '{"text": "\\ud800"}', '{"text": "\x00"}',
    ],
)  # fmt: skip
def test_what_is_no_json_is_a_400(post: Post, body: str) -> None:
    assert is_problem(post(body), 400)["title"] == "The body is not valid JSON"


@pytest.mark.parametrize("body", [b"\xff", b'{"text":"\xff\xfe"}', b'{"text":"\xc3"}', "连接".encode("gbk")])
@pytest.mark.parametrize("content_type", ["application/json", "text/plain"])
def test_what_is_no_utf_8_is_a_400(client: Client, body: bytes, content_type: str) -> None:
    response = client.generic("POST", URL, body, content_type=content_type)
    assert is_problem(response, 400)["title"] == "The body is not UTF-8"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ({}, "text"),
        ({"text": None}, "text"),
        ({"text": 3}, "text"),
        ({"text": ["a"]}, "text"),
        ({"text": {"a": 1}}, "text"),
        ({"text": "a", "echo": "yes"}, "echo"),
        ({"text": "a", "echo": 1}, "echo"),
        ({"text": "a", "client": 7}, "client"),
        ({"text": "a", "lang": ["en"]}, "lang"),
        ({"text": "a", "txt": "b"}, "unknown"),
        ([], "body"),
        (None, "body"),
        ("text", "body"),
        (3, "body"),
    ],
)
def test_a_body_of_another_shape_is_a_422_that_names_the_key(post: Post, body: Any, key: str) -> None:
    assert key in is_problem(post(json.dumps(body)), 422)["detail"]


@pytest.mark.parametrize("text", ["a" * (LIMIT + 1), "a" * 70 * 1024, "连" * (LIMIT // 3 + 1), "😀" * (LIMIT // 4 + 1)])
@pytest.mark.parametrize("as_text", [False, True], ids=["JSON", "text"])
def test_more_than_64_kib_of_utf_8_is_a_413_that_names_the_limit(post: Post, text: str, as_text: bool) -> None:
    response = post(text, "text/plain") if as_text else post({"text": text})
    assert "65536 bytes" in is_problem(response, 413)["detail"]


def test_a_body_over_a_mebibyte_is_a_413(post: Post) -> None:
    assert "65536 bytes" in is_problem(post({"text": "a" * 2**20}), 413)["detail"]


@pytest.mark.parametrize("text", ["a" * LIMIT, "😀" * (LIMIT // 4)])
def test_exactly_64_kib_are_read(post: Post, text: str) -> None:
    assert post({"text": text}).status_code == 200


def test_escapes_in_the_body_do_not_count(post: Post) -> None:
    body = '{"text": "' + "\\u8fde" * (LIMIT // 3) + '"}'
    assert post(body).status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "PURGE"])
def test_another_method_is_a_405(client: Client, method: str) -> None:
    response = client.generic(method, URL)
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/nothing", "/api/v1/lookup/x", "/api/v2/lookup"])
def test_an_unknown_address_is_a_404(client: Client, path: str) -> None:
    is_problem(client.post(path, "{}", content_type="application/json"), 404)  # type: ignore[arg-type]


KEY = "sk-ant-api03-" + "Qx7" * 32


@pytest.mark.parametrize(
    "body",
    [
        {"text": 3, KEY: 1},
        {"text": "a", KEY: {"b": 1}},
        {"text": "a", "lang": KEY},
        {"text": "a", "client": [KEY]},
        {"text": "a", "limit": KEY},
        {"text": [KEY]},
        [KEY],
        KEY,
    ],
)
def test_a_problem_never_repeats_what_was_sent(post: Post, body: Any) -> None:
    response = post(json.dumps(body))
    assert response.status_code == 422
    assert "Qx7" not in response.content.decode()


@pytest.mark.parametrize("body", [KEY, '{"text": ' + KEY, '{"' + KEY + '": '])
def test_a_body_that_is_no_json_is_not_repeated_either(post: Post, body: str) -> None:
    response = post(body)
    assert response.status_code == 400
    assert "Qx7" not in response.content.decode()


def test_another_host_is_refused(post: Post) -> None:
    assert post({"text": "a"}, Host="elsewhere.example").status_code == 400
