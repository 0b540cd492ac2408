"""Asking replay without a server."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

PATH = "v1/messages"


def ask(rest: str, body: Any = None, **headers: str) -> HttpResponse:
    """POST below `/replay/`, as a client that keeps no cookie and knows no CSRF token."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    sent = json.dumps(body or {"model": "m", "max_tokens": 1, "messages": []})
    client = Client(enforce_csrf_checks=True)
    return client.post(f"/replay/{rest}", sent, content_type="application/json", headers=named)  # type: ignore[return-value]


def told(response: HttpResponse) -> Any:
    return json.loads(response.content)


def events(response: HttpResponse) -> list[dict[str, Any]]:
    """The data of a stream's events, each in JSON."""
    lines = response.content.decode().splitlines()
    return [json.loads(line[6:]) for line in lines if line.startswith("data: ") and line != "data: [DONE]"]
