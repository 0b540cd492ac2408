"""Text that remembers where its characters stood."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.lookup.characters import Table
from kb.lookup.mapped import Mapped, named_by


def test_a_new_text_stands_where_it_stands() -> None:
    assert list(Mapped.of("abc").at) == [0, 1, 2, 3]


def test_translating_keeps_the_positions() -> None:
    view = Mapped.of("a—b").translate(Table({"—": "-"}))
    assert (view.text, list(view.at)) == ("a-b", [0, 1, 2, 3])


@pytest.mark.parametrize(
    ("replacement", "text", "at"),
    [("", "ad", [0, 3, 4]), ("-", "a-d", [0, 1, 3, 4]), ("xyz", "axyzd", [0, 1, 1, 1, 3, 4])],
)
def test_a_replacement_stands_where_the_replaced_text_began(replacement: str, text: str, at: list[int]) -> None:
    view = Mapped.of("abcd").sub(re.compile("bc"), replacement)
    assert (view.text, list(view.at)) == (text, at)


def test_a_table_names_the_replacement_by_a_group_in_any_case() -> None:
    view = Mapped.of("a&LT;b").sub(re.compile("&(lt);", re.IGNORECASE), named_by({"lt": "<"}))
    assert (view.text, list(view.at)) == ("a<b", [0, 1, 5, 6])


def test_a_text_without_a_match_is_the_same_object() -> None:
    view = Mapped.of("abc")
    assert view.sub(re.compile("x"), "y") is view


def test_positions_of_a_replaced_replacement_lead_to_the_first_source() -> None:
    view = Mapped.of("a<br>b<br>c").sub(re.compile("<br>"), "\n").sub(re.compile("\n"), " ")
    assert (view.text, list(view.at)) == ("a b c", [0, 1, 5, 6, 10, 11])


def test_a_span_leads_to_the_source() -> None:
    view = Mapped.of(r"say \"hello\"").sub(re.compile(r"\\"))
    start = view.text.index("hello")
    assert view.span(start, start + 5) == (6, 11)


@given(st.text(alphabet="ab\\n", max_size=40))
def test_positions_never_go_back_and_end_at_the_end(text: str) -> None:
    view = Mapped.of(text).sub(re.compile(r"\\n"), "\n").sub(re.compile("a+")).sub(re.compile("b"), "bb")
    assert list(view.at) == sorted(view.at)
    assert len(view.at) == len(view.text) + 1
    assert view.at[-1] == len(text)
