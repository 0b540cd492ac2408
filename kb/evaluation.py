"""Scoring the lookup on labelled pastes. Used by `manage.py evaluate` and by the tests that hold the figures."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

from kb.content.recordings import Recording, read_file
from kb.lookup.result import Result

NONE = "none"
ANSWERED = ("certain", "likely")
GIVEN: dict[str, Any] = {"accept": [], "client": "", "lang": "", "form": "", "corpus": ""}  # what a row may leave out
FORMS = (
    ("ocr", re.compile(r"\bocr\b|screenshot|\bphoto\b")),
    ("description", re.compile(r"description|question")),
    ("recorded", re.compile(r"\brecorded\b")),
)


@dataclass(frozen=True)
class Outcome:
    """One row judged. `first` and `confidence` are of the first match, None when there is none."""

    label: str
    corpus: str
    client: str
    language: str
    form: str
    text: str
    right: bool
    in_three: bool
    first: str | None
    confidence: str | None

    @property
    def answered(self) -> bool:
        return self.confidence in ANSWERED


def read_corpus(path: Path) -> list[dict[str, Any]]:
    """Rows of a corpus file, or of a file of recordings (`.txt`). Raises ValueError naming what is not one."""
    if path.suffix == ".txt":
        return [_recorded(recording) for recording in read_file(path)]
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                row = json.loads(line)
                rows.append({**GIVEN, "corpus": path.stem, **row, "label": row["label"], "text": row["text"]})
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{path}:{number}: not a corpus row ({error!r})") from None
    return rows


def _recorded(recording: Recording) -> dict[str, Any]:
    """A recording as a row: its entry is the right answer."""
    told = {"text": recording.text, "label": recording.entry, "client": recording.client}
    return {**GIVEN, **told, "lang": "en", "form": "recorded", "corpus": "recorded"}


def judge(row: dict[str, Any], result: Result) -> Outcome:
    """A row is right when the first match is its label or accepted; a `none` row when nothing likely is answered."""
    row = {**GIVEN, **row}
    codes = [match.code for match in result.matches]
    wanted = {row["label"], *row["accept"]}
    first = result.matches[0] if result.matches else None
    confidence = first.confidence if first else None
    if row["label"] == NONE:
        right = first is None or first.code in wanted or confidence not in ANSWERED
        in_three = right
    else:
        right = bool(codes) and codes[0] in wanted
        in_three = bool(wanted & set(codes[:3]))
    return Outcome(
        row["label"],
        row["corpus"],
        row["client"],
        "zh-hans" if row["lang"].startswith("zh") else row["lang"],
        form(row),
        row["text"],
        right,
        in_three,
        first.code if first else None,
        confidence,
    )


def form(row: dict[str, Any]) -> str:
    """How the text came about: described in words, read by OCR, recorded from a client, seen in the wild, or written
    after documentation and samples, which is what any other form counts as."""
    named = next((name for name, pattern in FORMS if pattern.search(row["form"])), None)
    return named or ("wild" if row["corpus"].startswith("wild") else "other")


def wilson(right: int, total: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of a proportion."""
    if not total:
        return 0.0, 1.0
    z, p = 1.96, right / total
    centre, spread = p + z * z / (2 * total), z * sqrt(p * (1 - p) / total + z * z / (4 * total * total))
    return max(0.0, (centre - spread) / (1 + z * z / total)), min(1.0, (centre + spread) / (1 + z * z / total))


def within(right: int, total: int) -> str:
    """The same in per cent, `[59.6 … 98.2]`."""
    low, high = wilson(right, total)
    return f"[{100 * low:.1f} … {100 * high:.1f}]"


def share(name: str, outcomes: Sequence[Outcome], test: Callable[[Outcome], bool]) -> str:
    right = sum(1 for outcome in outcomes if test(outcome))
    percent = 100 * right / len(outcomes) if outcomes else 0.0
    return f"{name:<34}{right:>5}/{len(outcomes):<5}{percent:6.1f} %   {within(right, len(outcomes))}"


def report(outcomes: Sequence[Outcome], written: set[str], details: bool) -> str:
    """Totals, then (with `details`) per code and every miss. `written`: codes that have an entry."""
    ours = [o for o in outcomes if o.label in written]
    none = [o for o in outcomes if o.label == NONE]
    later = [o for o in outcomes if o.label != NONE and o.label not in written]
    lines = [
        share("top-1, codes with an entry", ours, lambda o: o.right),
        share("top-3, codes with an entry", ours, lambda o: o.in_three),
        share("wrong on none (likely or above)", none, lambda o: not o.right),
        share("only possible on none", none, lambda o: o.right and o.confidence == "possible"),
        share("answered outside accept, no entry", later, lambda o: o.first is not None and not o.right),
        *(
            share(
                f"right when {level}",
                [o for o in outcomes if o.confidence == level],
                lambda o: o.right and o.label != NONE,
            )
            for level in ("certain", "likely", "possible")
        ),
    ]
    return "\n".join([*lines, *(_details(ours, outcomes) if details else [])])


def _details(ours: Sequence[Outcome], outcomes: Sequence[Outcome]) -> list[str]:
    lines = ["", "per code"]
    lines += _groups(ours, lambda o: o.label)
    misses = [o for o in outcomes if (o in ours or o.label == NONE or o.first) and not o.right]
    lines += ["", f"misses ({len(misses)})"]
    lines += [f"  {o.label} ← {o.first} ({o.confidence}): {' '.join(o.text.split())[:160]}" for o in misses]
    return lines


def _groups(outcomes: Sequence[Outcome], key: Callable[[Outcome], str]) -> Iterable[str]:
    for name in sorted({key(outcome) for outcome in outcomes}):
        yield share("  " + name, [o for o in outcomes if key(o) == name], lambda o: o.right)
