"""What resembles what somebody asked for: codes by their spelling, entries by the words of a short paste."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from kb.handbook import Handbook
from kb.handbook.types import Entry
from kb.lookup.result import Result

CLOSE = 60  # of 100
SHORT = 300  # characters of a paste, or of its message, whose words are looked for


def near_codes(asked: str, codes: Iterable[str], limit: int = 5) -> list[str]:
    """The nearest codes, best first; none when nothing resembles it."""
    found = process.extract(asked[:80].lower(), list(codes), scorer=fuzz.WRatio, limit=limit, score_cutoff=CLOSE)
    return [code for code, _, _ in found]


def near_entries(handbook: Handbook, result: Result, limit: int = 5) -> list[Entry]:
    """Entries that a search finds beside the matches, when none of them is likely.

    One word of a program's message, such as the key of a KeyError, is about anything and not looked for.
    """
    if any(match.confidence != "possible" for match in result.matches):
        return []
    words, least = (result.facts.message, 2) if result.facts.message else (result.text, 1)
    if handbook.engine.search.query(words).words < least:
        return []
    shown = {match.code for match in result.matches}
    found = handbook.search(words, limit + len(shown)) if len(words) <= SHORT else []
    return [entry for entry in found if entry.code not in shown][:limit]
