"""One canonical form of a fixture file: order of rows and keys, quotes, blank lines; comments stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb.content.canonical import identity
from kb.content.schema import LANGUAGES, ROWS
from kb.content.yaml_files import Row, parse
from kb.content.yaml_text import lines

Key = tuple[str, str]
APART = ("kb.client", "kb.howto", "kb.gateway")  # rows that stand apart from the one before, even of their own kind


@dataclass(frozen=True)
class Comments:
    """The comment lines of a file: its head, those right above a row, and its end."""

    head: str = ""
    above: dict[Key, str] = field(default_factory=dict)
    end: str = ""


def canonical_text(text: str) -> str:
    """A fixture file in canonical form, saying the same. Raises ValueError when it is no list of valid rows."""
    rows, mistakes = parse("file", text)
    if mistakes:
        raise ValueError("; ".join(mistakes))
    return written(rows, comments(rows, text))


def written(rows: Sequence[Row], notes: Comments) -> str:
    """The rows of one file as its text. Rows without a position stay in the order given."""
    parts = [notes.head] if notes.head else []
    before = ""
    for row in _ordered(rows):
        above = notes.above.get(identity(row), "")
        if parts and (above or row.model != before or row.model in APART):
            parts.append("")
        parts += [above] if above else []
        parts += _row(row)
        before = row.model
    parts += ["", notes.end] if notes.end else []
    return "\n".join(parts) + "\n"


def comments(rows: Sequence[Row], text: str) -> Comments:
    """What stands between the rows of a file, by the row below. The first paragraph of it is the head of the file."""
    gaps = _gaps(text)
    first, *others = gaps
    head, _, above = first.rpartition("\n\n") if "\n\n" in first else (first, "", "")
    *between, end = [above, *others] if others else ["", ""]
    found = {identity(row): gap for row, gap in zip(rows, between, strict=True) if gap}
    return Comments(head, found, end)


def _gaps(text: str) -> list[str]:
    """The comment lines before the first row, between each two rows and after the last."""
    gaps: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.startswith("-"):
            gaps.append([])
        elif line.startswith("#") or (not line and gaps[-1]):
            gaps[-1].append(line)
    return ["\n".join(gap).strip("\n") for gap in gaps]


def _ordered(rows: Sequence[Row]) -> list[Row]:
    """By kind, then position; what belongs to a how-to follows it."""
    kinds = list(ROWS)
    howtos = {row.fields["slug"]: row.fields["position"] for row in rows if row.model == "kb.howto"}

    def place(row: Row) -> tuple[int, int, int]:
        position = row.fields.get("position", 0)
        owner = position if row.model == "kb.howto" else howtos.get((row.fields.get("howto") or [""])[0], 0)
        return owner, kinds.index(row.model), position

    return sorted(rows, key=place)


def _row(row: Row) -> Iterator[str]:
    fields = ROWS[row.model].model_validate(row.fields).model_dump(mode="json", exclude_defaults=True)
    yield f"- model: {row.model}"
    yield "  fields:"
    yield from lines(_sorted(fields), "    ")


def _sorted(value: Any, name: str = "") -> Any:
    """Languages in our order, headers by name; other keys as the schema has them."""
    if isinstance(value, list):
        return [_sorted(item) for item in value]
    if not isinstance(value, dict):
        return value
    keys = list(value)
    if set(LANGUAGES) <= set(keys):
        keys = [*LANGUAGES, *sorted(set(keys) - set(LANGUAGES))]
    elif name == "headers":
        keys = sorted(keys)
    return {key: _sorted(value[key], key) for key in keys}
