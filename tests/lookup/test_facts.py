"""Each fact, in the many wordings in which pastes state it."""

from __future__ import annotations

import pytest

from kb.lookup.clean import plain
from kb.lookup.facts import Reading
from kb.lookup.result import Facts

STATUS = [
    ("401", "anthropic.AuthenticationError: Error code: 401 - {'type': 'error'}"),
    ("429", "error_code=429"),
    ("529", "status code 529"),
    ("503", "status_code: 503"),
    ("400", "statusCode: 400,"),
    ("404", '{"status": 404, "title": "gone"}'),
    ("404", r"{\"status\":\"404\"}"),
    ("401", "HTTP/1.1 401 Unauthorized"),
    ("529", "< HTTP/2 529"),
    ("529", 'INFO POST https://api.example.org/v1/messages "HTTP/1.1 529 "'),
    ("401", 'API Error: 401 {"type":"error"}'),
    ("429", "API Error (429 too many)"),
    ("401", 'AuthenticationError: 401 {"type":"error"}'),
    ("400", "Error: 400 status code (no body)"),
    ("404", "POST /v1/messages 404 Not Found"),
    ("504", "504 Gateway Time-out"),
    ("401", "状态码: 401"),
    ("404", "狀態碼：404"),
    ("429", "错误码：429"),
    ("401", "连接失败（401）"),
    ("401", "連接失敗 401"),
    ("529", "报错 529 怎么办"),
    ("429", "コード: 429"),
    ("403", "Fehler 403"),
    ("000", "http_code: 000"),
    ("401", "４０１"),
    ("529", "claude 529"),
    ("401", "(401)"),
    (None, "port 443"),
    (None, "line 401, in main"),
    (None, "file.py:401"),
    (None, "took 429ms"),
    (None, "version 4.401 of it"),
    (None, "10.0.0.401"),
    (None, "200 OK"),
    (None, "Error 1020"),
    (None, "a long text that has the number 401 in it but does not say what the number is for: " + "words " * 10),
]
ERROR_TYPE = [
    ("authentication_error", '{"type":"error","error":{"type":"authentication_error","message":"no"}}'),
    ("overloaded_error", "{'type': 'error', 'error': {'type': 'overloaded_error', 'message': 'Overloaded'}}"),
    ("rate_limit_error", r"{\"error\":{\"type\":\"rate_limit_error\"}}"),
    ("billing_error", "type=billing_error"),
    ("new_api_error", "new_api_error: 无可用渠道"),
    ("api_error", "got an api_error from the server"),
    (None, '{"type":"message","role":"assistant"}'),
]
ERROR_CODE = [
    ("model_not_found", '{"error":{"code":"model_not_found","message":"no"}}'),
    ("credit_limit", "error_code: 'credit_limit'"),
    ("insufficient_user_quota", r"{\"code\":\"insufficient_user_quota\"}"),
    (None, '{"code":401}'),
    (None, '{"code":null}'),
]
MESSAGE = [
    ("invalid x-api-key", '{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}'),
    ("invalid x-api-key", "{'error': {'type': 'authentication_error', 'message': 'invalid x-api-key'}}"),
    ("invalid x-api-key", r'"{\"error\":{\"message\":\"invalid x-api-key\"}}"'),
    ("無效", '{"msg": "無效"}'),
    ("the inner one", '{"message":"{\\"message\\":\\"the inner one\\"}"}'),
    ("cut off in the mid", '{"error":{"message":"cut off in the mid'),
    ("Overloaded. Try again", "API Error: 529 Overloaded. Try again"),
    ("invalid x-api-key", "错误信息: invalid x-api-key"),
    ("Could not resolve host: a.example", "curl: (6) Could not resolve host: a.example"),
    ("Connection error.", "anthropic.APIConnectionError: Connection error."),
    ("it is wrapped over lines", '{"message":"it is\n  wrapped over\n  lines"}'),
    (None, 'API Error: 401 {"type":"err'),
    (None, "nothing is said here"),
]
EXCEPTION = [
    ("anthropic.AuthenticationError", "anthropic.AuthenticationError: Error code: 401"),
    ("anthropic.APIConnectionError", "httpcore.ConnectError: x\n\nanthropic.APIConnectionError: Connection error."),
    ("httpx.ConnectTimeout", "httpx.ConnectTimeout"),
    ("APIConnectionTimeoutError", "APIConnectionTimeoutError: Request timed out."),
    ("KeyError", "KeyError: 'content'"),
    (None, "an error and an Exception"),
]
MODEL = [
    ("claude-3-5-sonnet-20241022", "model: claude-3-5-sonnet-20241022"),
    ("claude-opus-4-6", '{"model": "claude-opus-4-6"}'),
    ("claude-opus-4-6", r"{\"model\":\"claude-opus-4-6\"}"),
    ("anthropic/claude-3.5-sonnet:beta", "model=anthropic/claude-3.5-sonnet:beta"),
    ("us.anthropic.claude-sonnet-4-20250514-v1:0", "us.anthropic.claude-sonnet-4-20250514-v1:0 is not enabled"),
    ("claude-sonnet-4@20250514", "models/claude-sonnet-4@20250514:rawPredict"),
    ("claude-v3", "The model `claude-v3` does not exist"),
    ("claude-sonnet-4-5[1m]", "There's an issue with the selected model (claude-sonnet-4-5[1m])"),
    ("Claude Opus 4.5", "I asked Claude Opus 4.5 today"),
    (None, "Claude Code 2.1 stopped"),
    (None, "see https://claude.ai/settings and ~/.claude/settings.json"),
    (None, "model 'gpt-4' not found"),
]
REQUEST_ID = [
    ("req_011CVexample", "request-id: req_011CVexample"),
    ("req_011CVexample", "{'request_id': 'req_011CVexample'}"),
    ("12345678-aaaa-bbbb-cccc-000000000000", "Request ID: 12345678-aaaa-bbbb-cccc-000000000000"),
    ("20261123112233445566", "无效的令牌 (request id: 20261123112233445566)"),
    (None, "the request id is null"),
]
RETRY_AFTER = [
    (30, "retry-after: 30"),
    (7, "{'retry-after': '7'}"),
    (3, '"retry_after":3'),
    (5, "please retry after 5 seconds"),
    (20, "Please try again in 20s."),
    (None, "try again in 5 minutes"),
    (None, "retry later"),
]
HOST = [
    ("api.anthropic.com", "POST https://api.anthropic.com/v1/messages"),
    ("api.example.org", "https://API.Example.ORG/v1"),
    ("a.example", "curl: (6) Could not resolve host: a.example"),
    ("a.example", "HTTPSConnectionPool(host='a.example', port=443)"),
    ("a.example", "getaddrinfo ENOTFOUND a.example"),
    ("relay.example", "Failed to connect to relay.example port 443"),
    ("relay.example", "> POST /v1/messages HTTP/2\n> Host: relay.example\n> accept: */*"),
    ("relay.example", "see https://docs.example.org/errors and https://relay.example."),
    (None, "see https://status.claude.com"),
    (None, "no address here"),
]
TABLES: dict[str, list[tuple[str | None, str]] | list[tuple[int | None, str]]] = {
    "status": STATUS,
    "error_type": ERROR_TYPE,
    "error_code": ERROR_CODE,
    "message": MESSAGE,
    "exception": EXCEPTION,
    "model": MODEL,
    "request_id": REQUEST_ID,
    "retry_after": RETRY_AFTER,
    "host": HOST,
}
ROWS = [(fact, *row) for fact, table in TABLES.items() for row in table]


