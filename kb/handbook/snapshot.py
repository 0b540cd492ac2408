"""The file that a node serves from: one ZIP with the published document and the pages made of it.

`document.json` · `pages.json` (address → stored page without its bodies) · `<etag>.gz`, `<etag>.br` · `made.json`
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile


class BadSnapshot(Exception):
    """The file is missing, cut off, or not of the form that this version reads."""


class Ready(NamedTuple):
    """A page in one encoding with the headers that go with it; `unchanged`: those of a 304."""

    body: bytes
    headers: dict[str, str]
    unchanged: dict[str, str]


@dataclass(frozen=True)
class Page:
    """An answer as it is sent. `etag` is a hash of body and headers, `made_of` one of everything it was made from."""

    etag: str
    headers: dict[str, str]
    made_of: str
    gzip: bytes = field(repr=False)
    brotli: bytes = field(repr=False)
    ready: dict[str, Ready] = field(default_factory=dict, repr=False, compare=False)  # by encoding, made on first use


@dataclass(frozen=True)
class Made:
    """What the pages depend on beside the document: the day, the node's origin, code and settings (a hash).

    `publication` and `version`: the row in the database, 0 for none, and the content that it was.
    """

    publication: int = 0
    version: str = ""
    day: date = date.min
    origin: str = ""
    code: str = ""


@dataclass(frozen=True)
class Snapshot:
    """What readers are served from. `document` is JSON."""

    document: bytes = field(repr=False)
    made: Made = field(default_factory=Made)
    pages: Mapping[str, Page] = field(default_factory=dict, repr=False)


def read(path: Path) -> Snapshot:
    """Raises BadSnapshot."""
    try:
        with ZipFile(path) as file:
            return _read(file)
    except Exception as error:  # noise in a ZIP makes zipfile, zlib, struct and json raise whatever they have
        raise BadSnapshot(f"{path.name}: {type(error).__name__}") from error


def write(path: Path, snapshot: Snapshot) -> None:
    """Beside the old file, then in its place: a reader sees one or the other, never half. Raises OSError.

    The old one stays as `previous(path)`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    written = Path(tempfile.mkstemp(dir=path.parent, prefix=f"{path.stem}-", suffix=".part")[1])
    try:
        with ZipFile(written, "w", ZIP_STORED) as file:
            _write(file, snapshot)
        written.chmod(0o644)
        _keep_previous(path)
        written.replace(path)
    finally:
        written.unlink(missing_ok=True)


def previous(path: Path) -> Path:
    return path.with_suffix(f".previous{path.suffix}")


def _read(file: ZipFile) -> Snapshot:
    made = json.loads(file.read("made.json"))
    listed = json.loads(file.read("pages.json"))
    pages = {
        address: Page(**page, gzip=file.read(f"{page['etag']}.gz"), brotli=file.read(f"{page['etag']}.br"))
        for address, page in listed.items()
    }
    day = date.fromisoformat(made.pop("day"))
    return Snapshot(file.read("document.json"), Made(**made, day=day), pages)


def _write(file: ZipFile, snapshot: Snapshot) -> None:
    made = asdict(snapshot.made) | {"day": snapshot.made.day.isoformat()}
    file.writestr("made.json", json.dumps(made))
    file.writestr("document.json", snapshot.document, ZIP_DEFLATED, 1)
    file.writestr("pages.json", json.dumps({address: _listed(page) for address, page in snapshot.pages.items()}))
    for page in {page.etag: page for page in snapshot.pages.values()}.values():
        file.writestr(f"{page.etag}.gz", page.gzip)
        file.writestr(f"{page.etag}.br", page.brotli)


def _listed(page: Page) -> dict[str, object]:
    return {"etag": page.etag, "headers": page.headers, "made_of": page.made_of}


def _keep_previous(path: Path) -> None:
    if path.exists():
        before = previous(path)
        before.unlink(missing_ok=True)
        before.hardlink_to(path)
