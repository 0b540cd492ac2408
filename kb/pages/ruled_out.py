"""Entries that had evidence and are not the answer, each with the reason."""

from __future__ import annotations

from dataclasses import dataclass

from kb.handbook import Handbook
from kb.handbook.types import Entry
from kb.lookup.result import Result


@dataclass(frozen=True)
class RuledOutEntry:
    """`reason` is a key of the labels; `winner` is the entry that this one gives way to, if it does."""

    entry: Entry
    reason: str
    winner: Entry | None


def ruled_out(handbook: Handbook, result: Result) -> list[RuledOutEntry]:
    found = []
    for one in result.ruled_out:
        reason, _, winner = one.reason.partition(":")
        found.append(RuledOutEntry(handbook.entries[one.code], reason, handbook.entries.get(winner)))
    return found
