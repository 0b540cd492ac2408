"""Counting judged rows into tables: per corpus, client, language and form."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date

from kb.content.accuracy import Accuracy, Score
from kb.evaluation import NONE, Outcome, within

HEAD = ("", "top-1", "top-3", "wrong on none", "possible on none")


def tables(outcomes: Sequence[Outcome], written: Collection[str], measured: date) -> Accuracy:
    """Every table of the outcomes. `written`: codes that have an entry."""

    def table(key: Callable[[Outcome], str]) -> tuple[Score, ...]:
        names = sorted({key(outcome) for outcome in outcomes})
        scores = [score(name, [o for o in outcomes if key(o) == name], written, measured) for name in names]
        return tuple(sorted(scores, key=lambda s: -s.rows))

    return Accuracy(
        corpus=table(lambda o: o.corpus),
        client=table(lambda o: o.client.partition(":")[0] or "other"),
        language=table(lambda o: o.language),
        form=table(lambda o: o.form),
    )


def score(name: str, outcomes: Sequence[Outcome], written: Collection[str], measured: date) -> Score:
    ours = [o for o in outcomes if o.label in written]
    none = [o for o in outcomes if o.label == NONE]
    return Score(
        name=name,
        measured=measured,
        rows=len(ours),
        top1=sum(o.right for o in ours),
        top3=sum(o.in_three for o in ours),
        none=len(none),
        wrong=sum(not o.right for o in none),
        possible=sum(o.right and o.confidence == "possible" for o in none),
    )


def lines(title: str, scores: Sequence[Score]) -> Iterator[str]:
    """A table as text, with its intervals."""
    yield ""
    yield _line(f"per {title}", HEAD[1:])
    for s in scores:
        counts = ((s.top1, s.rows), (s.top3, s.rows), (s.wrong, s.none), (s.possible, s.none))
        yield _line(f"  {s.name}", [interval(right, total) for right, total in counts])


def interval(right: int, total: int) -> str:
    """`9/10 90.0 % [59.6 … 98.2]`, or a dash of nothing."""
    if not total:
        return "–"
    return f"{fraction(right, total)} {within(right, total)}"


def fraction(right: int, total: int) -> str:
    """`9/10 90.0 %`; of something."""
    return f"{right}/{total} {100 * right / total:.1f} %"


def _line(name: str, cells: Sequence[str]) -> str:
    return (f"{name:<24}" + "".join(f"{cell:<34}" for cell in cells)).rstrip()
