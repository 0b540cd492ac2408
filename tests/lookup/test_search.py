"""The search: a few words of a reader, in either language, lead to the entries that share them."""

from __future__ import annotations

import pytest

from kb.lookup.rules import EntryText, WordGroup
from kb.lookup.search import Search
from kb.lookup.terms import stem

GROUPS = (
    WordGroup("expired", "trouble", ("过期", "expired", "no longer valid")),
    WordGroup("login", "thing", ("登录", "log in", "login")),
    WordGroup("picture", "thing", ("图片", "image")),
    WordGroup("too-large", "trouble", ("太大", "too large")),
    WordGroup("cursor", "client", ("cursor",)),
    WordGroup("words", "noise", ("the", "my", "怎么", "的")),
    WordGroup("wrong", "alarm", ("报错", "error")),
    WordGroup("products", "elsewhere", ("mysql",)),
)
TEXTS = (
    EntryText("401-expired", {"title": "登录凭证已过期\nThe login has expired\n401", "meaning": "Sign in again."}),
    EntryText("400-image", {"title": "图片太大\nThe image is too large\n400", "cause": "A photograph of a camera"}),
    EntryText("413-body", {"title": "请求体太大\nRequest body too large\n413", "meaning": "Often an image in it."}),
    EntryText("cursor-login", {"title": "Cursor 登录失败\nCursor: login failed", "client": "Cursor"}),
    EntryText("529-load", {"title": "服务过载\nOverloaded\n529", "message": "overloaded_error"}),
)
SEARCH = Search(TEXTS, GROUPS)


def found(text: str, client: str | None = None) -> list[str]:
    return [hit.code for hit in SEARCH.find(SEARCH.query(text, client))]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("登录过期", "401-expired"),
        ("my login expired", "401-expired"),
        ("登录 no longer valid", "401-expired"),
        ("the image is too large", "400-image"),
        ("图片太大 报错", "400-image"),
        ("image 太大", "400-image"),
        ("529", "529-load"),
        ("overloaded_error", "529-load"),
        ("photographs of cameras", "400-image"),
        ("服务过载", "529-load"),
        ("cursor 登录", "cursor-login"),
    ],
)
def test_words_lead_to_the_entry_that_is_about_them_in_either_language(text: str, code: str) -> None:
    assert found(text)[0] == code


def test_a_word_in_the_title_weighs_more_than_one_in_the_meaning() -> None:
    assert found("image") == ["400-image", "413-body"]


def test_an_entry_that_has_too_little_of_the_words_is_not_found() -> None:
    assert found("image pipeline of the quarterly budget report") == []


@pytest.mark.parametrize("text", ["", " ", "…", "报错 怎么", "the error", "zebra", "\ud800", "x" * 100_000])
def test_what_says_nothing_finds_nothing(text: str) -> None:
    assert found(text) == []


def test_a_client_named_beside_the_words_counts_like_one_among_them() -> None:
    without, beside, among = (
        {hit.code: hit.fit for hit in SEARCH.find(query)}
        for query in (SEARCH.query("登录"), SEARCH.query("登录", "cursor"), SEARCH.query("cursor 登录"))
    )
    assert beside == among
    assert beside["cursor-login"] > without["cursor-login"]


def test_a_full_fit_is_above_a_partial_one_and_both_stand_between_nought_and_one() -> None:
    [whole] = SEARCH.find(SEARCH.query("login expired"), limit=1)
    partial = next(h for h in SEARCH.find(SEARCH.query("login expired zebra")) if h.code == whole.code)
    assert 0 < partial.fit < whole.fit < 1


def test_every_matched_word_says_where_it_stands() -> None:
    text = "为什么登录 no longer valid"
    [hit, *_] = SEARCH.find(SEARCH.query(text))
    assert {text[term.start : term.end] for term in hit.terms} == {"登录", "no longer valid"}


def test_a_query_tells_its_client_and_the_kinds_of_its_words() -> None:
    query = SEARCH.query("mysql error in Cursor")
    assert query.client == "cursor"
    assert {"elsewhere", "alarm", "client"} <= query.kinds


def test_no_more_are_found_than_asked_for() -> None:
    assert len(SEARCH.find(SEARCH.query("too large"), limit=1)) == 1


def test_an_empty_index_finds_nothing() -> None:
    empty = Search((), ())
    assert empty.find(empty.query("login expired")) == []


@pytest.mark.parametrize(
    ("words", "stemmed"),
    [
        (("connect", "connects", "connected", "connecting", "connection", "connections"), "connect"),
        (("expire", "expires", "expired", "expiring"), "expir"),
        (("stop", "stops", "stopped", "stopping"), "stop"),
        (("retry", "retries"), "retry"),
        (("not",), "not"),
        (("notion",), "notion"),
        (("is",), "is"),
        (("529",), "529"),
    ],
)
def test_endings_of_english_words_make_no_difference(words: tuple[str, ...], stemmed: str) -> None:
    assert {stem(word) for word in words} == {stemmed}


def test_rare_words_do_not_hide_an_entry_that_has_the_rest() -> None:
    many = [EntryText(f"4{n:02}-x", {"title": f"common trouble number{n}"}) for n in range(50)]
    search = Search([*many, EntryText("400-rare", {"title": "rare trouble"})], ())
    assert [hit.code for hit in search.find(search.query("rare trouble in common"), limit=1)] == ["400-rare"]
    assert len(search.find(search.query("common"), limit=60)) == len(many)
