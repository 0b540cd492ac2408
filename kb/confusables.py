"""Pairs of entries that readers mix up. Used by `manage.py try` and by the test that holds them apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from kb.evaluation import ANSWERED
from kb.lookup.result import Match


@dataclass(frozen=True)
class Confusable:
    """`text` must be answered with `wanted`; `other` may not be offered as likely. `why` tells them apart."""

    wanted: str
    other: str
    text: str
    why: str

    def holds(self, matches: Sequence[Match]) -> bool:
        first = matches[0].code if matches else None
        return first == self.wanted and not any(m.code == self.other and m.confidence in ANSWERED for m in matches)


def read_confusables(path: Path) -> list[Confusable]:
    """Rows of a confusables file. Raises ValueError naming the row that is not one, or the file."""
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(f"{path}: {' '.join(str(error).split())}") from None
    rows = []
    for number, row in enumerate(given if isinstance(given, list) else [given], 1):
        try:
            wanted, other = row["pair"]
            rows.append(Confusable(wanted, other, row["text"], row["why"]))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path}: row {number}: not a pair of confusables ({error!r})") from None
    return rows
