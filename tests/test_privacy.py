"""A key that was pasted appears nowhere: in no answer, log record, database row, address or file."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from kb.handbook import Handbook
from kb.reporting import NoValues

SECRET = "Xq7Lm2Vb9Tn4Rk8Wp3Hs6Jd1Gf5Zc0YaEuOiKxMwQvBtNrLyPhSgDjFzCk2A7oU4eI9mW6vT8qB3nR5xL1pZ0sJ"
KEY = f"sk-ant-api03-{SECRET}"
RUN = 12  # characters of the random part that must not be seen in a row


def escaped(text: str) -> str:
    return "".join(f"\\u{ord(char):04x}" for char in text)


FORMS = {
    "whole": f"ANTHROPIC_API_KEY={KEY}\nanthropic.AuthenticationError: Error code: 401 - invalid x-api-key",
    "wrapped by a terminal": f"x-api-key: {KEY[:40]}\n{KEY[40:80]}\n{KEY[80:]}\ninvalid x-api-key",
    "wrapped in a box": f"│ key {KEY[:40]} │\n│ {KEY[40:80]} │\n│ {KEY[80:]} │\ninvalid x-api-key",
    "wrapped with Windows line ends": f"{KEY[:50]}\r\n{KEY[50:]}\r\ninvalid x-api-key",
    "escaped as JSON in JSON": json.dumps(json.dumps({"headers": {"x-api-key": KEY}, "message": "invalid x-api-key"})),
    "escaped character by character": '{"x-api-key": "' + escaped(KEY) + '", "message": "invalid x-api-key"}',
    "hyphens escaped": f"key {KEY.replace('-', chr(92) + '-')} invalid x-api-key",
    "full-width": "密钥 " + "".join(chr(ord(char) + 0xFEE0) for char in KEY) + " invalid x-api-key",
    "with invisible characters": f"key {'​'.join(KEY[i : i + 8] for i in range(0, len(KEY), 8))} invalid x-api-key",
    "coloured by a terminal": f"\x1b[33m{KEY[:30]}\x1b[0m{KEY[30:]} invalid x-api-key",
    "in a URL": f"GET https://api.anthropic.com/v1/messages?api_key={KEY} 401 invalid x-api-key",
    "as a bearer token": f"Authorization: Bearer {KEY}\n{{'message': 'invalid x-api-key'}}",
    "twice": f"{KEY} {KEY} invalid x-api-key",
    "as the message": json.dumps({"error": {"type": "authentication_error", "message": f"Incorrect API key: {KEY}"}}),
    "as the model": f"model: {KEY}",
    "alone": KEY,
    "glued to Chinese": f"我的密钥是{KEY}请问为什么401",
}
Ask = Callable[[Client, str], HttpResponse]


def _form(client: Client, text: str) -> HttpResponse:
    return client.post("/zh-hans/lookup/", {"text": text})  # type: ignore[return-value]


def _json(client: Client, text: str) -> HttpResponse:
    body = json.dumps({"text": text, "echo": True, "limit": 10})
    return client.post("/api/v1/lookup", body, content_type="application/json")  # type: ignore[return-value]


def _plain(client: Client, text: str) -> HttpResponse:
    return client.post("/api/v1/lookup", text, content_type="text/plain")  # type: ignore[return-value]


DOORS = {"page": _form, "JSON": _json, "text": _plain}


def leaks(text: str) -> str:
    """The first run of the key's random part that is seen in a text, undisguised or with escapes and widths undone."""
    for view in (text, "".join(chr(ord(c) - 0xFEE0) if 0xFF01 <= ord(c) < 0xFF5F else c for c in text)):
        bare = "".join(char for char in view if char.isalnum())
        found = next((r for r in (SECRET[i : i + RUN] for i in range(len(SECRET) - RUN)) if r in view or r in bare), "")
        if found or escaped(SECRET[:RUN]) in view:
            return found or "escaped"
    return ""


