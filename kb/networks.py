"""Addresses and networks, as settings name them and connections come from them."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Networks = tuple[IPv4Network | IPv6Network, ...]


def parse_networks(parts: Sequence[str]) -> Networks:
    """Addresses and CIDR networks. Raises ValueError."""
    return tuple(ip_network(part) for part in parts)


def parse_address(text: str) -> Address:
    """An address alone, without a port; one of IPv4 written as IPv6 is of IPv4. Raises ValueError."""
    found = ip_address(text)
    return getattr(found, "ipv4_mapped", None) or found


def is_within(address: Address, networks: Networks) -> bool:
    return any(address in network for network in networks)
