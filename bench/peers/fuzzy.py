"""RapidFuzz over the wordings: the most similar one names the entry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import rapidfuzz
from rapidfuzz import fuzz, process, utils

from bench.peers import Answer
from bench.texts import Source

_SHORTEST = 12  # characters below which a wording is in almost every paste
_NEAREST = 5


class Fuzzy:
    """Of the nearest wordings the longest wins when they are as near. The cutoff lets the search stop early."""

    def __init__(self, source: Source, scorer: Callable[..., float], cutoff: float) -> None:
        self.name = f"RapidFuzz {rapidfuzz.__version__} {scorer.__name__}"
        chosen = source.phrases() if scorer is fuzz.partial_ratio else source.wordings
        cleaned = [(code, utils.default_process(text)) for code, text in chosen]
        self._codes = [code for code, text in cleaned if len(text) >= _SHORTEST]
        self._texts = [text for _, text in cleaned if len(text) >= _SHORTEST]
        self._scorer: Any = scorer
        self._cutoff = cutoff

    def ask(self, text: str) -> Answer | None:
        found = process.extract(
            utils.default_process(text), self._texts, scorer=self._scorer, score_cutoff=self._cutoff, limit=_NEAREST
        )
        best = max(found, key=lambda item: (round(item[1]), len(item[0])), default=None)
        return (self._codes[best[2]], best[1]) if best else None


def partial(source: Source) -> Fuzzy:
    return Fuzzy(source, fuzz.partial_ratio, 70)


def token_set(source: Source) -> Fuzzy:
    return Fuzzy(source, fuzz.token_set_ratio, 30)
