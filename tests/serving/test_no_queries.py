"""Readers never depend on the database: here it may not be asked at all, and every public address answers."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from kb.handbook import current
from kb.pages.addresses import addresses
from tests.pages.reader import LANGUAGES

PASTE = "anthropic.AuthenticationError: Error code: 401 - invalid x-api-key"
API = ("entries", "entries?q=key", "entries/401-invalid-api-key", "clients", "models", "models/resolve?id=sonnet")


def test_the_database_may_not_be_asked_here() -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.ensure_connection()


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "testserver"])
def test_every_page_is_answered_without_a_query(host: str) -> None:
    client = Client(headers={"host": host})
    for address in addresses(current()):
        assert client.get(address).status_code == 200, address


def test_every_permalink_is_answered_without_a_query() -> None:
    for code, entry in current().entries.items():
        for client in ("", *(f"/{slug}" for slug in entry.clients)):
            assert Client().get(f"/e/{code}{client}").status_code == 302


@pytest.mark.parametrize("path", ["/", "/zh/", "/healthz", *(f"/api/v1/{path}" for path in API)])
def test_everything_else_is_answered_without_a_query(path: str) -> None:
    assert Client().get(path).status_code < 400


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_lookup_is_answered_without_a_query(lang: str) -> None:
    assert b"401-invalid-api-key" in Client().post(f"/{lang}/lookup/", {"text": PASTE}).content
    for query in ("?q=key", "?status=401", "?client=curl", "?side=you"):
        assert Client().get(f"/{lang}/errors/{query}").status_code == 200
    asked = {"url": "https://api.anthropic.com/v1", "key": "sk-ant-api03"}
    assert Client().post(f"/{lang}/gateways/check/", asked).status_code == 200
    assert Client().get(f"/{lang}/models/?id=sonnet").status_code == 200


def test_a_lookup_by_a_program_is_answered_without_a_query() -> None:
    body = {"text": PASTE, "lang": "en"}
    response = Client().post("/api/v1/lookup", body, content_type="application/json")
    assert response.json()["matches"][0]["code"] == "401-invalid-api-key"
    assert Client().post("/api/v1/lookup", PASTE, content_type="text/plain").status_code == 200
