"""`{{kind:name}}` in prose and snippets: shared things referred to by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

REFERENCE = re.compile(r"\{\{([a-z]{1,12}):([A-Za-z0-9._-]{1,80})\}\}")
KINDS = ("fact", "model", "entry", "howto", "client", "page")
PAGES = {"gateways": "gateways/", "endpoint-check": "gateways/check/"}  # pages that prose may link to by name


def references(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """(path, kind, name) of every reference in a row's fields, however deep."""
    if isinstance(value, str):
        for match in REFERENCE.finditer(value):
            yield path, match[1], match[2]
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from references(item, (*path, str(key)))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from references(item, (*path, str(index)))


def resolve(text: str, lookup: Callable[[str, str], str]) -> str:
    """The text with every reference replaced by what `lookup(kind, name)` says."""
    return REFERENCE.sub(lambda match: lookup(match[1], match[2]), text)
