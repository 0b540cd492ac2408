"""How often the lookup is right on the labelled pastes, held to committed floors."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kb.evaluation import NONE, Outcome, judge, read_corpus, report
from kb.handbook import current

CORPUS = Path(__file__).parent / "corpus"
LEAST = {
    "dev.jsonl": {"top-1": 0.98, "top-3": 0.99},
    "own.jsonl": {"top-1": 0.98, "top-3": 0.99},
    "wild.jsonl": {"top-1": 0.97, "top-3": 0.97},
    "wild2.jsonl": {"top-1": 0.94, "top-3": 0.94},
    "wild3.jsonl": {"top-1": 0.98, "top-3": 0.98},
    "descriptions.jsonl": {"top-1": 0.80, "top-3": 0.80},
    "ocr.jsonl": {"top-1": 0.95, "top-3": 0.95},  # pastes of the first three, read from images (bench/ocr.py)
}
MOST = {"wrong on none": 0.02, "answered outside accept": 0.10}
CLIENTS = {
    "python-sdk": 20,
    "node-sdk": 15,
    "curl": 12,
    "cherry-studio": 15,
    "cursor": 2,
}  # rows in own.jsonl, at least


@cache
def outcomes(name: str) -> list[Outcome]:
    handbook = current()
    return [judge(row, handbook.lookup(row["text"])) for row in read_corpus(CORPUS / name)]


def ours(name: str) -> list[Outcome]:
    return [outcome for outcome in outcomes(name) if outcome.label in current().entries]


def later(name: str) -> list[Outcome]:
    return [o for o in outcomes(name) if o.label != NONE and o.label not in current().entries]


def explained(name: str) -> str:
    return report(outcomes(name), set(current().entries), details=True)


@pytest.mark.parametrize("name", LEAST)
def test_the_first_match_is_right_for_codes_that_have_an_entry(name: str) -> None:
    rows = ours(name)
    assert rows
    assert sum(row.right for row in rows) >= LEAST[name]["top-1"] * len(rows), explained(name)


@pytest.mark.parametrize("name", LEAST)
def test_the_right_entry_is_among_the_first_three(name: str) -> None:
    rows = ours(name)
    assert sum(row.in_three for row in rows) >= LEAST[name]["top-3"] * len(rows), explained(name)


@pytest.mark.parametrize("name", LEAST)
def test_what_is_none_of_ours_is_hardly_ever_answered(name: str) -> None:
    rows = [row for row in outcomes(name) if row.label == NONE]
    assert sum(not row.right for row in rows) <= MOST["wrong on none"] * len(rows), explained(name)


@pytest.mark.parametrize("name", LEAST)
def test_what_has_no_entry_yet_is_seldom_answered_with_another(name: str) -> None:
    rows = later(name)
    wrong = [row for row in rows if row.first is not None and not row.right]
    assert len(wrong) <= MOST["answered outside accept"] * len(rows), explained(name)


def test_what_is_called_certain_is_right() -> None:
    certain = [row for name in LEAST for row in outcomes(name) if row.confidence == "certain"]
    right = [row for row in certain if row.right and row.label != NONE]
    assert len(right) >= 0.98 * len(certain)


@pytest.mark.parametrize("client", CLIENTS)
def test_our_own_pastes_are_right_in_every_client(client: str) -> None:
    rows = [row for row in ours("own.jsonl") if row.client.partition(":")[0] == client]
    assert len(rows) >= CLIENTS[client]
    assert sum(row.right for row in rows) >= 0.95 * len(rows), [row.text[:200] for row in rows if not row.right]


def test_our_own_pastes_are_at_least_sixty_for_the_clients_of_the_article() -> None:
    assert sum(row.client.partition(":")[0] in CLIENTS for row in ours("own.jsonl")) >= 60


def test_no_paste_stands_twice_in_the_corpora() -> None:
    texts = [row.text for name in LEAST if name != "ocr.jsonl" for row in outcomes(name)]
    assert len(texts) == len(set(texts))
