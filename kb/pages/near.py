"""Codes that resemble what somebody asked for."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

CLOSE = 60  # of 100


def near_codes(asked: str, codes: Iterable[str], limit: int = 5) -> list[str]:
    """The nearest codes, best first; none when nothing resembles it."""
    found = process.extract(asked[:80].lower(), list(codes), scorer=fuzz.WRatio, limit=limit, score_cutoff=CLOSE)
    return [code for code, _, _ in found]
