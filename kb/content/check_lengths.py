"""Texts that do not fit their column: SQLite keeps them whole, PostgreSQL refuses the whole load."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.apps import apps

from kb.content.check import place
from kb.content.yaml_files import Row


def check_lengths(rows: Sequence[Row]) -> list[str]:
    """Every text longer than its column, in code points."""
    return [mistake for row in rows for mistake in _too_long(row)]


def _too_long(row: Row) -> Iterator[str]:
    fields = apps.get_model(row.model)._meta
    for name, value in row.fields.items():
        most = getattr(fields.get_field(name), "max_length", None)
        if most and isinstance(value, str) and len(value) > most:
            yield f"{place(row, name)}: {len(value)} characters, {most} at most"
