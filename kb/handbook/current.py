"""The handbook in this process. A publish is noticed by the file's stamp, looked at once a second at most."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from kb.handbook import publish
from kb.handbook.texts import texts
from kb.handbook.types import Client, Document, Entry, Howto, Model
from kb.lookup.engine import Engine
from kb.lookup.result import ModelSuggestion, Result

LOOK_EVERY = 1.0  # seconds
FITS = 0.5  # the least fit of a search that a reader asked for, who judges what is found


@dataclass(frozen=True)
class Handbook:
    """A document with its indexes and the compiled lookup. `version` names the content."""

    document: Document
    version: str
    engine: Engine = field(repr=False)

    @cached_property
    def entries(self) -> dict[str, Entry]:
        return {entry.code: entry for entry in self.document.entries}

    @cached_property
    def clients(self) -> dict[str, Client]:
        return {client.slug: client for client in self.document.clients}

    @cached_property
    def howtos(self) -> dict[str, Howto]:
        return {howto.slug: howto for howto in self.document.howtos}

    @cached_property
    def models(self) -> dict[str, Model]:
        return {model.rule.model_id: model for model in self.document.models}

    def with_status(self, status: str) -> list[Entry]:
        return [entry for entry in self.listed() if status in entry.statuses]

    def with_client(self, slug: str) -> list[Entry]:
        return [entry for entry in self.listed() if slug in entry.clients]

    def listed(self) -> Iterable[Entry]:
        return (entry for entry in self.document.entries if entry.withdrawn is None)

    @cached_property
    def statuses(self) -> list[str]:
        return sorted({status for entry in self.listed() for status in entry.statuses})

    def lookup(self, text: str, client: str | None = None, limit: int = 3) -> Result:
        """Look a paste up. An unknown client is as good as none."""
        return self.engine.lookup(text, today(), client if client in self.clients else None, limit)

    def search(self, words: str, limit: int = 20) -> list[Entry]:
        """Entries that a few words describe, best first."""
        search = self.engine.search
        hits = search.find(search.query(words), limit)
        return [self.entries[hit.code] for hit in hits if hit.fit >= FITS]

    def resolve_model(self, given: str) -> ModelSuggestion | None:
        return self.engine.models.resolve(given, today())


def today() -> date:
    """The date that decides which models are retired, in UTC."""
    return datetime.now(UTC).date()


class _Holder:
    """Keeps the handbook, and swaps it when the published file is another one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._handbook: Handbook | None = None
        self._stamp: tuple[int, int] | None = None
        self._looked = float("-inf")

    def get(self) -> Handbook:
        if self._handbook is not None and time.monotonic() - self._looked < LOOK_EVERY:
            return self._handbook
        with self._lock:
            self._looked = time.monotonic()
            self._refresh()
        assert self._handbook is not None
        return self._handbook

    def _refresh(self) -> None:
        """Read what was published since. A file that is missing, or of another version's shape, is published anew."""
        path = publish.path()
        if not path.exists() and self._handbook is not None:
            return
        stamp = _stamp(path if path.exists() else publish.publish())
        if stamp == self._stamp:
            return
        try:
            self._handbook, self._stamp = build(path.read_bytes()), stamp
        except ValidationError:
            if self._handbook is not None:
                self._stamp = stamp  # of a newer version, perhaps; its own workers read it
                return
            stamp = _stamp(publish.publish())
            self._handbook, self._stamp = build(path.read_bytes()), stamp


def _stamp(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_ino


def build(data: bytes) -> Handbook:
    """A handbook from a published document."""
    document = publish.ADAPTER.validate_json(data)
    return Handbook(document, hashlib.sha256(data).hexdigest()[:12], Engine(document.rules, texts(document)))


_holder = _Holder()


def current() -> Handbook:
    """The handbook as last published. Built on first use, in each worker, after the fork."""
    return _holder.get()
