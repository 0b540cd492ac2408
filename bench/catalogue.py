"""The real handbook and the public corpora, for every part of the benchmark."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
from django.apps import apps
from django.core.management import call_command

from kb.evaluation import read_corpus

if TYPE_CHECKING:
    from kb.handbook import Handbook

CORPUS = Path(__file__).resolve().parent.parent / "tests" / "corpus"
FILES = ("dev.jsonl", "own.jsonl", "wild.jsonl", "wild2.jsonl")


def handbook() -> Handbook:
    """The handbook of the committed fixtures, loaded first when this process has no Django yet."""
    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kb.settings")
        django.setup()
        call_command("prepare")
    from kb.handbook import current

    return current()


def corpus_rows() -> list[dict[str, Any]]:
    """Every row of the public corpora, in the order of the files."""
    return [row for name in FILES for row in read_corpus(CORPUS / name)]
