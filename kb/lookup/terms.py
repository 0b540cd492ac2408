"""A text as the terms of the search: English words without their endings, numbers, Chinese in pairs of characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kb.lookup.rules import WordGroup

_RUN = re.compile(r"[a-z]+(?:'[a-z]+)?|[0-9]+|[\u4e00-\u9fff]+", re.IGNORECASE)
_GAP = re.compile(r"[ _\-/]{0,3}")  # between the words of one phrase
_ENDING = re.compile(r"(?:(?<=\w{4})(?:ations?|ions?)|(?<=\w{3})(?:ings?|ed|es|s|e|ly))$")
_DOUBLED = re.compile(r"([bdgmnprt])\1$")


@dataclass(frozen=True)
class Term:
    """A term and where it stands, `text[start:end]`. Words of a group are named after it, `kind:slug`."""

    name: str
    start: int
    end: int

    @property
    def kind(self) -> str:
        """The kind of its group; empty when it is in none."""
        return self.name.rpartition(":")[0]


class Words:
    """The groups of words, ready to be found in a text."""

    def __init__(self, groups: Iterable[WordGroup]) -> None:
        self._names = {written(word): _name(group, word) for group in groups for word in group.words}
        self._longest: dict[str, int] = {}  # first character or first word → characters or words of the longest
        for form in self._names:
            first, size = (form[0], len(form)) if _han(form) else (form.split()[0], len(form.split()))
            self._longest[first] = max(size, self._longest.get(first, 0))

    def terms(self, text: str) -> list[Term]:
        """The terms of a text in order."""
        runs = list(_RUN.finditer(text))
        found: list[Term] = []
        at = 0
        while at < len(runs):
            if _han(runs[at][0]):
                found += self._chinese(runs[at][0], runs[at].start())
                at += 1
            else:
                term, count = self._english(text, runs, at)
                found.append(term)
                at += count
        return found

    def _english(self, text: str, runs: list[re.Match[str]], at: int) -> tuple[Term, int]:
        """The longest known phrase that begins at a run, else its stem; and how many runs that takes."""
        first = stem(runs[at][0].lower())
        stems = [first]
        for run, after in pairwise(runs[at : at + self._longest.get(first, 0)]):
            if _han(after[0]) or not _GAP.fullmatch(text, run.end(), after.start()):
                break
            stems.append(stem(after[0].lower()))
        for count in range(len(stems), 0, -1):
            name = self._names.get(" ".join(stems[:count]))
            if name:
                return Term(name, runs[at].start(), runs[at + count - 1].end()), count
        return Term(first, *runs[at].span()), 1

    def _chinese(self, run: str, start: int) -> Iterator[Term]:
        """Known words, the longest first; what stands between them in pairs of characters."""
        rest = at = 0
        while at < len(run):
            most = min(self._longest.get(run[at], 0), len(run) - at)
            size = next((n for n in range(most, 0, -1) if run[at : at + n] in self._names), 0)
            if size:
                yield from _pairs(run[rest:at], start + rest)
                yield Term(self._names[run[at : at + size]], start + at, start + at + size)
                rest = at + size
            at += size or 1
        yield from _pairs(run[rest:], start + rest)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """An English word without its ending: connecting, connection, connects → connect."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return _DOUBLED.sub(r"\1", _ENDING.sub("", word.removesuffix("'s")))


def _name(group: WordGroup, word: str) -> str:
    """Other products stand in one group, but each is a term of its own."""
    return f"{group.kind}:{written(word) if group.kind == 'elsewhere' else group.slug}"


def _pairs(run: str, start: int) -> Iterator[Term]:
    for at in range(max(len(run) - 1, min(len(run), 1))):
        yield Term(run[at : at + 2], start + at, start + min(at + 2, len(run)))


def written(word: str) -> str:
    """A word of a group in the form in which it is looked for."""
    word = word.lower()
    return word if _han(word) else " ".join(stem(match[0]) for match in _RUN.finditer(word))


def _han(word: str) -> bool:
    return "\u4e00" <= word[:1] <= "\u9fff"
