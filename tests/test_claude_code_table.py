"""Every message of Claude Code's error table about reaching the API leads to an entry with steps for that client."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.evaluation import judge, read_corpus
from kb.handbook import current

ROWS = read_corpus(Path(__file__).parent / "corpus" / "claude_code.jsonl")


def test_the_table_is_whole() -> None:
    assert len(ROWS) >= 150
    assert {row["client"] for row in ROWS} == {"claude-code"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"].strip()[:60])
def test_a_message_of_the_table_is_answered_with_its_entry(row: dict[str, str]) -> None:
    result = current().lookup(row["text"])
    assert judge(row, result).right, [(match.code, match.confidence) for match in result.matches]


def test_every_entry_that_the_table_leads_to_says_what_to_do_in_claude_code() -> None:
    handbook = current()
    answers = {match.code for row in ROWS for match in handbook.lookup(row["text"]).matches[:1]}
    without = [code for code in answers if "claude-code" not in {r.client for r in handbook.entries[code].remedies}]
    assert sorted(without) == []
