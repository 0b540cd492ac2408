"""One GET to a configured address: short, bounded, without redirects, to public addresses or to loopback by name."""

from __future__ import annotations

import socket
import time
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx

STEP = 2.0  # seconds to connect, and between two pieces of the answer
WHOLE = 4.0  # seconds for the answer
MOST = 256 * 1024  # bytes of the answer
HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "claude-error-handbook"}
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Unreachable(Exception):
    """No answer of status 200 within the limits."""


def get(url: str) -> bytes:
    """The body. Raises Unreachable. Proxies of the environment are not used."""
    until = time.monotonic() + WHOLE
    try:
        _refuse_private(urlsplit(url).hostname or "")
        with (
            httpx.Client(timeout=STEP, follow_redirects=False, trust_env=False, headers=HEADERS) as client,
            client.stream("GET", url) as answer,
        ):
            if answer.status_code != 200:
                raise Unreachable(f"status {answer.status_code}")
            return _body(answer, until)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        raise Unreachable(type(error).__name__) from error


def _body(answer: httpx.Response, until: float) -> bytes:
    body = bytearray()
    for piece in answer.iter_raw():
        body += piece
        if len(body) > MOST or time.monotonic() > until:
            raise Unreachable("too long")
    return bytes(body)


def _refuse_private(host: str) -> None:
    """A name that resolves to an inner address; one that is rebound after this look fails on its certificate."""
    if host in LOOPBACK:
        return
    for *_, place in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM):
        if not ip_address(str(place[0]).partition("%")[0]).is_global:
            raise Unreachable("a private address")
