"""`manage.py evaluate`: how often the lookup is right."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from kb.content.accuracy import Score, read_accuracy
from kb.evaluation import NONE, judge, read_corpus, report, wilson
from kb.handbook.current import today
from kb.lookup.result import Facts, Match, Result
from kb.scores import score

RIGHT = {"text": "claude: invalid x-api-key", "label": "401-invalid-api-key", "client": "curl", "lang": "en"}
WRONG = {"text": "claude: invalid x-api-key secret words", "label": "529-overloaded", "client": "curl", "lang": "en"}
LATER = {"text": "claude: invalid x-api-key again", "label": "999-later", "client": "curl", "lang": "en"}
DAY = date(2026, 11, 23)
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


FORMS = [
    ("ocr of a phone screenshot", "own", "ocr"),
    ("text read off a screenshot", "wild", "ocr"),
    ("chat description", "own", "description"),
    ("question", "wild2", "description"),
    ("recorded", "clients", "recorded"),
    ("log line", "wild2", "wild"),
    ("log line", "dev", "other"),
]


@pytest.mark.parametrize(("said", "name", "kind"), FORMS)
def test_forms_are_told_apart(said: str, name: str, kind: str) -> None:
    assert judge(row("a") | {"form": said, "corpus": name}, result()).form == kind


def test_each_corpus_client_language_and_form_has_a_line_with_intervals(tmp_path: Path) -> None:
    told = evaluate(corpus(tmp_path, RIGHT, WRONG | {"lang": "zh", "form": "description"}, NOTHING))
    lines = told[told.index("per corpus") :].splitlines()
    shares = [(line[:24].strip(), line[24:].split()[0]) for line in lines if line.startswith("  ")]
    assert shares == [
        *[("corpus", "1/2"), ("curl", "1/2"), ("other", "–"), ("en", "1/1"), ("zh-hans", "0/1")],
        *[("description", "0/1"), ("other", "1/1")],
    ]
    assert "  curl                  1/2 50.0 % [9.5 … 90.5]" in told
    assert all(head in lines[0] for head in ("top-1", "top-3", "wrong on none", "possible on none"))


def test_figures_are_counted_from_the_rows_with_an_entry_and_those_with_none() -> None:
    none = judge(row(NONE), result(("a", "possible")))
    wrong = judge(row(NONE), result(("a", "certain")))
    ours = judge(row("a"), result(("b", "certain"), ("a", "likely")))
    later = judge(row("later"), result())
    counted = score("x", [none, wrong, ours, later], {"a", "b"}, DAY)
    assert counted == Score("x", DAY, rows=1, top1=0, top3=1, none=2, wrong=1, possible=1)


def test_written_figures_are_dated_and_read_again(tmp_path: Path) -> None:
    assert str(tmp_path / "accuracy.json") in evaluate(corpus(tmp_path, RIGHT), write=True, fixtures=tmp_path)
    assert read_accuracy(tmp_path).corpus == (Score("corpus", today(), 1, 1, 1, 0, 0, 0),)


def test_sealed_totals_stand_beside_the_others_and_outlive_them(tmp_path: Path) -> None:
    sealed = corpus(tmp_path, WRONG).rename(tmp_path / "sealed.jsonl")
    evaluate(corpus(tmp_path, RIGHT), write=True, fixtures=tmp_path)
    evaluate(sealed, write=True, sealed=True, fixtures=tmp_path)
    both = read_accuracy(tmp_path)
    assert [(line.name, line.top1) for line in both.corpus] == [("corpus", 1), ("sealed", 0)]
    assert [(line.name, line.rows) for line in both.client] == [("curl", 1)]
    evaluate(corpus(tmp_path, RIGHT), write=True, fixtures=tmp_path)
    assert {line.name for line in read_accuracy(tmp_path).corpus} == {"corpus", "sealed"}


def test_a_sealed_corpus_is_refused_unless_asked_for_in_total(tmp_path: Path) -> None:
    sealed = corpus(tmp_path, RIGHT).rename(tmp_path / "sealed.jsonl")
    with pytest.raises(CommandError, match="say --sealed"):
        evaluate(sealed)


def test_figures_of_some_codes_are_not_kept(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="leave out"):
        evaluate(corpus(tmp_path, RIGHT), write=True, codes="401-invalid-api-key", fixtures=tmp_path)
    assert not (tmp_path / "accuracy.json").exists()
