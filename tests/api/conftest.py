"""One call of the lookup, as a program makes it."""

from __future__ import annotations

import json
from typing import Any, Protocol

import pytest
from django.http import HttpResponse
from django.test import Client

URL = "/api/v1/lookup"


class Post(Protocol):
    def __call__(self, body: Any = None, content_type: str = ..., url: str = ..., **headers: str) -> HttpResponse: ...


@pytest.fixture
def post(client: Client) -> Post:
    """POST a body: a dict as JSON, text and bytes as they are. Header names are written with underscores."""

    def post(
        body: Any = None, content_type: str = "application/json", url: str = URL, **headers: str
    ) -> HttpResponse:
        data = body if isinstance(body, (str, bytes)) else json.dumps(body)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.post(url, data, content_type=content_type, headers=named)  # type: ignore[return-value]

    return post


def is_problem(response: HttpResponse, status: int) -> dict[str, Any]:
    """The problem details of an answer, held to RFC 9457 and to privacy."""
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert "no-store" in response["Cache-Control"]
    problem: dict[str, Any] = json.loads(response.content)
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    assert problem["type"] == "about:blank"
    return problem
