"""`/api/v1/openapi.json` describes the API as it is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client, override_settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import BaseModel

from kb.api import examples, shapes
from tests.api.calls import Post, is_problem

PATHS = {
    "/api/v1/lookup": "post",
    "/api/v1/entries": "get",
    "/api/v1/entries/{code}": "get",
    "/api/v1/clients": "get",
    "/api/v1/models": "get",
    "/api/v1/models/resolve": "get",
}
SHAPES: dict[str, type[BaseModel]] = {
    "lookup": shapes.LookupOut,
    "entries": shapes.Entries,
    "entry": shapes.EntryOut,
    "clients": shapes.Clients,
    "models": shapes.Models,
    "resolve": shapes.Resolved,
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    response = Client().get("/api/v1/openapi.json")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    found: dict[str, Any] = json.loads(response.content)
    return found


def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in document["paths"].values() for operation in path.values()]


def test_it_is_a_valid_document_of_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    OpenAPIV31SpecValidator(document).validate()


def test_it_names_every_address_and_method(document: dict[str, Any]) -> None:
    assert {path: list(methods) for path, methods in document["paths"].items()} == {p: [m] for p, m in PATHS.items()}


def test_every_operation_has_a_name_a_description_and_an_example_answer(document: dict[str, Any]) -> None:
    names = [operation["operationId"] for operation in operations(document)]
    assert sorted(names) == sorted(SHAPES)
    for operation in operations(document):
        assert operation["description"]
        assert "example" in operation["responses"]["200"]["content"]["application/json"]


def test_every_parameter_has_an_example_that_is_accepted(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for parameter in methods.get("get", {}).get("parameters", []):
            if parameter["in"] == "query":
                address = path.replace("{code}", examples.CODE)
                asked = {"id": "claude-3.5-sonnet"} if path.endswith("resolve") else {}
                answer = Client().get(address, asked | {parameter["name"]: parameter["example"]})
                assert answer.status_code == 200, (path, parameter["name"])


@pytest.mark.parametrize("name", SHAPES)
def test_an_example_answer_has_the_shape_it_is_an_example_of(name: str) -> None:
    SHAPES[name].model_validate_json(json.dumps(examples.ANSWERS[name]), strict=True)


def test_the_example_of_a_lookup_is_what_a_lookup_answers(document: dict[str, Any], post: Post) -> None:
    asked = document["paths"]["/api/v1/lookup"]["post"]["requestBody"]["content"]["application/json"]["example"]
    with override_settings(BASE_URL=examples.BASE):
        answer = json.loads(post(asked).content)
    shown = examples.ANSWERS["lookup"]
    assert shapes.LookupOut.model_validate(answer)
    assert answer["facts"] == shown["facts"]
    assert {**answer["matches"][0], "score": 0, "evidence": 0} == {**shown["matches"][0], "score": 0, "evidence": 0}
    assert answer["matches"][0]["evidence"][0] == shown["matches"][0]["evidence"][0]


def test_the_plain_text_form_of_the_lookup_is_described(document: dict[str, Any]) -> None:
    lookup = document["paths"]["/api/v1/lookup"]["post"]
    for part in (lookup["requestBody"], lookup["responses"]["200"]):
        assert set(part["content"]) == {"application/json", "text/plain"}
        assert isinstance(part["content"]["text/plain"]["example"], str)


def test_every_mistake_is_described_as_a_problem(document: dict[str, Any]) -> None:
    for operation in operations(document):
        mistakes = {status: told for status, told in operation["responses"].items() if int(status) >= 400}
        assert "422" in mistakes
        for status, told in mistakes.items():
            assert list(told["content"]) == ["application/problem+json"]
            example = told["content"]["application/problem+json"]["example"]
            assert shapes.Problem.model_validate(example).status == int(status)


def test_a_real_problem_has_the_shape_described() -> None:
    response: Any = Client().get("/api/v1/entries/nothing")
    assert shapes.Problem.model_validate(is_problem(response, 404))


def test_it_names_the_configured_origin_and_loads_nothing_from_elsewhere() -> None:
    with override_settings(BASE_URL="https://errors.example.org"):
        document = json.loads(Client().get("/api/v1/openapi.json").content)
    assert document["servers"] == [{"url": "https://errors.example.org"}]
    assert Client().get("/api/v1/docs").status_code == 404
