"""Whose request it is: the nearest address that is not one of our own proxies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Network

from kb.networks import Address, Networks, is_within, parse_address

LOCAL = "127.0.0.1"  # what a Unix socket counts as: it has no address
HOPS = 20  # proxies looked through at most
SITE = 64  # bits of an IPv6 address that name one client's network; the rest it chooses itself
_PORT = re.compile(r"\[([0-9a-fA-F:.]+)\](?::\d+)?|([0-9.]+):\d+")


@lru_cache(maxsize=1024)
def client_of(peer: str, forwarded: str, trusted: Networks) -> str:
    """The client's address, an IPv6 one as its network.

    `peer` opened the connection; `forwarded` is X-Forwarded-For, read from the right and only past trusted addresses,
    so that what a client wrote into it itself is never reached.
    """
    client = _address(peer or LOCAL)
    if client is None:
        return peer
    for hop in _hops(forwarded):
        if hop is None or not is_within(client, trusted):
            break
        client = hop
    return _site(client)


def _hops(forwarded: str) -> Iterator[Address | None]:
    """From the nearest on; None where something else than an address stands."""
    parts = forwarded.rsplit(",", HOPS)[-HOPS:] if forwarded else ()
    return (_address(part.strip()) for part in reversed(parts))


def _address(text: str) -> Address | None:
    """An address, with or without a port or a zone."""
    match = _PORT.fullmatch(text)
    try:
        return parse_address((match[1] or match[2]) if match else text.partition("%")[0])
    except ValueError:
        return None


def _site(address: Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    return str(IPv6Network((address, SITE), strict=False).network_address)
