"""The plainest way: the standard library's `re`, one search per signature over the paste as it is."""

from __future__ import annotations

import platform
import re
from math import prod

from bench.peers import Answer
from bench.texts import Source
from kb.lookup.rank import MORE_WORDING, WORDING
from kb.lookup.rules import Signature
from kb.lookup.signatures import PLACEHOLDER

_ANY = {"n": r"[0-9,.]+", "model": r"[\w.:@/-]+", "id": r"[\w-]+", "any": r".{0,120}?"}


class Loop:
    """Weighs the wordings of an entry as the lookup does; between equals the longer match wins."""

    def __init__(self, source: Source) -> None:
        self.name = f"Python {platform.python_version()} re, a loop"
        self._rules = [
            (s.entry, WORDING[s.strength], re.compile(_expression(s), re.IGNORECASE)) for s in source.rules.signatures
        ]

    def ask(self, text: str) -> Answer | None:
        found: dict[str, list[float]] = {}
        longest: dict[str, int] = {}
        for code, weight, pattern in self._rules:
            match = pattern.search(text)
            if match:
                found.setdefault(code, []).append(weight)
                longest[code] = max(longest.get(code, 0), len(match[0]))
        scores = {code: _together(weights) for code, weights in found.items()}
        best = max(scores, key=lambda code: (round(scores[code], 2), longest[code]), default=None)
        return (best, scores[best]) if best else None


def _together(weights: list[float]) -> float:
    first, *more = sorted(weights, reverse=True)
    return 1 - (1 - first) * prod(1 - min(weight, MORE_WORDING) for weight in more)


def _expression(signature: Signature) -> str:
    """A phrase with any white space between its words; a pattern as it stands (of a message: anywhere in a line)."""
    if not signature.phrase:
        return re.sub(r"^\^|(?<!\\)\$$", "", signature.pattern).replace(r"\z", r"\Z")
    parts = PLACEHOLDER.split(signature.phrase)
    return "".join(_ANY[part] if index % 2 else _spaced(part) for index, part in enumerate(parts))


def _spaced(text: str) -> str:
    return r"\s+".join(re.escape(word) for word in re.split(r"\s+", text))
