"""`manage.py evaluate`: how often the lookup is right."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kb.evaluation import NONE, judge, read_corpus, report, wilson
from kb.lookup.result import Facts, Match, Result

RIGHT = {"text": "claude: invalid x-api-key", "label": "401-invalid-api-key", "client": "curl", "lang": "en"}
WRONG = {"text": "claude: invalid x-api-key secret words", "label": "529-overloaded", "client": "curl", "lang": "en"}
LATER = {"text": "claude: invalid x-api-key again", "label": "999-later", "client": "curl", "lang": "en"}
NOTHING = {"text": "KeyError: 'x'", "label": NONE, "lang": "en"}


def corpus(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "corpus.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def evaluate(path: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("evaluate", str(path), stdout=out, **options)
    return out.getvalue()


def result(*matches: tuple[str, str]) -> Result:
    found = tuple(Match(code, 0.9, confidence, ()) for code, confidence in matches)
    return Result("", found, (), None, Facts(), None, ())


def row(label: str, *accept: str) -> dict[str, Any]:
    return {"text": "", "label": label, "accept": list(accept), "client": "", "lang": ""}


@pytest.mark.parametrize(
    ("wanted", "matches", "right", "in_three"),
    [
        (row("a"), [("a", "certain")], True, True),
        (row("a"), [("a", "possible")], True, True),
        (row("a", "b"), [("b", "likely")], True, True),
        (row("a"), [("b", "certain"), ("a", "possible")], False, True),
        (row("a"), [("b", "certain")], False, False),
        (row("a"), [], False, False),
        (row(NONE), [], True, True),
        (row(NONE), [("a", "possible")], True, True),
        (row(NONE), [("a", "likely")], False, False),
        (row(NONE, "a"), [("a", "certain")], True, True),
    ],
)
def test_a_row_is_judged_by_the_first_match(
    wanted: dict[str, Any], matches: list[tuple[str, str]], right: bool, in_three: bool
) -> None:
    outcome = judge(wanted, result(*matches))
    assert (outcome.right, outcome.in_three) == (right, in_three)


@pytest.mark.parametrize(
    ("right", "total", "low", "high"), [(0, 0, 0, 1), (10, 10, 0.722, 1), (0, 10, 0, 0.278), (95, 100, 0.888, 0.978)]
)
def test_intervals_are_those_of_wilson(right: int, total: int, low: float, high: float) -> None:
    assert wilson(right, total) == pytest.approx((low, high), abs=0.001)


def test_totals_are_printed_with_their_intervals(tmp_path: Path) -> None:
    told = evaluate(corpus(tmp_path, RIGHT, WRONG, LATER, NOTHING))
    lines = {line[:34].strip(): line[34:].split()[0] for line in told.splitlines() if "/" in line[34:42]}
    assert lines["top-1, codes with an entry"] == "1/2"
    assert lines["wrong on none (likely or above)"] == "0/1"
    assert lines["answered outside accept, no entry"] == "1/1"
    assert lines["right when certain"] == "1/3"


def test_misses_are_listed_with_code_and_client(tmp_path: Path) -> None:
    told = evaluate(corpus(tmp_path, RIGHT, WRONG))
    assert "529-overloaded ← 401-invalid-api-key (certain): claude: invalid x-api-key secret words" in told
    assert "  curl " in told


def test_sealed_prints_totals_and_no_row(tmp_path: Path) -> None:
    told = evaluate(corpus(tmp_path, RIGHT, WRONG, NOTHING), sealed=True)
    assert "top-1" in told
    assert "secret words" not in told
    assert "529-overloaded" not in told


def test_only_the_rows_of_some_codes_can_be_scored(tmp_path: Path) -> None:
    told = evaluate(corpus(tmp_path, RIGHT, WRONG), codes="401-invalid-api-key")
    assert "1/1" in told.splitlines()[0]


@pytest.mark.parametrize("line", ["{", "[]", '{"text": "a"}', '{"label": "a"}', "3"])
def test_a_line_that_is_no_row_is_named(tmp_path: Path, line: str) -> None:
    path = corpus(tmp_path, RIGHT)
    path.write_text(path.read_text() + line + "\n")
    with pytest.raises(CommandError, match=r"corpus\.jsonl:2: not a corpus row"):
        evaluate(path)


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        evaluate(tmp_path / "none.jsonl")


def test_a_corpus_without_rows_has_a_report(tmp_path: Path) -> None:
    assert read_corpus(corpus(tmp_path)) == []
    assert "0/0" in report([], set(), details=True)
