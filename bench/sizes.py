"""How long one lookup of a 2 KB and of a 64 KiB paste takes: `python -m bench.sizes`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from bench.catalogue import corpus_rows, handbook
from bench.clock import Summary, ms, summarise, usual, without_gc
from bench.noise import around, byte_length
from kb.evaluation import judge
from kb.lookup.engine import Engine

TODAY = date(2026, 11, 23)
SMALL, LARGE = 2 << 10, 64 << 10  # bytes of UTF-8
TARGETS = {SMALL: 0.5, LARGE: 20.0}  # milliseconds, of the median


@dataclass(frozen=True)
class Size:
    """One size measured. `right` of `times.count` pastes had the right answer among all that noise."""

    size: int
    times: Summary
    right: int


def pastes(rows: Sequence[dict[str, Any]], size: int, count: int) -> list[dict[str, Any]]:
    """At most `count` rows, drawn evenly, each padded with log lines to just under `size` bytes."""
    fitting = [row for row in rows if byte_length(row["text"]) < size]
    chosen = Random(size).sample(fitting, min(count, len(fitting)))
    return [{**row, "text": around(row["text"], size, seed)} for seed, row in enumerate(chosen)]


def measure(engine: Engine, rows: Sequence[dict[str, Any]], size: int, count: int, repeats: int) -> Size:
    chosen = pastes(rows, size, count)
    right = sum(judge(row, engine.lookup(row["text"], TODAY)).right for row in chosen)
    with without_gc():
        times = [usual(lambda row=row: engine.lookup(row["text"], TODAY), repeats) for row in chosen]  # type: ignore[misc]
    return Size(size, summarise(times), right)


def table(sizes: Sequence[Size]) -> list[str]:
    lines = ["| paste | median [quartiles] | p95 | slowest | target | pastes, right |", "|---|---|---|---|---|---|"]
    for size in sizes:
        times, target = size.times, TARGETS[size.size]
        met = "met" if times.median <= target else "missed"
        lines.append(
            f"| {size.size / 1024:g} KiB | {times} | {ms(times.p95)} | {ms(times.worst)} "
            f"| {ms(target)}: {met} | {times.count}, {size.right} |"
        )
    return lines


def run(rows: Sequence[dict[str, Any]], quick: bool = False) -> list[str]:
    engine = handbook().engine
    small, large, repeats = (60, 12, 3) if quick else (len(rows), 60, 5)
    sizes = [measure(engine, rows, SMALL, small, repeats), measure(engine, rows, LARGE, large, repeats)]
    return table(sizes)


if __name__ == "__main__":
    print("\n".join(run(corpus_rows())))
