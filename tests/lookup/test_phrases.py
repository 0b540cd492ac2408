"""A phrase is seen however a paste writes it, and nowhere else."""

from __future__ import annotations

import pytest

from kb.lookup.clean import plain
from kb.lookup.scan import BadPattern
from kb.lookup.signatures import MOST_ERRORS, Hit, ManyErrors, PhraseBook, phrase_pattern
from kb.lookup.views import fold, squash
from tests.rules import signature


def find(phrase: str, paste: str, folded: bool = False) -> list[Hit]:
    text = plain(paste).text
    view = fold(squash(text)) if folded else squash(text)
    return list(PhraseBook([signature(phrase=phrase)], folded).find(view, text))


@pytest.mark.parametrize(
    "paste",
    [
        "invalid x-api-key",
        "INVALID X-API-KEY",
        "Invalid  X-Api-Key.",
        "'message': 'invalid x-api-key'}",
        r"\"message\":\"invalid x-api-key\"",
        "invalid x-\napi-key",
        "invalid x-api-\n    key",
        "inva\nlid x-api-key",
        "│ invalid x-api- │\n│ key            │",
        "**invalid** `x-api-key`",
        "ｉｎｖａｌｉｄ　ｘ－ａｐｉ－ｋｅｙ",
        "\x1b[31minvalid\x1b[0m x\u200b-api-key",
        "invalid x_api_key",
    ],
)
def test_wraps_quotes_case_and_width_make_no_difference(paste: str) -> None:
    assert find("invalid x-api-key", paste)


@pytest.mark.parametrize(
    "paste", ["invalid x-api-keys", "noninvalid x-api-key", "invalid x-api-key2", "invalid api-key"]
)
def test_a_phrase_begins_and_ends_at_a_word(paste: str) -> None:
    assert not find("invalid x-api-key", paste)


def test_a_later_occurrence_at_a_word_is_found() -> None:
    assert find("overloaded", "isOverloadedNow or Overloaded")


@pytest.mark.parametrize("paste", ["错误：无效的令牌。", "提示无效的令牌（401）", "无 效 的 令 牌", "「无效的令牌」"])
def test_chinese_needs_no_boundary(paste: str) -> None:
    assert find("无效的令牌", paste)


PLACEHOLDERS = [
    ("{n} tokens > {n} maximum", "prompt: 208,310 tokens > 200000 maximum", True),
    ("{n} tokens > {n} maximum", "many tokens > few maximum", False),
    ("limit of {n} tokens", "limit of 40 000 tokens", True),
    ("limit of {n} tokens", "limit of tokens", False),
    ("model {model} does not exist", "model `claude-3.5-sonnet` does not exist", True),
    ("model {model} does not exist", "model anthropic/claude-3-5-sonnet@20241022 does not exist", True),
    ("model {model} does not exist", "model 模型 does not exist", False),
    ("request {id} failed", "request req_011CVexample failed", True),
    ("your account {any} was disabled", "your account (a.b@c.example) was disabled", True),
    ("your account {any} was disabled", "your account " + "x" * 200 + " was disabled", False),
    ("the model {model}", "the model is fine", True),
    ("unexpected key {any}", "unexpected key 'x' in body", True),
]


@pytest.mark.parametrize(("phrase", "paste", "seen"), PLACEHOLDERS)
def test_a_placeholder_stands_for_its_kind(phrase: str, paste: str, seen: bool) -> None:
    assert bool(find(phrase, paste)) is seen


@pytest.mark.parametrize("phrase", ["{n} {any}", "a {n} b", "…", "{key} is invalid", "the {Model}"])
def test_a_phrase_without_words_or_with_an_unknown_placeholder_is_refused(phrase: str) -> None:
    with pytest.raises(BadPattern):
        phrase_pattern(phrase)


@pytest.mark.parametrize(
    "paste", ["invalid x-api-key", "lnvalid x-api-key", "inva1id x-api-key", "invalid x-apl-key", "invalid x-ap1-key"]
)
def test_the_folded_book_reads_what_ocr_misread(paste: str) -> None:
    assert find("invalid x-api-key", paste, folded=True)


def test_numbers_misread_by_ocr_are_still_numbers() -> None:
    assert find(
        "prompt is too long: {n} tokens > {n} maximum", "prompt is too long: 2O831O tokens > 2OOOOO maximum", True
    )


def test_a_short_phrase_is_not_looked_for_in_the_folded_view() -> None:
    assert find("Overloaded", "Overloaded")
    assert not find("Overloaded", "Overloaded", folded=True)


def test_a_book_without_phrases_finds_nothing() -> None:
    assert not list(PhraseBook([]).find(squash("anything"), "anything"))


def test_an_empty_text_holds_nothing() -> None:
    assert not find("invalid x-api-key", "")


def test_a_text_full_of_different_wordings_is_a_list_of_errors() -> None:
    phrases = [f"the {word} of number {n} is gone" for n in range(10) for word in ("request", "answer", "stream") * 3]
    book = PhraseBook([signature(slug=str(n), phrase=phrase) for n, phrase in enumerate(dict.fromkeys(phrases * 3))])
    text = ". ".join(dict.fromkeys(phrases))
    assert len([*book.find(squash(text), text)]) == 30
    many = [f"wording {'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10]} is gone" for n in range(MOST_ERRORS + 1)]
    book = PhraseBook([signature(slug=str(n), phrase=phrase) for n, phrase in enumerate(many)])
    with pytest.raises(ManyErrors):
        list(book.find(squash(". ".join(many)), ". ".join(many)))
