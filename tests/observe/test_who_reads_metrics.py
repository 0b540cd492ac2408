"""`/metrics` answers the networks that were named, when they ask directly; for everybody else it is not there."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_network

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.observe.conftest import Values

pytestmark = pytest.mark.usefixtures("counting")


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_loopback_reads_them(peer: str) -> None:
    response = Client().get("/metrics", REMOTE_ADDR=peer)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/plain; version=0.0.4")
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "peer", ["192.0.2.1", "10.0.0.1", "2001:db8::1", "", "unix", "127.0.0.1 ", "127.0.0.1:80", "[::1]:80"]
)
def test_others_find_nothing(peer: str) -> None:
    assert Client().get("/metrics", REMOTE_ADDR=peer).status_code == 404


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-Host", "Via"])
def test_who_comes_through_a_proxy_on_this_machine_finds_nothing(name: str) -> None:
    assert Client().get("/metrics", headers={name: "127.0.0.1"}).status_code == 404


def test_a_network_that_is_named_reads_them(settings: LazySettings) -> None:
    settings.METRICS_FROM = (ip_network("198.51.100.0/24"),)
    assert Client().get("/metrics", REMOTE_ADDR="198.51.100.44").status_code == 200


def test_prometheus_asks_a_node_by_its_address_without_https(settings: LazySettings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/metrics", headers={"host": "198.51.100.44:8000"}).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_they_are_only_read(counting: Callable[[], Values], method: str) -> None:
    assert Client().generic(method, "/metrics").status_code == 404
