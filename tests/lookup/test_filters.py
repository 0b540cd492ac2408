"""Many patterns over one text."""

from __future__ import annotations

import pytest

from kb.lookup import filters
from kb.lookup.filters import Filter
from kb.lookup.scan import BadPattern, Bytes
from tests.rules import signature


def found(book: Filter, text: str) -> list[str]:
    return sorted(rule.slug for rule, _ in book.matching(Bytes(text)))


def test_patterns_beyond_one_shard_are_found_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "SHARD", 3)
    book = Filter([(signature(slug=f"s{n}"), f"wording number {n} ends") for n in range(10)])
    assert found(book, "wording number 2 ends; wording number 9 ends") == ["s2", "s9"]


def test_every_signature_comes_with_its_own_pattern() -> None:
    book = Filter([(signature(slug="a"), "over[a-z]+"), (signature(slug="b"), "loaded")])
    at = Bytes("过载 overloaded")
    caught = {rule.slug: pattern.search(at.data)[0].decode() for rule, pattern in book.matching(at)}
    assert caught == {"a": "overloaded", "b": "loaded"}


def test_nothing_is_found_in_nothing() -> None:
    assert found(Filter([]), "text") == []
    assert found(Filter([(signature(), "text")]), "") == []


def test_a_pattern_that_does_not_compile_is_refused() -> None:
    with pytest.raises(BadPattern, match="not an RE2 pattern"):
        Filter([(signature(), "(a")])
