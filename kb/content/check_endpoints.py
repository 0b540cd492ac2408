"""Mistakes between the tables of the key and endpoint check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.content.check import place
from kb.content.yaml_files import Row
from kb.lookup.endpoints import ELSEWHERE, LOCAL

SLOTS = ("{root}", "{v1}")


def check_endpoints(rows: Sequence[Row]) -> list[str]:
    """A key belongs to platforms that exist; a host and a prefix have one owner; a template has a place for the URL."""
    platforms = {row.fields["slug"] for row in rows if row.model == "kb.platform"} | {ELSEWHERE, LOCAL}
    mistakes = [mistake for row in rows if row.model == "kb.keykind" for mistake in _places(row, platforms)]
    mistakes += _owners(rows, "kb.platform", "hosts")
    mistakes += _owners(rows, "kb.keykind", "prefixes")
    return mistakes + [
        f"{place(row, 'template')}: it has neither {{root}} nor {{v1}}"
        for row in rows
        if row.model == "kb.endpointline" and not any(slot in row.fields["template"] for slot in SLOTS)
    ]


def _places(row: Row, platforms: set[str]) -> Iterator[str]:
    for key in ("platforms", "perhaps"):
        for name in row.fields.get(key, []):
            if name not in platforms:
                yield f"{place(row, key)}: there is no platform {name}"


def _owners(rows: Sequence[Row], model: str, key: str) -> Iterator[str]:
    owners: dict[str, str] = {}
    for row in rows:
        for value in row.fields[key] if row.model == model else ():
            if value in owners:
                yield f"{place(row, key)}: {value} stands already in {owners[value]}"
            owners.setdefault(value, row.fields["slug"])
