"""Requests go to the configured host alone: its address is looked up once and is public, its certificate its own."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
import trustme

from kb.pages import live
from kb.upstream import outgoing
from kb.upstream.models import Host, UpstreamError, fetch_models
from kb.upstream.outgoing import PrivateAddressError, TooLargeError, TooSlowError, body, client

NAME = "status.example.org"
PUBLIC = "93.184.215.14"
INSIDE = ["10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "127.0.0.1", "0.0.0.0", "::1",
          "fe80::1%1", "fd00::1", "::ffff:10.0.0.1", "::"]  # fmt: skip


class Looked:
    """A resolver for NAME that gives another answer each time, and counts."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers, self.asked, self._real = list(answers), 0, socket.getaddrinfo

    def __call__(self, host: str, *rest: Any, **named: Any) -> list[Any]:
        if host != NAME:
            return self._real(host, *rest, **named)
        self.asked += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0)) for address in answer]


class Secure(ThreadingHTTPServer):
    """An HTTPS server on loopback that remembers the names it was asked under."""

    daemon_threads = True

    def __init__(self, authority: trustme.CA, name: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.hosts: list[str | None] = []
        self.indications: list[str | None] = []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name).configure_cert(context)
        context.sni_callback = lambda _socket, name, _context: self.indications.append(name)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def handle_error(self, *_: Any) -> None:
        """A client that does not trust us is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: Secure

    def do_GET(self) -> None:
        self.server.hosts.append(self.headers["host"])
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


@pytest.fixture(params=[NAME, "other.example.org"])
def secure(request: pytest.FixtureRequest, authority: trustme.CA) -> Iterator[Secure]:
    server = Secure(authority, request.param)
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_is_refused_before_anything_is_sent(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Looked([PUBLIC, address]))
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("a connection was made"))
    with pytest.raises(PrivateAddressError), client(1.0, {}) as asking:
        asking.get(f"https://{NAME}/")
    with pytest.raises(UpstreamError, match="private address"):
        fetch_models(Host("relay", f"https://{NAME}", "key"))


@pytest.mark.parametrize(
    "host", ["10.0.0.1", "169.254.169.254", "[::ffff:127.0.0.1]", "0x7f000001", "2130706433", "127.1"]
)
def test_an_address_inside_is_refused_however_it_is_written(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("a connection was made"))
    with pytest.raises(httpx.TransportError), client(1.0, {}) as asking:
        asking.get(f"http://{host}/")


def test_a_name_that_is_rebound_meanwhile_still_leads_to_the_address_that_was_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked, places = Looked([PUBLIC], ["127.0.0.1"]), []

    def connect(place: tuple[str, int], *_: Any, **__: Any) -> socket.socket:
        places.append(place)
        raise OSError("far away")

    monkeypatch.setattr(socket, "getaddrinfo", looked)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(httpx.ConnectError), client(1.0, {}) as asking:
        asking.get(f"https://{NAME}/")
    assert (places, looked.asked) == ([(PUBLIC, 443)], 1)


def test_host_and_certificate_are_those_of_the_name(
    secure: Secure, trusting: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Looked(["127.0.0.1"]))
    monkeypatch.setattr(outgoing, "LOOPBACK", (NAME,))
    url = f"https://{NAME}:{secure.server_port}/"
    with client(2.0, {}, verify=trusting) as asking:
        if request.node.callspec.params["secure"] == NAME:
            assert asking.get(url).status_code == 200
            assert secure.hosts == [f"{NAME}:{secure.server_port}"]
        else:
            with pytest.raises(httpx.ConnectError, match="certificate"):
                asking.get(url)
            assert secure.hosts == []
    assert secure.indications == [NAME]


def test_a_body_is_read_up_to_its_limits_only() -> None:
    later = time.monotonic() + 60
    assert body(httpx.Response(200, content=iter([b"ab", b"c"])), 3, later) == b"abc"
    with pytest.raises(TooLargeError):
        body(httpx.Response(200, content=iter([b"ab", b"cd"])), 3, later)
    with pytest.raises(TooSlowError):
        body(httpx.Response(200, content=iter([b"ab"])), 3, time.monotonic() - 1)


def test_a_bomb_is_not_unpacked() -> None:
    packed = httpx.Response(200, headers={"content-encoding": "gzip"}, content=iter([b"\x1f\x8b\x08small"]))
    assert body(packed, 100, time.monotonic() + 60) == b"\x1f\x8b\x08small"


def test_a_status_page_that_editors_named_is_asked_over_https_only(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STATUS_PAGES = (("Claude", ""),)
    asked: list[str] = []
    monkeypatch.setattr(live.watch, "look", lambda pages: asked.extend(page.url for page in pages) or ())
    facts = live.current().document.facts
    monkeypatch.setitem(facts, "status-page", "http://127.0.0.1:6379")
    live.provider_status()
    assert asked == []
    monkeypatch.setitem(facts, "status-page", "https://status.example.org")
    live.provider_status()
    assert asked == ["https://status.example.org/api/v2/summary.json"]
