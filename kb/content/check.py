"""Checking fixtures before anything is loaded. Every mistake names file, key and reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from kb.content.schema import ROWS
from kb.content.yaml_files import Row

KEYS: dict[str, tuple[str, ...]] = {
    "kb.fact": ("slug",),
    "kb.lookalike": ("slug",),
    "kb.wordgroup": ("slug",),
    "kb.client": ("slug",),
    "kb.claudemodel": ("model_id",),
    "kb.spelling": ("wrong",),
    "kb.howto": ("slug",),
    "kb.gateway": ("slug",),
    "kb.claim": ("slug",),
    "kb.platform": ("slug",),
    "kb.keykind": ("slug",),
    "kb.endpointline": ("slug",),
    "kb.entry": ("code",),
    "kb.cause": ("entry", "slug"),
    "kb.remedy": ("entry", "client"),
    "kb.symptom": ("entry", "client", "slug"),
    "kb.signature": ("entry", "slug"),
    "kb.snippet": ("slug",),
    "kb.redirect": ("old_code",),
}


def natural_key(row: Row) -> tuple[str, ...]:
    return tuple(_flat(row.fields.get(name)) for name in KEYS[row.model])


def check_shapes(rows: Sequence[Row]) -> list[str]:
    """Unknown models and keys, wrong types, missing languages, unquoted scalars."""
    return [mistake for row in rows for mistake in _shape(row)]


def check_duplicates(rows: Sequence[Row]) -> list[str]:
    seen: dict[tuple[str, ...], str] = {}
    mistakes = []
    for row in rows:
        identity = (row.model, *natural_key(row))
        if identity in seen:
            mistakes.append(f"{place(row)}: {' '.join(identity)} stands already in {seen[identity]}")
        seen.setdefault(identity, row.file)
    return mistakes


def place(row: Row, *path: object) -> str:
    """`file: model[index] key.path`, the form of every complaint."""
    name = "/".join(part for part in natural_key(row) if part) if row.model in KEYS else ""
    where = f"{row.file}: {row.model}[{row.index}]" + (f" {name}" if name else "")
    return where + (f": {'.'.join(map(str, path))}" if path else "")


def _shape(row: Row) -> Iterator[str]:
    if row.model not in ROWS:
        yield f"{row.file}: [{row.index}]: model: there is no {row.model}"
        return
    try:
        ROWS[row.model].model_validate(row.fields)
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            yield f"{place(row, *problem['loc'])}: {_reason(dict(problem))}"


def _reason(problem: dict[str, Any]) -> str:
    if problem["type"] == "extra_forbidden":
        return "unknown key"
    if problem["type"] == "string_type" and not isinstance(problem["input"], dict | list | None):
        return f"YAML read {problem['input']!r} as {type(problem['input']).__name__}: put it in quotes"
    return str(problem["msg"])


def _flat(value: Any) -> str:
    return "/".join(map(str, value)) if isinstance(value, list) else str(value or "")
