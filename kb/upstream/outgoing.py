"""The one way out: to a configured host, at an address looked up once, without redirects or proxies, within limits."""

from __future__ import annotations

import socket
import ssl
import time
from ipaddress import ip_address

import httpx

from kb.env import LOOPBACK

HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "claude-error-handbook"}


class PrivateAddressError(httpx.TransportError):
    """A name led to an address that is not public."""


class TooLargeError(Exception):
    """The answer has more bytes than are read."""


class TooSlowError(Exception):
    """The answer was not whole in time."""


class Pinned(httpx.HTTPTransport):
    """Connects to the very address that was looked at, so that a name cannot lead elsewhere a moment later (DNS
    rebinding). Host, SNI and the name that the certificate must have stay those of the URL."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        name = request.url.host
        request.extensions = {**request.extensions, "sni_hostname": name}
        request.url = request.url.copy_with(host=_address(name))
        return super().handle_request(request)


def client(stall: float, headers: dict[str, str], verify: ssl.SSLContext | bool = True) -> httpx.Client:
    """`stall`: seconds to connect, and between two pieces of an answer. Errors are httpx's."""
    return httpx.Client(
        transport=Pinned(verify=verify, trust_env=False),
        timeout=stall,
        follow_redirects=False,
        trust_env=False,
        headers=HEADERS | headers,
    )


def body(answer: httpx.Response, most: int, until: float) -> bytes:
    """The whole body as it was sent, not decompressed: at most so many bytes, until a time of the monotonic clock.

    Raises TooLargeError, TooSlowError, and httpx's errors.
    """
    whole = bytearray()
    for piece in answer.iter_raw():
        whole += piece
        if len(whole) > most:
            raise TooLargeError
        if time.monotonic() > until:
            raise TooSlowError
    return bytes(whole)


def _address(name: str) -> str:
    """The first address of a name. Every one of them must be public, unless the name is this machine's own."""
    try:
        found = [str(place[0]) for *_, place in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise httpx.ConnectError("the name is not known") from error
    if name not in LOOPBACK and not all(ip_address(one.partition("%")[0]).is_global for one in found):
        raise PrivateAddressError("a private address")
    return found[0]
