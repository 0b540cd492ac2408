"""Pasting a text into the form."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.pages.reader import Ask


@pytest.fixture
def ask(client: Client) -> Ask:
    def ask(text: str, lang: str = "en", **fields: str) -> HttpResponse:
        return client.post(f"/{lang}/lookup/", {"text": text, **fields})  # type: ignore[return-value]

    return ask
