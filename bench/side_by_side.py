"""This lookup beside other ways to search, on the same pastes in one run: `python -m bench.side_by_side`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import perf_counter_ns
from typing import Any

from bench.catalogue import corpus_rows, handbook
from bench.clock import Summary, ms, summarise, without_gc
from bench.peers import Answer, Peer, fts5, fuzzy, postgres
from bench.peers.loop import Loop
from bench.peers.ours import THRESHOLD, Ours
from bench.sizes import TODAY
from bench.texts import Source, gather
from kb.evaluation import NONE

MOST = 2.0  # times the time of BM25
SLOW = 20_000_000  # nanoseconds


@dataclass(frozen=True)
class Found:
    """What one peer made of the rows. Counts are of rows; `threshold` is below which it counts as silent."""

    name: str
    times: Summary
    forced: int
    right: int
    wrong: int
    threshold: float


@contextmanager
def peers(source: Source, ours: Ours) -> Iterator[tuple[list[Peer], list[str]]]:
    """All that can be built here, ours first, and why some cannot."""
    here: list[Peer] = [
        ours,
        fts5.Fts5(source),
        fts5.Fts5Wordings(source),
        fts5.Fts5Trigram(source),
        fuzzy.partial(source),
        fuzzy.token_set(source),
        Loop(source),
    ]
    try:
        with postgres.server() as link:
            yield [*here, postgres.FullText(link, source), postgres.Trigram(link, source)], []
    except postgres.Missing as reason:
        yield here, [f"PostgreSQL: skipped ({reason})"]


def measure(asked: Sequence[Peer], rows: Sequence[dict[str, Any]], rounds: int) -> list[Found]:
    """Each paste goes to every peer in turn; its time is the median of `rounds` (a slow peer is asked once)."""
    given: list[list[Answer | None]] = [[] for _ in asked]
    spent: list[list[float]] = [[] for _ in asked]
    with without_gc():
        for row in rows:
            for peer, answers, times in zip(asked, given, spent, strict=True):
                answer, first = _asked(peer, row["text"])
                answers.append(answer)
                again = 0 if first > SLOW else rounds - 1
                times.append(median([first, *(_asked(peer, row["text"])[1] for _ in range(again))]))
    return [_found(peer, rows, answers, times) for peer, answers, times in zip(asked, given, spent, strict=True)]


def _asked(peer: Peer, text: str) -> tuple[Answer | None, int]:
    """The answer and the nanoseconds it took."""
    start = perf_counter_ns()
    answer = peer.ask(text)
    return answer, perf_counter_ns() - start


def _found(
    peer: Peer, rows: Sequence[dict[str, Any]], answers: Sequence[Answer | None], spent: Sequence[float]
) -> Found:
    threshold = THRESHOLD if isinstance(peer, Ours) else best_threshold(rows, answers)
    right, wrong = score(rows, answers, threshold)
    return Found(peer.name, summarise(spent), score(rows, answers, float("-inf"))[0], right, wrong, threshold)


def score(rows: Sequence[dict[str, Any]], answers: Sequence[Answer | None], threshold: float) -> tuple[int, int]:
    """Labelled rows answered right, and `none` rows answered wrongly, when weaker answers are not given."""
    right = wrong = 0
    for row, answer in zip(rows, answers, strict=True):
        if answer is None or answer[1] < threshold:
            continue
        accepted = answer[0] in (row["label"], *row["accept"])
        right += row["label"] != NONE and accepted
        wrong += row["label"] == NONE and not accepted
    return right, wrong


def best_threshold(rows: Sequence[dict[str, Any]], answers: Sequence[Answer | None]) -> float:
    """Where right answers and right silence, each as a share, add up to most. Chosen on the rows it is scored on:
    that is in the peer's favour."""
    none = sum(row["label"] == NONE for row in rows)
    labelled = len(rows) - none

    def worth(threshold: float) -> float:
        right, wrong = score(rows, answers, threshold)
        return float(right / max(labelled, 1) - wrong / max(none, 1))

    return max(sorted({answer[1] for answer in answers if answer} | {float("-inf")}), key=worth)


def table(found: Sequence[Found], labelled: int, none: int) -> list[str]:
    lines = [
        "| | top-1, no threshold | top-1 | wrong on `none` | median [quartiles] | p95 | time ÷ ours |",
        "|---|---|---|---|---|---|---|",
    ]
    ours = found[0]
    for one in found:
        shares = (f"{100 * one.forced / max(labelled, 1):.1f} %", f"{100 * one.right / max(labelled, 1):.1f} %")
        lines.append(
            f"| {one.name} | {' | '.join(shares)} | {one.wrong}/{none} | {one.times} | {ms(one.times.p95)} "
            f"| {one.times.median / ours.times.median:.2f} |"
        )
    return lines


def against(ours: Found, other: Found, labelled: int) -> str:
    """Both ratios that count: of time, and of labelled pastes that got no right answer."""
    time = ours.times.median / other.times.median
    missed, theirs = labelled - ours.right, labelled - other.right
    errors = f"{theirs / missed:.1f} × our {missed}" if missed else "we miss none"
    return (
        f"Against {other.name}: {time:.2f} × its time (target {MOST:g} ×); "
        f"it misses {theirs} of {labelled} ({errors}), wrong on `none` {other.wrong}, ours {ours.wrong}."
    )


def run(rows: Sequence[dict[str, Any]], rounds: int = 3) -> list[str]:
    found = handbook()
    rows = [row for row in rows if row["label"] == NONE or row["label"] in found.entries]
    source = gather(found.document.entries, found.document.rules)
    none = sum(row["label"] == NONE for row in rows)
    with peers(source, Ours(found.engine, TODAY)) as (asked, skipped):
        results = measure(asked, rows, rounds)
    labelled = len(rows) - none
    lines = table(results, labelled, none)
    ratios = [against(results[0], other, labelled) for other in results[1:4]]
    return [f"{labelled} labelled pastes and {none} of `none`, as they are.", "", *lines, *skipped, "", *ratios]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    print("\n".join(run(corpus_rows(), parser.parse_args().rounds)))


if __name__ == "__main__":
    main()
