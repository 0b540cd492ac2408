"""The client is the nearest address that is no proxy of ours; what a client writes into a header changes nothing."""

from __future__ import annotations

import pytest

from kb.limits.address import client_of
from kb.networks import parse_networks

TRUSTED = parse_networks(["127.0.0.1", "::1", "10.0.0.0/8", "2001:db8:ffff::/48"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("", "", "127.0.0.1"),
        ("", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "1.2.3.4, 203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "1.2.3.4, 203.0.113.7, 10.1.2.3", "203.0.113.7"),
        ("127.0.0.1", "10.9.9.9, 10.1.2.3", "10.9.9.9"),
        ("127.0.0.1", "203.0.113.7:50123", "203.0.113.7"),
        ("127.0.0.1", "[2001:db8:1:2:3::9]:443", "2001:db8:1:2::"),
        ("127.0.0.1", "2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::"),
        ("::1", "2001:db8:1:2::1", "2001:db8:1:2::"),
        ("127.0.0.1", "::ffff:203.0.113.7", "203.0.113.7"),
        ("::ffff:127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("2001:db8:ffff::5", "198.51.100.2", "198.51.100.2"),
    ],
)
def test_the_nearest_address_that_is_not_trusted_is_the_client(peer: str, forwarded: str, client: str) -> None:
    assert client_of(peer, forwarded, TRUSTED) == client


@pytest.mark.parametrize("forged", ["1.2.3.4", "127.0.0.1", "10.0.0.1", "unknown", "'; --", "1.2.3.4," * 5000])
def test_a_stranger_cannot_choose_its_address(forged: str) -> None:
    assert client_of("203.0.113.7", forged, TRUSTED) == "203.0.113.7"
    assert client_of("127.0.0.1", f"{forged}, 203.0.113.7", TRUSTED) == "203.0.113.7"


@pytest.mark.parametrize(
    "garbage", ["unknown", "_hidden", "", " ", "256.1.1.1", "1.2.3.4.5", "[::1", "a" * 9000, "\u0661.2.3.4"]
)
def test_what_is_no_address_ends_the_search_at_the_proxy(garbage: str) -> None:
    assert client_of("127.0.0.1", garbage and f"203.0.113.7, {garbage}", TRUSTED) == "127.0.0.1"
    assert client_of("127.0.0.1", f"203.0.113.7, {garbage}, 10.0.0.1", TRUSTED) == "10.0.0.1"


def test_only_so_many_proxies_are_looked_through() -> None:
    chain = ", ".join(["203.0.113.7", *["10.0.0.1"] * 5000])
    assert client_of("127.0.0.1", chain, TRUSTED) == "10.0.0.1"


def test_nobody_is_trusted_when_nobody_is_named() -> None:
    assert client_of("127.0.0.1", "203.0.113.7", ()) == "127.0.0.1"
