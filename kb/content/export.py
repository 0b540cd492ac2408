"""The way back: models → the same fixture files, in canonical form. Only what was edited in the database changes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from kb.content.canonical import database_rows, digest, identity
from kb.content.canonical_file import Comments, comments, written
from kb.content.check import check_shapes
from kb.content.load import ContentError, check_rows, read_fixtures
from kb.content.yaml_files import Row, fixture_paths, read_rows
from kb.models import LoadedRow

Key = tuple[str, str]
FILES = {
    "kb.fact": "facts.yaml",
    "kb.lookalike": "lookalikes.yaml",
    "kb.wordgroup": "words.yaml",
    "kb.client": "clients.yaml",
    "kb.claudemodel": "models.yaml",
    "kb.spelling": "models.yaml",
    "kb.howto": "howtos.yaml",
    "kb.gateway": "gateways.yaml",
    "kb.claim": "gateways.yaml",
    "kb.platform": "endpoints.yaml",
    "kb.keykind": "endpoints.yaml",
    "kb.endpointline": "endpoints.yaml",
    "kb.redirect": "redirects.yaml",
}


class EmptyError(Exception):
    """There is nothing in the database to export."""


class ConflictError(Exception):
    """Rows were changed in the database and, otherwise, in the fixtures since the last load."""

    def __init__(self, rows: list[str]) -> None:
        super().__init__("\n".join(rows))
        self.rows = rows


@dataclass(frozen=True)
class Plan:
    """What an export would do: `files` with their new text (None removes one), `edits` to remember with a digest."""

    files: dict[Path, str | None]
    edits: dict[Key, str | None]


def plan_export(folder: Path) -> Plan:
    """Compare database, fixtures and the last load. Raises EmptyError, ConflictError or ContentError."""
    fixtures = {identity(row): row for row in read_fixtures(folder)}
    database = _database()
    loaded = {(row.model, row.key): row.digest for row in LoadedRow.objects.all()}
    in_files, in_database = _digests(fixtures.values()), _digests(database.values())
    edited = [key for key in {**in_files, **in_database, **loaded} if in_database.get(key) != loaded.get(key)]
    _refuse_conflicts(key for key in edited if in_files.get(key) not in (loaded.get(key), in_database.get(key)))
    merged = {key: row for key, row in fixtures.items() if key not in edited or key in database}
    merged |= {key: _placed(database[key], fixtures.get(key)) for key in edited if key in database}
    mistakes = check_rows(list(merged.values()))
    if mistakes:
        raise ContentError(mistakes)
    return Plan(changed_files(folder, list(merged.values())), {key: in_database.get(key) for key in edited})


def plan_format(folder: Path) -> Plan:
    """The fixtures as they are, in canonical form; the database is not asked. Raises ContentError."""
    return Plan(changed_files(folder, read_fixtures(folder)), {})


def carry_out(plan: Plan) -> None:
    """Write the files, and remember that the fixtures say what the database says."""
    write_files(plan.files)
    with transaction.atomic():
        for (model, key), now in plan.edits.items():
            if now is None:
                LoadedRow.objects.filter(model=model, key=key).delete()
            else:
                LoadedRow.objects.update_or_create(model=model, key=key, defaults={"digest": now})


def write_files(files: dict[Path, str | None]) -> None:
    """Each swapped whole; one without a text is removed."""
    for path, text in files.items():
        path.unlink() if text is None else _write(path, text)


def changed_files(folder: Path, rows: Sequence[Row]) -> dict[Path, str | None]:
    """Path → canonical text of every file that differs from it; None for a file that has no rows any more."""
    wanted: dict[Path, list[Row]] = {path: [] for path in fixture_paths(folder)}
    for row in rows:
        wanted.setdefault(folder / row.file, []).append(row)
    texts = {path: _text(folder, path, members) for path, members in wanted.items()}
    return {path: text for path, text in texts.items() if text is None or not _says(path, text)}


def _database() -> dict[Key, Row]:
    rows = list(database_rows())
    if not rows:
        raise EmptyError("the database holds no rows")
    mistakes = check_shapes(rows)
    if mistakes:
        raise ContentError(mistakes)
    return {identity(row): row for row in rows}


def _digests(rows: Iterable[Row]) -> dict[Key, str]:
    return {identity(row): digest(row.model, row.fields) for row in rows}


def _refuse_conflicts(keys: Iterable[Key]) -> None:
    names = [f"{model} {key}" for model, key in keys]
    if names:
        raise ConflictError(names)


def _placed(row: Row, old: Row | None) -> Row:
    """A row of the database in the file where it stands already, or where rows of its kind stand."""
    if old:
        return Row(old.file, old.index, row.model, row.fields)
    owner = row.fields["code"] if row.model == "kb.entry" else (row.fields.get("entry") or [""])[0]
    file = f"entries/{owner}.yaml" if owner else FILES.get(row.model, FILES["kb.howto"])
    return Row(file, row.index, row.model, row.fields)


def _text(folder: Path, path: Path, rows: Sequence[Row]) -> str | None:
    if not rows:
        return None
    if not path.exists():
        return written(rows, Comments())
    old, _ = read_rows(folder, path)
    return written(rows, comments(old, path.read_text(encoding="utf-8")))


def _says(path: Path, text: str) -> bool:
    return path.exists() and path.read_bytes() == text.encode()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="utf-8", newline="\n", delete=False) as file:
        file.write(text)
    written_to = Path(file.name)
    written_to.chmod(0o644)
    written_to.replace(path)
