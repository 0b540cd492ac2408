"""Which errors a client is shown: entries that replay answers, and failures below HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kb.handbook.types import Entry
from kb.replay.failure import failure, replayable
from kb.replay.sockets import MODES

PATIENCE = 60.0  # seconds that a client waits for an answer
IMPATIENCE = 1.0  # the same when none will come


@dataclass(frozen=True)
class Case:
    """`entry`: where what is printed must lead; `socket`: a mode of `replay_socket`, else the entry is replayed with
    `options`."""

    entry: str
    options: str = ""
    socket: str = ""

    @property
    def seconds(self) -> float:
        return IMPATIENCE if self.socket == "timeout" else PATIENCE

    def base(self, origin: str) -> str:
        """The base URL for a client; `origin` of the service."""
        return f"{origin}/replay/{self.entry}" + (f"/{self.options}" if self.options else "")


Choice = Callable[[Iterable[Entry]], list[Case]]


def every(entries: Iterable[Entry]) -> list[Case]:
    """All that are answered with a status of failure."""
    return [Case(entry.code) for entry in entries if _fails(entry)]


def beginning(*prefixes: str) -> Choice:
    """Those whose codes begin so."""
    return lambda entries: [case for case in every(entries) if case.entry.startswith(prefixes)]


def only(*codes: str, options: str = "") -> Choice:
    return lambda entries: [Case(code, options) for code in codes]


def below_http(*modes: str) -> Choice:
    return lambda entries: [Case(MODES[mode].code, socket=mode) for mode in modes]


def _fails(entry: Entry) -> bool:
    return replayable(entry) and failure(entry, "v1/messages", during=False).status >= 400
