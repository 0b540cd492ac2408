"""The measured figures, kept in `accuracy.json` beside the fixtures: what `evaluate --write` wrote."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

NAME = "accuracy.json"
Count = Annotated[int, Field(ge=0)]


@dataclass(frozen=True)
class Score:
    """One line of a table. Of `rows` pastes that have an entry, `top1` and `top3` were right; of `none` that belong to
    no entry, `wrong` were answered as likely or above and `possible` only as possible."""

    name: str
    measured: date
    rows: Count
    top1: Count
    top3: Count
    none: Count
    wrong: Count
    possible: Count

    def __post_init__(self) -> None:
        if not self.top1 <= self.top3 <= self.rows or self.wrong + self.possible > self.none:
            raise ValueError("more pastes are counted than there are")


@dataclass(frozen=True)
class Accuracy:
    """The tables, best known first: per corpus, client, language and form."""

    corpus: tuple[Score, ...] = ()
    client: tuple[Score, ...] = ()
    language: tuple[Score, ...] = ()
    form: tuple[Score, ...] = ()


ADAPTER = TypeAdapter(Accuracy)


def read_accuracy(folder: Path) -> Accuracy:
    """The figures; empty when none were ever written. Raises ValueError naming what is wrong with the file."""
    path = folder / NAME
    try:
        return ADAPTER.validate_json(path.read_bytes()) if path.exists() else Accuracy()
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        raise ValueError(f"{NAME}: {'.'.join(map(str, problem['loc']))}: {problem['msg']}") from None


def write_accuracy(folder: Path, accuracy: Accuracy) -> None:
    (folder / NAME).write_bytes(ADAPTER.dump_json(accuracy, indent=1) + b"\n")


def check_accuracy(folder: Path) -> list[str]:
    """What is wrong with the file, if anything."""
    try:
        read_accuracy(folder)
    except ValueError as error:
        return [str(error)]
    return []


def accuracy_digest(folder: Path) -> bytes:
    """Tells one file from another; empty when there is none."""
    path = folder / NAME
    return hashlib.sha256(path.read_bytes()).digest() if path.exists() else b""
