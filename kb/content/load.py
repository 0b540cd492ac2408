"""Loading fixtures: everything is checked first, then loaded in one transaction; what is gone is removed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.core import serializers
from django.db import transaction

from kb.content.accuracy import accuracy_digest, check_accuracy
from kb.content.canonical import complete, database_rows, digest, identity
from kb.content.check import check_duplicates, check_shapes
from kb.content.check_lengths import check_lengths
from kb.content.check_links import check_codes, check_links, check_signatures
from kb.content.check_snippets import check_snippets
from kb.content.check_words import check_words
from kb.content.check_yields import check_yields
from kb.content.recordings import check_recordings, recordings_digest
from kb.content.schema import ROWS
from kb.content.yaml_files import Row, fixture_paths, read_rows
from kb.models import LoadedRow


class ContentError(Exception):
    """The fixtures have mistakes; `mistakes` names file, key and reason of each."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class EditedError(Exception):
    """Rows were edited in the database since the last load and stand in no fixture."""

    def __init__(self, rows: list[str]) -> None:
        super().__init__("\n".join(rows))
        self.rows = rows


@dataclass(frozen=True)
class Report:
    loaded: int
    removed: int


def read_fixtures(folder: Path) -> list[Row]:
    """Every row of the folder, checked. Raises ContentError."""
    rows: list[Row] = []
    mistakes: list[str] = []
    paths = fixture_paths(folder)
    for path in paths:
        found, wrong = read_rows(folder, path)
        rows += found
        mistakes += wrong
    if not paths:
        mistakes.append(f"{folder}: there are no fixtures here")
    mistakes += check_accuracy(folder)
    mistakes += check_shapes(rows) if mistakes else check_rows(rows) or check_recordings(folder, rows)
    if mistakes:
        raise ContentError(mistakes)
    return rows


def check_rows(rows: Sequence[Row], edited: Sequence[Row] | None = None) -> list[str]:
    """What is wrong with each row, or, when every row has its shape, between them. `edited` are those that are new;
    the others were checked before."""
    own = rows if edited is None else edited
    return check_shapes(own) or [
        *check_duplicates(rows),
        *check_lengths(rows),
        *check_links(rows),
        *check_codes(rows),
        *check_signatures(own),
        *check_words(rows),
        *check_yields(rows),
        *check_snippets(own),
    ]


def load(folder: Path, discard_edits: bool = False) -> Report:
    """Bring the database to what the fixtures say. Raises ContentError or EditedError with nothing changed."""
    rows = read_fixtures(folder)
    wanted = {identity(row): digest(row.model, row.fields) for row in rows}
    with transaction.atomic():
        present = {identity(row): digest(row.model, row.fields) for row in database_rows()}
        if not discard_edits:
            _refuse_edits(present, wanted)
        changed = [row for row in rows if present.get(identity(row)) != wanted[identity(row)]]
        gone = [key for key in present if key not in wanted]
        save_rows(changed)
        remove_rows(gone)
        LoadedRow.objects.all().delete()
        LoadedRow.objects.bulk_create(LoadedRow(model=m, key=k, digest=d) for (m, k), d in wanted.items())
    return Report(len(changed), len(gone))


def tree_digest(folder: Path) -> str:
    """SHA-256 over every fixture file, to tell whether anything changed since the last load."""
    total = hashlib.sha256()
    for path in fixture_paths(folder):
        total.update(f"{path.relative_to(folder)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    total.update(accuracy_digest(folder) + recordings_digest(folder))
    return total.hexdigest()


def _refuse_edits(present: dict[tuple[str, str], str], wanted: dict[tuple[str, str], str]) -> None:
    loaded = {(row.model, row.key): row.digest for row in LoadedRow.objects.all()}
    edited = [
        f"{model} {key}"
        for (model, key), now in present.items()
        if loaded.get((model, key)) != now != wanted.get((model, key))
    ]
    deleted = [
        f"{model} {key} (deleted)" for (model, key) in loaded if (model, key) not in present and (model, key) in wanted
    ]
    if edited or deleted:
        raise EditedError(edited + deleted)


def save_rows(rows: Sequence[Row]) -> None:
    """Write rows that were checked, each over the one of the same natural key."""
    objects = ({"model": row.model, "fields": complete(row.model, row.fields)} for row in rows)
    for item in serializers.deserialize("python", objects):
        item.save()


def remove_rows(gone: Sequence[tuple[str, str]]) -> None:
    """Belongings first: the models stand in the order in which they refer to each other."""
    for model in reversed(ROWS):
        manager = apps.get_model(model)._default_manager
        keys = {key for name, key in gone if name == model}
        for row in manager.all() if keys else ():
            if " / ".join(row.natural_key()) in keys:
                row.delete()
