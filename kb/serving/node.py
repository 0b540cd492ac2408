"""The file that this node serves from, made from a publication by one process at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from django.conf import settings

from kb.handbook import publish
from kb.handbook.current import Handbook, adopt, build, today
from kb.handbook.publish import Published
from kb.handbook.snapshot import BadSnapshot, Made, Page, Snapshot, read, write
from kb.serving.code import code_hash
from kb.serving.pages import own_origin, pages


class Lock:
    """Held by the one process of a node that makes its file; the system frees it when the process dies."""

    def __init__(self) -> None:
        self._file: int | None = None

    def take(self) -> bool:
        """Whether this process has it now."""
        if self._file is None:
            path = Path(settings.VAR) / "node.lock"
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = _locked(path)
        return self._file is not None

    def free(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


@contextmanager
def locked() -> Iterator[bool]:
    """Whether this process may make the file, for as long as the block lasts."""
    lock = Lock()
    try:
        yield lock.take()
    finally:
        lock.free()


def wanted(number: int, version: str) -> Made:
    """What a file of this publication, made now, is made of."""
    return Made(number, version, today(), own_origin(), code_hash())


def is_current(number: int, version: str) -> bool:
    """Whether the file is what it would be if it were made now."""
    try:
        return read(publish.path()).made == wanted(number, version)
    except BadSnapshot:
        return False


def make(published: Published, before: Handbook | None = None) -> Handbook:
    """Render what changed since `before`, write the file, serve it here. Raises OSError, ValidationError."""
    made = wanted(published.number, published.version)
    if not _has_static_files():
        made = replace(made, code="")
    handbook = build(Snapshot(published.document, made), before)
    if made.code:
        rendered = pages(handbook, _comparable(before.snapshot if before else _old(), made))
        handbook = replace(handbook, compiled=handbook.engine, snapshot=replace(handbook.snapshot, pages=rendered))
    write(publish.path(), handbook.snapshot)
    adopt(handbook)
    return handbook


def _has_static_files() -> bool:
    """Pages name static files by their hashes: before those are collected, none can be rendered."""
    return settings.DEBUG or (settings.STATIC_ROOT / "staticfiles.json").exists()


def _comparable(old: Snapshot | None, made: Made) -> Mapping[str, Page]:
    """Pages that the same code rendered for the same origin."""
    same = old and (old.made.origin, old.made.code) == (made.origin, made.code)
    return old.pages if old and same else {}


def _old() -> Snapshot | None:
    try:
        return read(publish.path())
    except BadSnapshot:
        return None


def _locked(path: Path) -> int | None:
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    return file
