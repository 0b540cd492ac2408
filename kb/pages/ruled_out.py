"""Entries that had evidence and are not the answer, each with the reason."""

from __future__ import annotations

from dataclasses import dataclass

from kb.handbook import Handbook
from kb.handbook.types import Entry
from kb.lookup.result import Evidence, Result, RuledOut


@dataclass(frozen=True)
class RuledOutEntry:
    """`reason` is a key of the labels; `winner` is the entry that this one gives way to, if it does."""

    entry: Entry
    reason: str
    winner: Entry | None
    score: float
    evidence: tuple[Evidence, ...]


def ruled_out(handbook: Handbook, result: Result) -> list[RuledOutEntry]:
    return [_told(handbook, one) for one in result.ruled_out]


def _told(handbook: Handbook, one: RuledOut) -> RuledOutEntry:
    reason, _, winner = one.reason.partition(":")
    return RuledOutEntry(handbook.entries[one.code], reason, handbook.entries.get(winner), one.score, one.evidence)
