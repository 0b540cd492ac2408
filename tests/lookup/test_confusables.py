"""Entries that readers mix up are told apart: the right one is the answer, the other is not offered as likely."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kb.confusables import Confusable, read_confusables
from kb.handbook import current

ROWS = read_confusables(Path(__file__).parents[1] / "corpus" / "confusables.yaml")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.wanted} not {row.other}")
def test_the_right_one_is_the_answer_and_the_other_is_not_offered_as_likely(row: Confusable) -> None:
    matches = current().lookup(row.text).matches
    assert row.holds(matches), [(match.code, match.confidence) for match in matches]


def test_every_code_of_a_pair_has_an_entry() -> None:
    assert {code for row in ROWS for code in (row.wanted, row.other)} <= set(current().entries)


def test_no_pair_and_no_text_stands_twice() -> None:
    counted = Counter((row.wanted, row.other) for row in ROWS) + Counter(row.text for row in ROWS)
    assert [what for what, times in counted.items() if times > 1] == []


def test_there_are_at_least_forty_pairs_and_some_in_both_directions() -> None:
    pairs = {(row.wanted, row.other) for row in ROWS}
    assert len({frozenset(pair) for pair in pairs}) >= 40
    assert len([pair for pair in pairs if pair[::-1] in pairs]) >= 20


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- pair: [a]\n  text: x\n  why: y\n", "row 1: not a pair"),
        ("- pair: [a, b]\n  text: x\n", "row 1: not a pair of confusables .*why"),
        ("pairs", "row 1: not a pair"),
        ("", "row 1: not a pair"),
        ("- a: b: c", "mapping values are not allowed"),
    ],
)
def test_a_row_that_is_no_pair_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "pairs.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        read_confusables(path)
