"""A small part of `make fuzz`, the same texts every time; and that the command says what it finds."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from kb.handbook import current
from kb.lookup.engine import Engine
from tests.fuzz.__main__ import report
from tests.fuzz.mutate import LONGEST
from tests.fuzz.rules import SECRETS, hold, no_secret_is_left
from tests.fuzz.run import HERE, Findings, decoded, drawn, encoded, mutator

KEPT = sorted(HERE.glob("*/*.txt"))
TEXTS = 2000


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_kept_text_keeps_every_rule(path: Path) -> None:
    hold(current(), decoded(path.read_bytes()))


@pytest.mark.parametrize("seed", [1, 2])
def test_texts_changed_by_chance_keep_every_rule(seed: int) -> None:
    findings = Findings()
    for text in drawn(mutator(current()), TEXTS // 2, seed):
        findings.ask(current(), text)
    assert findings.inputs == TEXTS // 2
    assert not findings.failures, findings.failures[0]


def test_the_same_seed_makes_the_same_texts_none_too_long() -> None:
    texts, again = ([*islice(drawn(mutator(current()), 300, 3), 300)] for _ in range(2))
    assert texts == again
    assert len(set(texts)) > 250
    assert max(len(encoded(text)) for text in texts) <= LONGEST


@pytest.mark.parametrize("text", ["\ud800 half a pair", "a\x00b", "中文 e\u0301", ""])
def test_a_text_comes_back_from_its_file(text: str) -> None:
    assert decoded(encoded(text)) == text


def test_bytes_that_are_no_utf_8_are_a_text_as_well() -> None:
    assert decoded(b"\xff401") == "\udcff401"


def test_a_secret_that_is_left_is_noticed() -> None:
    with pytest.raises(AssertionError, match="a secret is left"):
        no_secret_is_left(f"the key {SECRETS[0]}", f"the key {SECRETS[0]}", "")


def test_what_was_raised_is_kept_shown_and_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    findings, lookup = Findings(), Engine.lookup

    def spoilt(self: Engine, text: str, *given: object, **named: object) -> object:
        result = lookup(self, text, *given, **named)  # type: ignore[arg-type]
        return replace(result, text="") if "Overloaded" in text else result

    monkeypatch.setattr(Engine, "lookup", spoilt)
    for text in ("invalid x-api-key", "Overloaded"):
        findings.ask(current(), text)
    assert not report(current(), findings, tmp_path)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["Overloaded"]
    said = capsys.readouterr().out
    assert "a span outside the text" in said
    assert "exceptions:  1" in said


def test_a_run_without_failures_says_its_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    findings = Findings()
    findings.ask(current(), "Overloaded")
    assert report(current(), findings, tmp_path) == ("over 50 ms:  0" in capsys.readouterr().out)
    assert not findings.failures
