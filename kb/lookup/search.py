"""Search: a short description → entries, by the words they share (BM25 over weighted fields). Built once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice
from math import log

from kb.lookup.rules import EntryText, WordGroup
from kb.lookup.terms import Term, Words

FIELDS = {"title": 5.0, "message": 3.0, "cause": 2.0, "question": 2.0, "meaning": 1.5, "client": 1.0, "where": 0.5}
SATURATION = 1.2  # how soon a further occurrence of a term adds nothing
LENGTH = 0.3  # how much a field that is longer than usual is held against it
PAIR = 0.6  # weight of two Chinese characters beside that of a word
CLIENT = 0.6  # weight of a client's name beside that of a word
NEEDED = 0.45  # share of a query, by weight, that an entry must contain
SILENT = ("noise", "alarm")  # kinds of words that are not looked for
MOST, MOST_TERMS = 200, 16  # characters of a query that are read, and rarest terms of it that are looked for
FOREMOST = 300  # entries of a term, those most about it, that are looked at first


@dataclass(frozen=True)
class Hit:
    """An entry found. `fit`: from 0 to 1, 1 when every word of the query stands in the title. `terms`: what matched."""

    code: str
    fit: float
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Query:
    """What is looked for. `client`: the one that is named. `kinds`: of all its words, silent ones too.

    `words`: how many it has beside clients, numbers and silent words, each as often as it stands there.
    """

    terms: dict[str, Term]
    client: str | None
    kinds: frozenset[str]
    words: int


class Search:
    """An index of entries by their terms."""

    def __init__(self, texts: Iterable[EntryText], groups: Iterable[WordGroup]) -> None:
        self._words = Words(groups)
        self._codes: list[str] = []
        counted: list[dict[str, Counter[str]]] = []
        for text in texts:
            self._codes.append(text.code)
            counted.append({name: self._count(value) for name, value in text.fields.items() if name in FIELDS})
        self._postings = _postings(counted)

    def query(self, text: str, client: str | None = None) -> Query:
        """What a text asks for; `client` when the text itself names none."""
        terms = self._words.terms(text[:MOST])
        named = next((term.name.removeprefix("client:") for term in terms if term.kind == "client"), None)
        if client and not named:
            terms.append(Term(f"client:{client}", 0, 0))
        spoken = {term.name: term for term in reversed(terms) if term.kind not in SILENT}
        telling = [term for term in terms if term.kind not in (*SILENT, "client") and not term.name.isdigit()]
        words = sum(len(text[term.start : term.end].split()) for term in telling)
        return Query(spoken, named or client, frozenset(term.kind for term in terms), words)

    def find(self, query: Query, limit: int = 5) -> list[Hit]:
        """Entries by fit, best first."""
        weighed = sorted(((self._weight(name), name) for name in query.terms), reverse=True)[:MOST_TERMS]
        total = sum(weight for weight, _ in weighed)
        postings = [(weight, self._postings.get(name, {})) for weight, name in weighed]
        fits: dict[int, float] = {}
        for at in _candidates(postings, NEEDED * total):
            held = [(weight, posting[at]) for weight, posting in postings if at in posting]
            if sum(weight for weight, _ in held) >= NEEDED * total:
                fits[at] = sum(weight * about for weight, about in held) / total
        best = nsmallest(limit, fits, key=lambda at: (-fits[at], at))
        return [Hit(self._codes[at], fits[at], self._matched(query, at)) for at in best]

    def _count(self, text: str) -> Counter[str]:
        return Counter(term.name for term in self._words.terms(text) if term.kind not in SILENT)

    def _weight(self, name: str) -> float:
        """From 0 to 1: 1 for a term of no entry, near 0 for a term of all."""
        size = len(self._codes)
        rarity = log(1 + size / max(1, len(self._postings.get(name, ())))) / log(1 + max(1, size))
        kind = CLIENT if name.startswith("client:") else PAIR if name >= "\u4e00" else 1
        return rarity * kind

    def _matched(self, query: Query, at: int) -> tuple[Term, ...]:
        return tuple(term for name, term in query.terms.items() if at in self._postings.get(name, ()))


def _candidates(postings: Sequence[tuple[float, dict[int, float]]], needed: float) -> set[int]:
    """Entries that may hold enough: of those without the rarer terms, what is left weighs less than `needed`."""
    left = sum(weight for weight, _ in postings)
    found: set[int] = set()
    for weight, posting in postings:
        if left < needed:
            break
        found.update(islice(posting, FOREMOST))
        left -= weight
    return found


def _postings(entries: Sequence[dict[str, Counter[str]]]) -> dict[str, dict[int, float]]:
    """Term → entry → how much the entry is about it, from 0 to 1, the most first."""
    usual = {
        name: (sum(fields[name].total() for fields in entries if name in fields) or 1) / (len(entries) or 1)
        for name in FIELDS
    }
    postings: dict[str, dict[int, float]] = {}
    for at, fields in enumerate(entries):
        heard: dict[str, float] = {}
        for field, counts in fields.items():
            value = FIELDS[field] / (1 - LENGTH + LENGTH * counts.total() / usual[field])
            for name, count in counts.items():
                heard[name] = heard.get(name, 0.0) + value * count
        for name, amount in heard.items():
            postings.setdefault(name, {})[at] = amount / (amount + SATURATION)
    return {
        name: dict(sorted(posting.items(), key=lambda item: -item[1]) if len(posting) > FOREMOST else posting)
        for name, posting in postings.items()
    }