@pytest.mark.parametrize(("fact", "value", "paste"), ROWS, ids=[f"{fact}: {paste[:50]}" for fact, _, paste in ROWS])
def test_the_fact_is_read(fact: str, value: str | int | None, paste: str) -> None:
    assert getattr(facts(paste), fact) == value


def test_every_fact_has_a_table() -> None:
    assert set(vars(Facts())) == {*TABLES, "client"}


def test_the_client_is_taken_as_given() -> None:
    assert Reading("anything").facts("curl").client == "curl"


def test_the_wording_that_is_trusted_most_gives_the_status() -> None:
    assert Reading("upstream said (500)\nError code: 401 - {...}").statuses == ["401", "500"]


def test_a_status_is_named_once() -> None:
    assert Reading("HTTP/2 529 … status code: 529 (529)").statuses == ["529"]


def test_hosts_that_one_only_reads_are_left_out() -> None:
    assert Reading("https://docs.claude.com https://help.example https://a.example https://a.example").hosts == [
        "a.example"
    ]


def test_one_short_line_is_a_message_as_a_whole() -> None:
    assert [message.text for message in Reading("model: claude-x").messages] == ["model: claude-x"]


def test_every_message_says_where_it_stands() -> None:
    text = '{"message":"one"}\nAPI Error: 500 two two\n{"detail":"three"}'
    for message in Reading(text).messages:
        assert text[message.start :].startswith(message.text)


def facts(paste: str) -> Facts:
    return Reading(plain(paste).text).facts(None)
