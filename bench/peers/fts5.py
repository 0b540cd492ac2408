"""SQLite's full-text search with BM25, in memory, three ways of indexing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from math import sqrt

from bench.peers import Answer
from bench.texts import Source, spread, tokens

_WORDS = "unicode61 tokenchars '_'"
_WEIGHTS = "0.0, 4.0, 1.0, 2.0"  # code, titles, prose, samples


class Fts5:
    """One row per entry, with titles and samples weighing more than prose."""

    def __init__(self, source: Source) -> None:
        self.name = f"SQLite {sqlite3.sqlite_version} FTS5 BM25, entries"
        rows = ((code, *(spread(text) for text in texts)) for code, texts in source.texts.items())
        self._base = _index("code UNINDEXED, title, prose, samples", _WORDS, rows)

    def ask(self, text: str) -> Answer | None:
        return _best(self._base, f"bm25(t, {_WEIGHTS})", tokens(text))


class Fts5Wordings:
    """One row per wording: a paste is compared with each by itself."""

    def __init__(self, source: Source) -> None:
        self.name = f"SQLite {sqlite3.sqlite_version} FTS5 BM25, wordings"
        rows = ((code, spread(text)) for code, text in source.wordings)
        self._base = _index("code UNINDEXED, wording", _WORDS, rows)

    def ask(self, text: str) -> Answer | None:
        return _best(self._base, "bm25(t)", tokens(text))


class Fts5Trigram:
    """One row per entry; words are found inside others, and Chinese without being cut."""

    def __init__(self, source: Source) -> None:
        self.name = f"SQLite {sqlite3.sqlite_version} FTS5 BM25, trigram"
        rows = ((code, *texts) for code, texts in source.texts.items())
        self._base = _index("code UNINDEXED, title, prose, samples", "trigram", rows)

    def ask(self, text: str) -> Answer | None:
        return _best(self._base, f"bm25(t, {_WEIGHTS})", [word for word in tokens(text) if len(word) > 2])


def _index(columns: str, tokenizer: str, rows: Iterable[tuple[str, ...]]) -> sqlite3.Connection:
    base = sqlite3.connect(":memory:")
    base.execute(f'CREATE VIRTUAL TABLE t USING fts5({columns}, tokenize="{tokenizer}")')
    for row in rows:
        base.execute(f"INSERT INTO t VALUES ({', '.join('?' * len(row))})", row)
    base.execute("INSERT INTO t(t) VALUES ('optimize')")
    return base


def _best(base: sqlite3.Connection, score: str, words: list[str]) -> Answer | None:
    """The row with the best score for any of the words. SQLite's scores are lower the better; dividing by the root
    of the paste's words makes those of long and short pastes comparable, which serves a threshold best."""
    if not words:
        return None
    query = " OR ".join(f'"{word}"' for word in words)
    row = base.execute(f"SELECT code, {score} AS s FROM t WHERE t MATCH ? ORDER BY s LIMIT 1", (query,)).fetchone()
    return (row[0], -row[1] / sqrt(len(words))) if row else None
