"""The measured figures beside the fixtures are checked, published, and noticed when they change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from kb.content.accuracy import NAME, Accuracy, Score, read_accuracy, write_accuracy
from kb.handbook import current
from tests.content.workshop import Workshop

TOO_MANY = """{"corpus": [{"name": "own", "measured": "2026-11-23", "rows": 1, "top1": 2, "top3": 2,
    "none": 0, "wrong": 0, "possible": 0}]}"""
FIGURES = Accuracy(corpus=(Score("own", date(2026, 11, 23), 9, 8, 9, 2, 1, 0),))


def test_figures_are_read_as_they_were_written(tmp_path: Path) -> None:
    assert read_accuracy(tmp_path) == Accuracy()
    write_accuracy(tmp_path, FIGURES)
    assert read_accuracy(tmp_path) == FIGURES


def test_figures_are_published_and_new_ones_are_noticed(loaded: Workshop, settings: Settings) -> None:
    settings.FIXTURES = loaded.folder
    write_accuracy(loaded.folder, FIGURES)
    assert loaded.load(if_changed=True).startswith("0 rows loaded")
    assert current().document.accuracy == FIGURES
    assert loaded.load(if_changed=True) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "Invalid JSON"),
        ('{"corpus": [{"name": "own"}]}', "corpus.0.measured: Field required"),
        (TOO_MANY, "corpus.0: Value error, more pastes are counted than there are"),
    ],
)
def test_a_file_that_is_not_right_is_refused_with_its_key(loaded: Workshop, text: str, said: str) -> None:
    loaded.path(NAME).write_text(text, encoding="utf-8")
    refusal = loaded.refusal()
    assert refusal.said.startswith(f"{NAME}: ")
    assert said in refusal.said
