"""Each way in which an error text is disfigured, undone on its own."""

from __future__ import annotations

import pytest

from kb.lookup.clean import plain
from kb.lookup.mapped import Mapped
from kb.lookup.views import fold, fold_text, join_lines, read_rn_as_m, repair, squash

PLAIN = [
    ("colours of a terminal", "\x1b[31mError\x1b[0m 401", "Error 401"),
    ("cursor movements", "\x1b[2K\x1b[1GError", "Error"),
    ("a terminal hyperlink", "\x1b]8;;http://a.example\x07here\x1b]8;;\x07", "here"),
    ("quotes escaped once", r"{\"message\":\"no\"}", '{"message":"no"}'),
    ("quotes escaped twice", r"{\\\"message\\\":\\\"no\\\"}", '{"message":"no"}'),
    ("quotes escaped three times", r"\\\\\\\"no\\\\\\\"", '"no"'),
    ("an escaped line break", r"one\ntwo", "one\ntwo"),
    ("a line break escaped twice", r"one\\ntwo", "one\ntwo"),
    ("an escaped slash", r"https:\/\/a.example", "https://a.example"),
    ("escaped Markdown", r"authentication\_error", "authentication_error"),
    ("Chinese as JSON escapes", r"\u65e0\u6548\u7684\u4ee4\u724c", "无效的令牌"),
    ("Chinese escaped twice", r"\\u65e0\\u6548", "无效"),
    ("an escaped NUL", r"a\u0000b", "a b"),
    ("HTML entities", "&quot;a&quot; &lt;b&gt; &amp; &#39;c&#39;&nbsp;d", "\"a\" <b> & 'c' d"),
    ("line break tags", "a<br>b<BR />c", "a\nb\nc"),
    ("full-width letters and digits", "ＡＰＩ Ｅｒｒｏｒ：４０１", "API Error:401"),
    ("typographic quotes", "“a” ‘b’ 「c」", '"a" \'b\' "c"'),
    ("dashes", "a – b — c − d", "a - b - c - d"),
    ("odd spaces", "a\u00a0b\u3000c\td", "a b c d"),
    ("invisible characters", "in\u200bva\u00adlid\ufeff", "invalid"),
    ("a right-to-left mark", "\u200f401\u202c", "401"),
    ("NUL bytes", "a\x00b", "a b"),
    ("other control characters", "a\x08\x0bb", "ab"),
    ("carriage returns", "a\r\nb\r", "a\nb"),
    ("spaces between Chinese characters", "无 效 的  令 牌", "无效的令牌"),
    ("spaces kept between Chinese and Latin", "无效的 API key 令牌", "无效的 API key 令牌"),
    ("a quoted mail", "> one\n>> two", "one\ntwo"),
    ("a box", "│ one\n│ two", "one\ntwo"),
    ("the mark of a tool's output", "  ⎿  API Error: 401", "API Error: 401"),
    ("a bullet", "● API Error: 401", "API Error: 401"),
    ("a comment", "// one\n# two", "one\ntwo"),
    ("a diff with line numbers", "12 +Error: 401", "Error: 401"),
    ("a list item keeps its hyphen", "- one", "- one"),
    ("a number before a plus is no margin", "12 + 1", "12 + 1"),
]


@pytest.mark.parametrize(("name", "paste", "text"), PLAIN, ids=[row[0] for row in PLAIN])
def test_the_plain_view_undoes(name: str, paste: str, text: str) -> None:
    assert plain(paste).text == text


@pytest.mark.parametrize(("name", "paste", "text"), PLAIN, ids=[row[0] for row in PLAIN])
def test_the_plain_view_leads_to_the_paste(name: str, paste: str, text: str) -> None:
    view = plain(paste)
    assert len(view.at) == len(view.text) + 1
    assert list(view.at) == sorted(view.at)
    for index, char in enumerate(view.text):
        start, end = view.span(index, index + 1)
        assert paste[start:end]
        if char.isascii() and char.isalpha() and paste[start] != "\\":
            assert paste[start:end].lower() in (char.lower(), chr(ord(char.lower()) + 0xFEE0))


def test_cleaning_what_is_clean_changes_nothing() -> None:
    text = 'Traceback (most recent call last):\n  File "a.py", line 1\nanthropic.AuthenticationError: Error code: 401'
    assert plain(text).text == text


@pytest.mark.parametrize(
    ("text", "squashed"),
    [
        ("Invalid X-API-key!", "invalidxapikey"),
        ("exceeded_current quota", "exceededcurrentquota"),
        ("无效的令牌。", "无效的令牌"),
        ("claude-3.5-sonnet", "claude35sonnet"),
        ("", ""),
        ("—*`'\"", ""),
    ],
)
def test_the_squashed_view_keeps_letters_and_digits(text: str, squashed: str) -> None:
    assert squash(text).text == squashed


def test_the_squashed_view_leads_to_its_text() -> None:
    view = squash("a - b_c")
    assert (view.text, list(view.at)) == ("abc", [0, 4, 6, 7])


def test_a_letter_that_grows_in_lower_case_keeps_the_positions() -> None:
    view = squash("İA")
    assert len(view.text) == 2
    assert list(view.at) == [0, 1, 2]


@pytest.mark.parametrize(
    ("glue", "joined"),
    [("", "the prompt istoo long"), (" ", "the prompt is too long")],
    ids=["inside words", "at words"],
)
def test_wrapped_lines_are_joined(glue: str, joined: str) -> None:
    assert join_lines(Mapped.of("the prompt is  \r\n    too long"), glue).text == joined


@pytest.mark.parametrize(
    ("misread", "text"),
    [("0verl0aded", "overloaded"), ("1nvalid x-api-key", "invalid x-api-key"), ("rnodel", "model"), ("vvord", "word")],
)
def test_folding_makes_a_misread_word_and_its_signature_the_same(misread: str, text: str) -> None:
    assert fold(squash(misread)).text == fold_text(squash(text).text)


def test_the_folded_view_leads_to_its_text() -> None:
    view = fold(squash("a rnan"))
    assert (view.text, list(view.at)) == ("aman", [0, 2, 4, 5, 6])


@pytest.mark.parametrize(
    ("misread", "text"),
    [("0verloaded", "overloaded"), ("inva1id", "invalid"), ("ERR0R", "ERROR"), ("t0ken", "token"), ("1imit", "limit")],
)
def test_a_digit_inside_a_word_is_read_as_the_letter_it_resembles(misread: str, text: str) -> None:
    assert repair(Mapped.of(misread)).text == text


@pytest.mark.parametrize("text", ["401", "claude-3-5", "gpt-4o", "v1", "529 {", "10 s"])
def test_a_digit_that_is_one_stays(text: str) -> None:
    assert repair(Mapped.of(text)).text == text


def test_rn_is_read_as_m() -> None:
    view = read_rn_as_m(Mapped.of("a rnodel"))
    assert (view.text, list(view.at)) == ("a model", [0, 1, 2, 4, 5, 6, 7, 8])
