"""The pages of the handbook, as a reader without JavaScript gets them."""

from __future__ import annotations

from functools import cache
from typing import Protocol

from django.http import HttpResponse
from django.test import Client

from kb.handbook import current
from tests.markup import Page, read

LANGUAGES = ("zh-hans", "en")


def paths() -> list[str]:
    """Every page of one language, without the language."""
    handbook = current()
    found = ["", "lookup/", "errors/", "clients/", "models/", "gateways/", "gateways/check/", "howtos/"]
    found += ["about/", "privacy/"]
    found += [f"errors/{code}/" for code in handbook.entries]
    found += [f"status/{status}/" for status in handbook.statuses]
    found += [f"clients/{slug}/" for slug in handbook.clients]
    return found + [f"howtos/{slug}/" for slug in handbook.howtos]


def addresses() -> list[str]:
    return [f"/{lang}/{path}" for lang in LANGUAGES for path in paths()]


@cache
def page(address: str) -> Page:
    """A page, fetched once in a process."""
    response = Client().get(address)
    assert response.status_code == 200, address
    return read(response.content)


class Ask(Protocol):
    def __call__(self, text: str, lang: str = "en", **fields: str) -> HttpResponse: ...
