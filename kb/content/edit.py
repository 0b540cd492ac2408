"""Editing in the database: a row with everything that belongs to it, as the text of its fixture file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.apps import apps
from django.db import connection, models

from kb.content.canonical import database_rows, digest, identity, rows_of
from kb.content.canonical_file import Comments, written
from kb.content.check import check_shapes, natural_key
from kb.content.load import ContentError, check_rows, remove_rows, save_rows
from kb.content.schema import ROWS
from kb.content.yaml_files import Row, StrictLoader, parse
from kb.models.base import NaturalKeyModel

OWNERS = ("kb.entry", "kb.howto")  # rows to which others belong
NAME = "text"  # what complaints call the edited text
LOCK = 0x6B62  # one editor saves at a time, since rows are checked against each other


@dataclass(frozen=True)
class Edit:
    """What a text says that the database does not: rows to write and keys to remove; `head` is the row itself."""

    head: Row
    changed: list[Row]
    gone: list[tuple[str, str]]


def text_of(model: str, key: str) -> str:
    """The row and what belongs to it, in canonical form; empty when there is no such row."""
    rows = _owned(model, key)
    return written(rows, Comments()) if rows else ""


def checked(model: str, key: str, text: str, before: str, permanent: Path) -> Edit:
    """An edited text, checked against everything else as `load_kb` would. `key` is empty for a new row; `before` is the
    text that the editor began with; `permanent` names the file of anchors that never go. Raises ContentError."""
    _lock()
    rows, head = _read(model, key, text)
    if key and text_of(model, key) != before:
        raise ContentError([f"{NAME}: it was changed by somebody else meanwhile; open it again"])
    present = list(database_rows())
    mine = {identity(row) for row in present if _belongs(row, model, natural_key(head)[0])}
    if mine and not key:
        raise ContentError([f"{NAME}: {natural_key(head)[0]} is there already"])
    mistakes = check_rows([*(row for row in present if identity(row) not in mine), *rows], rows)
    mistakes += _lost_anchors(head, rows, permanent) if model == "kb.entry" else []
    if mistakes:
        raise ContentError(mistakes)
    known = {identity(row): digest(row.model, row.fields) for row in present if identity(row) in mine}
    changed = [row for row in rows if known.get(identity(row)) != digest(row.model, row.fields)]
    return Edit(head, changed, sorted(mine - {identity(row) for row in rows}))


def save(edit: Edit) -> models.Model:
    """Write the edit; the row it is about. To be called in the transaction in which it was checked."""
    save_rows(edit.changed)
    remove_rows(edit.gone)
    kind: type[NaturalKeyModel] = apps.get_model(edit.head.model)
    found: models.Model = kind.objects.get_by_natural_key(*natural_key(edit.head))
    return found


def _read(model: str, key: str, text: str) -> tuple[list[Row], Row]:
    """The rows of a text about one row of a model, of the right shape."""
    text = text.replace("\r\n", "\n")
    rows, mistakes = (
        ([], [f"{NAME}: a row is written out, not repeated with *"]) if _repeats(text) else parse(NAME, text)
    )
    mistakes = mistakes or check_shapes(rows)
    heads = [row for row in rows if row.model == model]
    if not mistakes and len(heads) != 1:
        mistakes = [f"{NAME}: there is one {model}, and what belongs to it"]
    if not mistakes and key not in ("", natural_key(heads[0])[0]):
        mistakes = [f"{NAME}: {key} keeps its name, which others know"]
    if not mistakes:
        own = natural_key(heads[0])[0]
        mistakes = [f"{NAME}: {' '.join(identity(row))} does not belong to {own}" for row in rows
                    if not _belongs(row, model, own)]  # fmt: skip
    if mistakes:
        raise ContentError(mistakes)
    return rows, heads[0]


def _repeats(text: str) -> bool:
    """Aliases, with which a short text becomes a huge one."""
    try:
        return any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, StrictLoader))
    except yaml.YAMLError:
        return False  # `parse` says what is wrong


def _belongs(row: Row, model: str, key: str) -> bool:
    if row.model == model:
        return natural_key(row)[0] == key
    owner = model.removeprefix("kb.")
    return model in OWNERS and row.model not in OWNERS and row.fields.get(owner) == [key]


def _owned(model: str, key: str) -> list[Row]:
    """The row and what belongs to it, without reading the rest of the database."""
    rows: list[Row] = []
    for name in ROWS if model in OWNERS else (model,):
        kind: type[NaturalKeyModel] = apps.get_model(name)
        owner = model.removeprefix("kb.")
        if name == model:
            rows += rows_of(kind._default_manager.filter(**{kind.KEY[0]: key}))
        elif owner in {field.name for field in kind._meta.fields}:
            path = f"{owner}__{apps.get_model(model).KEY[0]}"
            rows += rows_of(kind._default_manager.filter(**{path: key}))
    return rows


def _lost_anchors(head: Row, rows: Sequence[Row], permanent: Path) -> list[str]:
    """Anchors of causes and error codes to which tickets may link."""
    code = head.fields["code"]
    kept = {row.fields["slug"] for row in rows if row.model == "kb.cause"}
    kept |= {f"code-{named['code']}" for named in head.fields.get("named_codes", [])}
    listed = (line.partition("#") for line in permanent.read_text("utf-8").split() if permanent.exists())
    return [
        f"{NAME}: the anchor {name} is permanent" for entry, _, name in listed if entry == code and name not in kept
    ]


def _lock() -> None:
    """SQLite has one writer anyway; PostgreSQL is told to. Held until the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
