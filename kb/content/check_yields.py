"""Entries that yield to each other: a paste that shows all of them would be answered with none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kb.content.check import place
from kb.content.yaml_files import Row

Yields = Mapping[str, Sequence[str]]  # code → the codes that win when both are seen


def check_yields(rows: Sequence[Row]) -> list[str]:
    """No entry yields to itself, by way of others or at once."""
    return list(_circles([row for row in rows if row.model == "kb.entry"]))


def _circles(entries: Sequence[Row]) -> Iterator[str]:
    yields = {row.fields["code"]: [n["code"] for n in row.fields["neighbours"] if n.get("yields")] for row in entries}
    for row in entries:
        circle = _way_back(row.fields["code"], yields)
        if circle:
            yield f"{place(row, 'neighbours')}: yields in a circle: {' → '.join(circle)}"


def _way_back(code: str, yields: Yields) -> list[str]:
    """A shortest way from an entry to itself; empty when there is none."""
    ways, been = [[code]], set()
    for way in ways:
        for other in yields.get(way[-1], ()):
            if other == code:
                return [*way, other]
            if other not in been:
                been.add(other)
                ways.append([*way, other])
    return []
