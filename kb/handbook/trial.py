"""The handbook that fixtures would publish, made in memory: neither the database nor what is published is touched."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.utils import load_backend

from kb.content.canonical import complete, identity
from kb.content.load import read_fixtures
from kb.content.schema import ROWS
from kb.content.yaml_files import ORDER, Row, fixture_paths
from kb.handbook import publish
from kb.handbook.current import Handbook, build
from kb.handbook.snapshot import Snapshot

SQLITE = "django.db.backends.sqlite3"


def tried(fixtures: Path, files: Sequence[Path]) -> Handbook:
    """The fixtures with `files` in place of those of the same name. Raises ContentError, and OSError for a file."""
    with tempfile.TemporaryDirectory() as folder, _memory_database():
        _lay_out(fixtures, files, Path(folder))
        _fill(read_fixtures(Path(folder)))
        return build(Snapshot(publish.composed()))


def place(file: Path) -> str:
    """Where a file stands in the fixtures folder: an entry, unless it has the name of one of the other files."""
    return file.name if file.name in ORDER else f"entries/{file.name}"


def _lay_out(fixtures: Path, files: Sequence[Path], folder: Path) -> None:
    (folder / "entries").mkdir()
    for path in fixture_paths(fixtures):
        shutil.copyfile(path, folder / path.relative_to(fixtures))
    for file in files:
        shutil.copyfile(file, folder / place(file))


def _fill(rows: Sequence[Row]) -> None:
    """Write all rows at once, which is several times quicker than to load them: nothing has to be looked up."""
    made: dict[tuple[str, str], models.Model] = {}
    for name in ROWS:
        kind: type[models.Model] = apps.get_model(name)
        mine = [row for row in rows if row.model == name]
        objects = kind._default_manager.bulk_create(kind(**_values(kind, row, made)) for row in mine)
        made.update(zip(map(identity, mine), objects, strict=True))


def _values(kind: type[models.Model], row: Row, made: dict[tuple[str, str], models.Model]) -> dict[str, Any]:
    """The fields of a row, with the rows that it refers to in place of their keys."""
    values = complete(row.model, row.fields)
    for field in kind._meta.fields:
        key = values.get(field.name)
        if isinstance(field, models.ForeignKey) and key:
            values[field.name] = made[field.related_model._meta.label_lower, " / ".join(key)]
    return values


@contextmanager
def _memory_database() -> Iterator[None]:
    """Our tables, empty, in an SQLite database in memory that takes the place of the default one meanwhile."""
    before = connections[DEFAULT_DB_ALIAS]
    given = {**before.settings_dict, "ENGINE": SQLITE, "NAME": ":memory:", "OPTIONS": {}}
    connection = load_backend(SQLITE).DatabaseWrapper(given, DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = connection
    try:
        with connection.schema_editor() as editor:
            for model in apps.get_app_config("kb").get_models():
                editor.create_model(model)
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = before
        connection.close()
