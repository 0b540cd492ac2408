"""Fixed expressions on RE2, asked of one text in one pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.lookup.scan import BadPattern, Bytes, Scan, encode

SCAN = Scan({"number": r"\b(\d+)\b", "word": "[a-z]{3}", "either": "(x)|(y)"}, case_sensitive=True)


def test_only_what_matches_is_named() -> None:
    assert SCAN.names("12 ABC") == {"number"}
    assert SCAN.names("") == set()


def test_the_first_group_that_took_part_is_what_was_caught() -> None:
    found = SCAN.read("7 abc y x 12")
    assert list(found.all("number")) == ["7", "12"]
    assert list(found.all("either")) == ["y", "x"]
    assert found.first("word") == "abc"
    assert SCAN.read("…").first("word") is None


def test_no_more_are_read_than_asked_for() -> None:
    assert list(SCAN.read("1 2 3 4").all("number", 2)) == ["1", "2"]


def test_places_count_characters_not_bytes() -> None:
    text = "错误 401，再试 529"
    assert [text[start:end] for start, end in SCAN.read(text).spans("number")] == ["401", "529"]


def test_case_counts_only_when_it_is_told_to() -> None:
    assert Scan({"word": "abc"}).names("ABC") == {"word"}
    assert Scan({"word": "abc"}, case_sensitive=True).names("ABC") == set()


def test_an_expression_that_does_not_compile_is_refused_with_the_reason() -> None:
    with pytest.raises(BadPattern, match="missing"):
        Scan({"broken": "(a"})


@given(st.text(max_size=40), st.randoms())
def test_every_byte_leads_back_to_its_character_in_any_order(text: str, random: object) -> None:
    text = encode(text).decode()
    places = [(len(text[:index].encode()), index) for index in range(len(text) + 1)]
    random.shuffle(places)  # type: ignore[attr-defined]
    at = Bytes(text)
    assert all(at.character(byte) == index for byte, index in places)
