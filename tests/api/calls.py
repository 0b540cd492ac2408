"""Calls of the lookup, and what a refusal looks like."""

from __future__ import annotations

import json
from typing import Any, Protocol

from django.http import HttpResponse

URL = "/api/v1/lookup"


class Post(Protocol):
    def __call__(self, body: Any = None, content_type: str = ..., url: str = ..., **headers: str) -> HttpResponse: ...


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
