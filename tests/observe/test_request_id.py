"""Every answer carries the number of its request, and every line about it does, too."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.test import Client

from kb.handbook import Handbook

ADDRESSES = ("/en/", "/en/nothing/", "/api/v1/entries", "/api/v1/nothing", "/static/nothing.css", "/healthz", "/zh/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_has_a_number_of_its_own(client: Client, address: str) -> None:
    first, second = (client.get(address)["X-Request-ID"] for _ in range(2))
    assert len(first) == len(second) == 20
    assert first != second


@pytest.mark.parametrize("given", ["a", "0", "req_011.CV-x", "A" * 64, "4bf92f35-77b3-4da6-a3ce-929d0e0e4736"])
def test_a_well_formed_number_is_taken_over(client: Client, given: str) -> None:
    assert client.get("/en/", headers={"x-request-id": given})["X-Request-ID"] == given


@pytest.mark.parametrize(
    "given",
    [
        "", " ", "A" * 65, "a b", "a\r\nSet-Cookie: x=1", "a\n", "é", "<b>", "a;b",
        "sk-" + "Zq8mK7Xw" * 6, "ghp_" + "aB3" * 12,
    ],
)  # fmt: skip
def test_another_is_replaced_and_so_is_one_that_could_be_a_key(client: Client, given: str) -> None:
    answered = client.get("/en/", headers={"x-request-id": given})["X-Request-ID"]
    assert answered != given
    assert len(answered) == 20


@pytest.mark.parametrize("address", ["/api/v1/nothing", "/api/v1/entries/nothing", "/api/v1/entries?limit=x"])
def test_a_problem_tells_the_number(client: Client, address: str) -> None:
    response = client.get(address, headers={"x-request-id": "abc"})
    assert response.json()["request_id"] == "abc"


def test_when_the_service_breaks_page_and_problem_tell_the_number(
    logged: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Handbook, "lookup", lambda *_: 1 / 0)
    client = Client(raise_request_exception=False, headers={"x-request-id": "number-7"})
    page = client.post("/en/lookup/", {"text": "a"})
    assert page.status_code == 500
    assert page.content.decode().count("<code>number-7</code>") == 2
    answer = client.post("/api/v1/lookup", {"text": "a"}, content_type="application/json")
    assert (answer.status_code, answer.json()["request_id"]) == (500, "number-7")
    assert "number-7" in next(line for line in logged.getvalue().splitlines() if "ERROR" in line)


def test_the_number_is_not_that_of_the_request_before(client: Client, logged: StringIO) -> None:
    client.get("/en/", headers={"x-request-id": "first"})
    logged.truncate(0)
    client.get("/en/", headers={"x-request-id": "a b"})
    assert "first" not in logged.getvalue()


def test_the_number_is_described_in_the_api_document(client: Client) -> None:
    document = json.loads(client.get("/api/v1/openapi.json").content)
    assert "request_id" in document["components"]["schemas"]["Problem"]["properties"]
