"""What status pages say (the `summary.json` of Atlassian Statuspage), read in the background, kept in memory."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel, ValidationError

EVERY = 60.0  # seconds between two readings in one process
STALE = timedelta(minutes=5)  # after which a reading says nothing about now
INDICATORS = ("none", "minor", "major", "critical", "maintenance")
LONGEST = 200  # characters of a description or a title
INCIDENTS = 3


@dataclass(frozen=True)
class Page:
    """A status page: what it is called here, and the address of its JSON."""

    name: str
    url: str


@dataclass(frozen=True)
class Incident:
    """An open incident in the provider's own words; `url` is https or empty."""

    title: str
    url: str


@dataclass(frozen=True)
class Status:
    """`indicator` is one of INDICATORS or `unknown`; `checked` is None before the first reading."""

    page: Page
    indicator: str = "unknown"
    description: str = ""
    incidents: tuple[Incident, ...] = ()
    checked: datetime | None = None


class _State(BaseModel):
    indicator: str
    description: str = ""


class _Incident(BaseModel):
    name: str
    shortlink: str | None = None


class _Summary(BaseModel):
    status: _State
    incidents: list[_Incident] = []


class Watch:
    """Reads the pages in a thread of its own, begun by the first reader after a fork; readers never wait for it."""

    def __init__(self, every: float = EVERY) -> None:
        self._every = every
        self._pages: tuple[Page, ...] = ()
        self._kept: dict[Page, Status] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._ended = threading.Event()

    def look(self, pages: Sequence[Page]) -> tuple[Status, ...]:
        """What is known of the pages now, without a request."""
        self._pages = tuple(pages)
        self._begin()
        return tuple(_unless_stale(self._kept.get(page, Status(page))) for page in pages)

    def end(self) -> None:
        """Let the thread end, and wait for it."""
        self._ended.set()
        if self._thread:
            self._thread.join()

    def _begin(self) -> None:
        """In a forked worker the thread of the parent counts as ended, so this begins one of the worker's own."""
        if (self._thread and self._thread.is_alive()) or not self._lock.acquire(blocking=False):
            return
        try:
            if not (self._thread and self._thread.is_alive()):
                self._thread = threading.Thread(target=self._run, name="status-pages", daemon=True)
                self._thread.start()
        finally:
            self._lock.release()

    def _run(self) -> None:
        while not self._ended.is_set():
            for page in self._pages:
                self._kept[page] = read(page)
            self._ended.wait(self._every)


def read(page: Page) -> Status:
    """The page's state now; `unknown` when it does not answer, or not as a status page does."""
    from kb.upstream.fetch import Unreachable, get  # with httpx, 10 MB that few need

    try:
        summary = _Summary.model_validate_json(get(page.url))
    except (Unreachable, ValidationError):
        return Status(page, checked=datetime.now(UTC))
    state = summary.status
    return Status(
        page=page,
        indicator=state.indicator if state.indicator in INDICATORS else "unknown",
        description=state.description[:LONGEST],
        incidents=tuple(map(_incident, summary.incidents[:INCIDENTS])),
        checked=datetime.now(UTC),
    )


def _unless_stale(status: Status) -> Status:
    old = status.checked and datetime.now(UTC) - status.checked > STALE
    return Status(status.page, checked=status.checked) if old else status


def _incident(given: _Incident) -> Incident:
    link = given.shortlink or ""
    return Incident(given.name[:LONGEST], link if link.startswith("https://") and len(link) <= LONGEST else "")
