"""Nothing that a reader sends is in any log line, whatever breaks, at any level; and no line can be forged."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from io import StringIO

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client

from kb.handbook import Handbook
from kb.observe.lines import JsonLines, TextLines
from kb.observe.request_id import current

MARK = "Zq8mark7Xw"
KEY = f"sk-ant-api03-{MARK}" + "Xq7Lm2Vb9Tn4Rk8Wp3Hs6Jd1Gf5Zc0Ya" * 2
PASTE = f"{MARK} {KEY} invalid x-api-key"
Ask = Callable[[Client], HttpResponse]

ASKED: dict[str, Ask] = {
    "form": lambda client: client.post("/en/lookup/", {"text": PASTE, "client": MARK}),
    "json": lambda client: client.post("/api/v1/lookup", {"text": PASTE}, content_type="application/json"),
    "text": lambda client: client.post("/api/v1/lookup", PASTE, content_type="text/plain"),
    "path": lambda client: client.get(f"/en/errors/{MARK}/{KEY}"),
    "permalink": lambda client: client.get(f"/e/{KEY}/{MARK}"),
    "path of another language": lambda client: client.get(f"/zh/{KEY}/"),
    "query": lambda client: client.get(f"/en/errors/?q={KEY}&{MARK}={MARK}"),
    "query of the API": lambda client: client.get(f"/api/v1/models/resolve?id={KEY}&{MARK}=1"),
    "method": lambda client: client.generic(MARK, "/en/"),
    "host": lambda client: client.get("/en/", headers={"host": f"{MARK}.example"}),
    "host that is none": lambda client: client.get("/en/", headers={"host": f"{MARK}/\r\n{KEY}"}),
    "origin": lambda client: Client(enforce_csrf_checks=True).post(
        "/en/gateways/check/", {"key": KEY}, headers={"origin": f"https://{MARK}.example"}
    ),
    "headers": lambda client: client.get(
        "/en/", headers={"user-agent": PASTE, "x-api-key": KEY, "referer": PASTE, "cookie": f"kb_lang={MARK}"}
    ),
    "request id": lambda client: client.get("/en/", headers={"x-request-id": f"sk-{MARK}{'A1b2' * 10}"}),
    "multipart": lambda client: client.post("/en/lookup/", PASTE, content_type="multipart/form-data; boundary=x"),
    "charset": lambda client: client.generic("POST", "/en/lookup/", PASTE, content_type=f"text/plain; charset={MARK}"),
    "too large": lambda client: client.post("/en/lookup/", {"text": PASTE * 20_000}),
}
ASKED |= {"replay": lambda client: client.post(f"/replay/401-invalid-api-key/{MARK}", PASTE, content_type="text/plain")}


@pytest.fixture
def client(settings: LazySettings) -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED.keys())
def test_what_is_sent_is_in_no_line(client: Client, logged: StringIO, ask: Ask) -> None:
    ask(client)
    assert "kb.access" in logged.getvalue()
    assert MARK not in logged.getvalue()


class Failed(Exception):
    pass


@pytest.mark.parametrize("error", [ValueError, Failed, UnicodeError, KeyError, RecursionError])
@pytest.mark.parametrize("door", ["form", "json", "text"])
def test_an_exception_inside_the_lookup_is_told_without_the_paste(
    client: Client, logged: StringIO, monkeypatch: pytest.MonkeyPatch, door: str, error: type[Exception]
) -> None:
    def broken(self: Handbook, text: str, *_: object) -> None:
        try:
            raise Failed(text)
        except Failed as cause:
            wrapped = error(f"cannot read {text}\n2026-01-01T00:00:00.000Z INFO kb.access forged")
            wrapped.add_note(text)
            raise wrapped from cause

    monkeypatch.setattr(Handbook, "lookup", broken)
    response = ASKED[door](client)
    told = logged.getvalue()
    assert response.status_code == 500
    assert MARK not in told
    assert "forged" not in told
    assert error.__name__ in told
    assert "in broken" in told
    assert "test_silence.py" in told
    assert response["X-Request-ID"] in told


@pytest.mark.parametrize("value", ["a\r\nfaked line", "a\nfaked line", "\x1b[2Jfaked", "\x9b2Jfaked", "a\u2028faked"])
def test_a_header_cannot_forge_a_line(client: Client, logged: StringIO, value: str) -> None:
    names = ("x-request-id", "host", "user-agent", "accept-language", "origin", "referer")
    for name in names:
        client.get("/en/", headers={name: value})
    assert "faked" not in logged.getvalue()
    assert "\x1b" not in logged.getvalue()


HOSTILE = "told\r\n2026 INFO forged\x1b[31m\x85\u2028 end\x7f"


@pytest.mark.parametrize("form", [TextLines, JsonLines])
def test_a_message_of_ours_stays_on_its_line(form: type[logging.Formatter]) -> None:
    line = form().format(_record("kb.something", logging.WARNING, HOSTILE))
    assert len(line.splitlines()) == 1
    assert line.isprintable()


@pytest.mark.parametrize("form", [TextLines, JsonLines])
def test_a_value_of_an_exception_outside_of_requests_cannot_forge_a_line(form: type[logging.Formatter]) -> None:
    try:
        raise ValueError(HOSTILE)
    except ValueError as error:
        told = form().format(_record("kb.thread", logging.ERROR, "failed", error=error))
    assert "told" in told
    assert all(line.startswith("    ") for line in told.splitlines()[1:])
    assert "\x1b" not in told


@pytest.mark.parametrize(
    ("level", "message", "values"),
    [
        (logging.WARNING, f"Invalid request from ip=192.0.2.7: Invalid Header: '{KEY}'", ()),
        (logging.ERROR, "Error handling request %s", (f"/en/?q={KEY}",)),
        (logging.DEBUG, "Ignored premature client disconnection. %s", (KEY,)),
        (logging.DEBUG, f"something new {KEY}", ()),
    ],
)
def test_what_gunicorn_says_of_a_request_is_cut_to_what_is_known(
    level: int, message: str, values: tuple[object, ...]
) -> None:
    told = TextLines().format(_record("gunicorn.error", level, message, *values))
    assert MARK not in told
    assert "192.0.2.7" not in told
    assert message.split(" ")[0] in told or "(text withheld)" in told


def test_what_gunicorn_says_of_its_workers_is_whole() -> None:
    assert "with pid: 7" in TextLines().format(
        _record("gunicorn.error", logging.INFO, "Booting worker with pid: %s", 7)
    )


def test_another_library_is_heard_outside_of_requests_and_only_named_inside() -> None:
    record = _record("httpx", logging.INFO, "HTTP Request: GET %s", "https://status.example.org/")
    assert "https://status.example.org/" in TextLines().format(record)
    token = current.set("abc")
    try:
        told = json.loads(JsonLines().format(record))
    finally:
        current.reset(token)
    assert (told["message"], told["logger"], told["request_id"]) == ("(text withheld)", "httpx", "abc")


def _record(name: str, level: int, message: str, *values: object, error: Exception | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord(name, level, __file__, 1, message, values, info)
