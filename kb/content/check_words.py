"""Mistakes between the groups of words that the search reads descriptions with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.content.check import place
from kb.content.yaml_files import Row
from kb.lookup.terms import written


def check_words(rows: Sequence[Row]) -> list[str]:
    """A word stands in one group, has letters, and names a client that exists."""
    clients = {row.fields["slug"] for row in rows if row.model == "kb.client"}
    groups = [row for row in rows if row.model == "kb.wordgroup"]
    return [*_words(groups), *_clients(groups, clients)]


def _words(groups: Sequence[Row]) -> Iterator[str]:
    owners: dict[str, str] = {}
    for row in groups:
        for index, word in enumerate(row.fields["words"]):
            form, slug = written(word), row.fields["slug"]
            if not form:
                yield f"{place(row, 'words', index)}: {word} has neither letters nor Chinese characters"
            elif owners.setdefault(form, slug) != slug:
                yield f"{place(row, 'words', index)}: {word} stands already in {owners[form]}"


def _clients(groups: Sequence[Row], clients: set[str]) -> Iterator[str]:
    for row in groups:
        if row.fields["kind"] == "client" and row.fields["slug"] not in clients:
            yield f"{place(row, 'slug')}: there is no client {row.fields['slug']}"
