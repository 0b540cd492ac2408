"""A lookup for a reader, counted by what it found."""

from __future__ import annotations

from threading import Lock
from time import perf_counter

from kb.handbook.current import Handbook
from kb.lookup.result import Result
from kb.observe.metrics import Door, count_lookup

_turn = Lock()  # side by side, threads of one process would only make each other wait


def counted_lookup(handbook: Handbook, door: Door, text: str, client: str | None = None, limit: int = 3) -> Result:
    began = perf_counter()
    with _turn:
        result = handbook.lookup(text, client, limit)
    count_lookup(door, outcome(result), perf_counter() - began)
    return result


def outcome(result: Result) -> str:
    """A word of kb.observe.metrics.OUTCOMES."""
    if result.matches:
        return result.matches[0].confidence
    if result.many_errors:
        return "many_errors"
    return "status_page" if result.status_page else "none"
