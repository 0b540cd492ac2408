"""The result page tells how its answer was weighed: weight and span of all evidence, what was ruled out, and why."""

from __future__ import annotations

import pytest

from kb.handbook import current
from tests.markup import Page, read
from tests.pages.reader import LANGUAGES, Ask
from tests.pages.test_result_page import TRACEBACK

NAMED = "Claude: {'error_code': 'compaction_content_mismatch'}"
YIELDING = "Claude Code: Connection error. getaddrinfo ENOTFOUND api.anthropic.com"
FOREIGN = "POST https://api.openai.com/v1: Connection error."
KEY = "sk-ant-api03-" + "Qx7" * 32


def cells(document: Page) -> list[tuple[str, ...]]:
    """Rows of the tables of weights: kind, weight, characters, text."""
    texts = document.texts["td"]
    return [tuple(texts[at : at + 4]) for at in range(0, len(texts), 4)]


def test_every_piece_of_evidence_stands_with_its_weight_and_where_it_was_read(ask: Ask) -> None:
    rows = cells(read(ask(TRACEBACK).content))
    start = TRACEBACK.index("invalid x-api-key")
    assert rows[0] == ("wording", "0.90", f"{start}–{start + 17}", "invalid x-api-key")
    assert ("status", "0.12", "–", "401") in rows
    result = current().lookup(TRACEBACK)
    assert len(rows) == sum(len(match.evidence) for match in result.matches)


def test_an_error_code_is_weighed_too(ask: Ask) -> None:
    document = read(ask(NAMED).content)
    assert ("error code", "0.90", "compaction_content_mismatch") in [(r[0], r[1], r[3]) for r in cells(document)]


@pytest.mark.parametrize(("lang", "kind"), [("en", "search"), ("zh-hans", "搜索")])
def test_words_found_by_search_are_weighed_one_by_one(ask: Ask, lang: str, kind: str) -> None:
    paste = "claude code login expired"
    rows = cells(read(ask(paste, lang).content))
    assert (kind, paste.index("login"), "login") in [(r[0], int(r[2].split("–")[0] or -1), r[3]) for r in rows]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_entry_that_gives_way_is_named_with_the_one_it_gives_way_to(ask: Ask, lang: str) -> None:
    document = read(ask(YIELDING, lang).content)
    said = {"en": "000-connection-error: gives way to 000-dns-failure", "zh-hans": "让位给 000-dns-failure"}
    assert any(said[lang] in text for text in document.texts["li"])


def test_what_another_product_rules_out_is_told_without_an_answer(ask: Ask) -> None:
    document = read(ask(FOREIGN).content)
    [article] = document.all("article")
    assert article.attributes["data-code"] == ""
    assert any("another product is spoken of" in text for text in document.texts["li"])


def test_what_was_taken_out_is_counted_by_its_kind(ask: Ask) -> None:
    texts = read(ask(f"invalid x-api-key {KEY} and {KEY}").content).texts["li"]
    assert "anthropic-api-key × 2" in texts


def test_nothing_understood_has_nothing_weighed(ask: Ask) -> None:
    assert "How it was weighed" not in ask("zebra crossing").content.decode()