@pytest.fixture(autouse=True)
def everything_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Every logger at DEBUG; afterwards no record may hold the key."""
    with caplog.at_level(logging.DEBUG):
        yield
    for record in caplog.get_records("call"):
        assert not leaks(record.getMessage() + repr(record.args) + (record.exc_text or "")), record.name


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS.keys())
@pytest.mark.parametrize("paste", FORMS.values(), ids=FORMS.keys())
def test_a_key_is_in_no_answer_and_in_no_header(client: Client, door: Ask, paste: str) -> None:
    response = door(client, paste)
    assert response.status_code == 200
    assert not leaks(response.content.decode())
    assert not leaks(str(response.headers) + str(response.cookies))
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("options", [{}, {"json": True}, {"explain": True}, {"json": True, "explain": True}])
@pytest.mark.parametrize("paste", FORMS.values(), ids=FORMS.keys())
def test_the_command_prints_no_key(tmp_path: Path, paste: str, options: dict[str, bool]) -> None:
    path, out, err = tmp_path / "paste.txt", StringIO(), StringIO()
    path.write_text(paste, encoding="utf-8")
    call_command("lookup", str(path), stdout=out, stderr=err, **options)
    assert out.getvalue().strip()
    assert not leaks(out.getvalue() + err.getvalue())


@pytest.mark.django_db
@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS.keys())
def test_a_lookup_writes_no_row_and_no_file(client: Client, door: Ask) -> None:
    rows, files = _rows(), _files()
    for paste in FORMS.values():
        door(client, paste)
    assert _rows() == rows
    assert not leaks(rows)
    assert _files() == files


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS.keys())
def test_a_refused_paste_is_not_repeated(client: Client, door: Ask) -> None:
    response = door(client, KEY + "x " * 40_000 + "\ud7ff" + KEY)
    assert not leaks(response.content.decode())
    assert response.status_code in (200, 413)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", '{"text": "' + KEY),
        ("application/json", json.dumps({"text": 1, KEY: 2})),
        ("application/json", json.dumps({"text": "a", "lang": KEY, "client": KEY})),
        ("application/json", json.dumps([KEY])),
        ("text/plain", KEY.encode() + b"\xff"),
        ("multipart/form-data; boundary=x", KEY),
        ("application/x-www-form-urlencoded; charset=utf-7", f"text={KEY}"),
    ],
)
@pytest.mark.parametrize("address", ["/api/v1/lookup", "/en/lookup/"])
def test_a_malformed_request_is_not_repeated(
    client: Client, address: str, content_type: str, body: str | bytes
) -> None:
    data = body if isinstance(body, bytes) else body.encode()
    response = client.generic("POST", address, data, content_type=content_type)
    assert 200 <= response.status_code < 500
    assert not leaks(response.content.decode())


def test_a_fault_while_a_key_is_looked_up_is_logged_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: object, text: str, *_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(Handbook, "lookup", fail)
    client = Client(raise_request_exception=False)
    for door in DOORS.values():
        response = door(client, FORMS["whole"])
        assert response.status_code == 500
        assert not leaks(response.content.decode())


def test_error_reports_carry_no_body_and_no_variables(rf: Client) -> None:
    request = rf.post("/en/lookup/", {"text": KEY})
    reporter = NoValues()
    assert reporter.is_active(request)  # type: ignore[arg-type]
    assert reporter.get_post_parameters(request) == {}  # type: ignore[arg-type]
    assert list(reporter.get_traceback_frame_variables(request, None)) == []  # type: ignore[arg-type]
    assert settings.DEFAULT_EXCEPTION_REPORTER_FILTER == "kb.reporting.NoValues"


def test_no_address_of_an_answer_holds_anything_of_the_paste(client: Client) -> None:
    response = _form(client, f"private words {KEY} invalid x-api-key")
    page = response.content.decode()
    addresses = [part.split('"')[0] for mark in ('href="', 'action="') for part in page.split(mark)[1:]]
    assert not [address for address in addresses if "private" in address or quote("redacted:") in address]


def _rows() -> str:
    """Every row of every table."""
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        dumped = []
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            dumped.append((table, cursor.fetchall()))
    return repr(dumped)


def _files() -> list[tuple[str, int, int]]:
    return sorted(
        (str(path), path.stat().st_size, path.stat().st_mtime_ns)
        for root, _, names in os.walk(settings.VAR)
        for path in (Path(root) / name for name in names)
    )
