"""One call of the lookup, as a program makes it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.api.calls import URL, Post


@pytest.fixture
def post(client: Client) -> Post:
    """POST a body: a dict as JSON, text and bytes as they are. Header names are written with underscores."""

    def post(body: Any = None, content_type: str = "application/json", url: str = URL, **headers: str) -> HttpResponse:
        data = body if isinstance(body, (str, bytes)) else json.dumps(body)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.post(url, data, content_type=content_type, headers=named)  # type: ignore[return-value]

    return post
