"""The handbook in this process: read from the node's file, swapped whole when another one stands there."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property

from pydantic import ValidationError

from kb.handbook import publish
from kb.handbook.kept import Kept
from kb.handbook.shared import shared_document, shared_pages
from kb.handbook.snapshot import BadSnapshot, Snapshot, previous, read
from kb.handbook.texts import texts
from kb.handbook.types import Client, Document, Entry, Howto, Model
from kb.lookup.engine import Engine
from kb.lookup.result import ModelSuggestion, Result

LOOK_EVERY = 1.0  # seconds
FITS = 0.5  # the least fit of a search that a reader asked for, who judges what is found


@dataclass(frozen=True, eq=False)
class Handbook:
    """A document with its indexes, its pages and the compiled lookup. `version` names the content.

    `kept` begins empty with every handbook, so that no page in it is ever out of date.
    """

    document: Document
    snapshot: Snapshot
    version: str
    compiled: Engine | None = field(default=None, repr=False)
    kept: Kept = field(default_factory=Kept, repr=False)

    @cached_property
    def engine(self) -> Engine:
        """Compiled on first use at a start, so that pages need not wait for it."""
        return self.compiled or Engine(self.document.rules, texts(self.document))

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


def build(snapshot: Snapshot, before: Handbook | None = None) -> Handbook:
    """A handbook from what was published, with what it shares with the one before. Raises ValidationError."""
    document, version = publish.ADAPTER.validate_json(snapshot.document), publish.version_of(snapshot.document)
    if before is None:
        return Handbook(document, snapshot, version)
    document = shared_document(document, before.document)
    snapshot = replace(snapshot, pages=shared_pages(snapshot.pages, before.snapshot.pages))
    return Handbook(document, snapshot, version, _engine(document, before))


def _engine(document: Document, before: Handbook) -> Engine:
    """Compiling takes most of the time that a publish takes in a worker; an edit of prose changes no rule."""
    words = tuple(texts(document))
    if before.document.rules != document.rules:
        return Engine(document.rules, words)
    return before.engine if tuple(texts(before.document)) == words else before.engine.with_texts(words)


class _Holder:
    """Keeps the handbook of this process. While nobody watches the file, its readers do."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._handbook: Handbook | None = None
        self._stamp: tuple[int, int] | None = None
        self._looked = float("-inf")
        self.watched = False

    def get(self) -> Handbook:
        if self._handbook is not None and (self.watched or time.monotonic() - self._looked < LOOK_EVERY):
            return self._handbook
        self._looked = time.monotonic()
        return self.refresh()

    def refresh(self) -> Handbook:
        """The handbook after a look at the file. One that cannot be read is left alone; readers keep what they have."""
        with self._lock:
            stamp = _stamp()
            if self._handbook is None or (stamp and stamp != self._stamp):
                self._handbook, self._stamp = self._read(), stamp
            return self._handbook

    def adopt(self, handbook: Handbook) -> None:
        with self._lock:
            self._handbook, self._stamp = handbook, _stamp()

    def _read(self) -> Handbook:
        try:
            return build(read(publish.path()), self._handbook)
        except (BadSnapshot, ValidationError):
            return self._handbook or _first()


def _first() -> Handbook:
    """For a process that has nothing yet and a file of no use: the file before, else the database."""
    try:
        return build(read(previous(publish.path())))
    except (BadSnapshot, ValidationError):
        return build(Snapshot(publish.composed()))


def _stamp() -> tuple[int, int] | None:
    try:
        stat = publish.path().stat()
    except FileNotFoundError:
        return None
    return stat.st_mtime_ns, stat.st_ino


_holder = _Holder()
_chosen: ContextVar[Handbook | None] = ContextVar("handbook", default=None)


def current() -> Handbook:
    """The handbook as last published. Read on first use, in each worker, after the fork."""
    return _chosen.get() or _holder.get()


def refresh() -> Handbook:
    """The handbook after a look at the file now."""
    return _holder.refresh()


def adopt(handbook: Handbook) -> None:
    """Serve this one, whose file this process has just written."""
    _holder.adopt(handbook)


def leave_to_watcher(watched: bool) -> None:
    """Whether somebody calls `refresh`, so that readers need not look themselves."""
    _holder.watched = watched


@contextmanager
def using(handbook: Handbook) -> Iterator[None]:
    """Everything inside sees this handbook: a page of one that is not served yet, a request during a swap."""
    token = _chosen.set(handbook)
    try:
        yield
    finally:
        _chosen.reset(token)
