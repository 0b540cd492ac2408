"""Bodies too long, too slow, packed or not what they say, at a real gunicorn: refused, while others are served."""

from __future__ import annotations

import gzip
import json
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from django.test import Client

from tests.served import served

HEAD = "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {}\r\nConnection: close\r\n"
API, FORM = "/api/v1/lookup", "/en/lookup/"
JSON, URLENCODED = "application/json", "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with served("--workers", "1", "--worker-class", "gthread", "--threads", "8") as origin:
        yield origin


def connect(origin: str) -> socket.socket:
    place = urlsplit(origin)
    return socket.create_connection((place.hostname, place.port), timeout=20)  # type: ignore[arg-type]


def status(origin: str, head: str, body: bytes = b"") -> int:
    """The status of the answer; 0 when the connection is closed without one."""
    with connect(origin) as connection:
        with suppress(OSError):  # the server may have said what it wants to say
            connection.sendall(head.encode() + b"\r\n" + body)
        answer = connection.makefile("rb").readline()
    return int(answer.split()[1]) if answer.startswith(b"HTTP/") else 0


@pytest.mark.parametrize("length", ["abc", "-1", "1, 2", "0x10", "1e3", "", "+5", "99999999999999999999999"])
def test_a_length_that_is_no_number_is_refused(origin: str, length: str) -> None:
    assert 400 <= status(origin, HEAD.format(API, JSON) + f"Content-Length: {length}\r\n", b'{"text": "a"}') < 500


def test_two_lengths_or_a_length_and_chunks_are_refused(origin: str) -> None:
    both = HEAD.format(API, JSON) + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"
    assert 400 <= status(origin, both, b"0\r\n\r\nGET / HTTP/1.1\r\n") < 500
    twice = HEAD.format(API, JSON) + "Content-Length: 5\r\nContent-Length: 6\r\n"
    assert 400 <= status(origin, twice, b"123456") < 500


def test_a_body_without_a_length_is_a_411(origin: str) -> None:
    chunked = HEAD.format(API, JSON) + "Transfer-Encoding: chunked\r\n"
    assert status(origin, chunked, b'd\r\n{"text": "a"}\r\n0\r\n\r\n') == 411


@pytest.mark.parametrize(
    ("address", "kind"), [(API, JSON), (FORM, URLENCODED), (FORM, "multipart/form-data; boundary=x")]
)
def test_a_terabyte_is_refused_before_it_comes(origin: str, address: str, kind: str) -> None:
    began = time.monotonic()
    assert status(origin, HEAD.format(address, kind) + f"Content-Length: {2**40}\r\n", b"text=a") == 413
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "identity, gzip", "x"])
@pytest.mark.parametrize(("address", "kind"), [(API, JSON), (FORM, URLENCODED)])
def test_a_packed_body_is_a_415(origin: str, address: str, kind: str, encoding: str) -> None:
    bomb = gzip.compress(b"0" * 10_000_000)
    head = HEAD.format(address, kind) + f"Content-Encoding: {encoding}\r\nContent-Length: {len(bomb)}\r\n"
    assert status(origin, head, bomb) == 415


@pytest.mark.parametrize(
    "head",
    [
        "GET /" + "a" * 9000 + " HTTP/1.1\r\nHost: 127.0.0.1\r\n",
        "GET /en/ HTTP/1.1\r\nHost: 127.0.0.1\r\n" + "X: y\r\n" * 200,
        "GET /en/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + "y" * 20_000 + "\r\n",
        "GET /en/ HTTP/9.9\r\nHost: 127.0.0.1\r\n",
        "GET /en/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX : y\r\n",
        "\x16\x03\x01\r\n",
    ],
    ids=["line", "fields", "field", "version", "blank before the colon", "TLS"],
)
def test_a_head_that_is_too_large_or_malformed_is_refused(origin: str, head: str) -> None:
    assert status(origin, head) in (0, 400, 414, 431, 505)


def test_clients_that_send_slowly_do_not_stop_others(origin: str) -> None:
    slow = [connect(origin) for _ in range(6)]
    try:
        for number, connection in enumerate(slow):
            head = HEAD.format(API, JSON) + "Content-Length: 1000\r\n\r\n{"
            connection.sendall((head if number % 2 else head[:40]).encode())
        with urlopen(f"{origin}/en/", timeout=10) as answer:
            assert answer.status == 200
    finally:
        for connection in slow:
            connection.close()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"text": "a", "limit": ' + "9" * 60_000 + "}", (400, 422)),
        ('{"text": "a", "limit": 1e999999}', (400, 422)),
        ('{"text": "a", "limit": -0.0}', (400, 422)),
        ('{"text": "a", "x": ' + "[" * 30_000 + "]" * 30_000 + "}", (400,)),
        ("{" + ", ".join(f'"k{n}": {n}' for n in range(5000)) + "}", (422,)),
        ('{"text": "a", "text": "b"}', (200,)),
        ('{"text": "' + "\\u0000" * 9000 + '"}', (200,)),
        ('{"text": "\\ud83d"}', (400,)),
        ("[" * 500_000, (400,)),
        ('"' + "\\" * 999_999, (400,)),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else None,
)
def test_json_that_is_made_to_hurt_is_answered_soon(body: str, expected: tuple[int, ...]) -> None:
    assert Client().post(API, body, content_type=JSON).status_code in expected


def test_a_form_of_many_fields_or_files_is_refused_or_skipped() -> None:
    many = "&".join(f"f{n}=1" for n in range(100_000))
    assert 400 <= Client().post(FORM, many, content_type=URLENCODED).status_code < 500
    part = '--x\r\nContent-Disposition: form-data; name="f{}"; filename="a"\r\n\r\na\r\n'
    files = "".join(part.format(n) for n in range(150)) + "--x--\r\n"
    assert Client().post(FORM, files, content_type="multipart/form-data; boundary=x").status_code == 400
    nested = (
        "--x\r\nContent-Disposition: form-data; name=text\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--\r\n"
    )
    assert 200 <= Client().post(FORM, nested, content_type="multipart/form-data; boundary=x").status_code < 500


def test_a_refused_lookup_is_heard_by_a_client_that_sends_64_kib(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that closed without reading would reset the connection before the answer is read."""
    monkeypatch.setenv("KB_LOOKUP_RATE", "1/h")
    body = json.dumps({"text": "a" * 60_000}).encode()
    head = HEAD.format(API, JSON) + f"Content-Length: {len(body)}\r\n"
    with served("--workers", "1") as own:
        assert [status(own, head, body) for _ in range(4)] == [200, 429, 429, 429]
