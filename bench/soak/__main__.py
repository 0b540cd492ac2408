"""`make soak`: two nodes at a share of their capacity, for minutes, while an edit is published every five seconds."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from bench.catalogue import corpus_rows
from bench.conditions import machine, told, when
from bench.service.editor import Editor, seen
from bench.service.memory import pages
from bench.sizes import SMALL, pastes
from bench.soak import load, mix
from bench.soak.edits import watched
from bench.soak.load import Asked, Outcome
from bench.soak.report import table
from bench.soak.site import Site, site

SHARE = 0.7  # of capacity
WARM = 5  # publishes
ROUNDS, ROUND = 3, 10.0  # of measuring capacity; seconds of each


def run(minutes: float, share: float, workers: int, seconds: float = ROUND) -> Iterator[str]:
    texts = [row["text"] for row in pastes(corpus_rows(), SMALL, 200)]
    with site(workers) as found:
        yield from conditions(found, minutes, workers)
        asked = mix.build(f"127.0.0.1:{found.front[0]}", pages(found.front[0]), texts)
        warm(found)
        capacity = measured(found, asked, seconds)
        with watched(found) as beside:
            outcome = loaded(found, asked, minutes * 60, capacity * share)
        yield from table(capacity, share, outcome, beside)


def conditions(found: Site, minutes: float, workers: int) -> list[str]:
    shares = ", ".join(f"{share} % {kind}" for kind, share in mix.SHARES.items())
    return [
        "# Soak",
        "",
        "Made by `make soak`; do not edit.",
        "",
        f"- {when()}",
        f"- {machine()}, which the load generator shares",
        f"- two nodes with {workers} workers each, {found.name}; {minutes:g} minutes, after {WARM} publishes",
        f"- {shares}; 32 connections; times run from the moment a request was due",
        "",
    ]


def warm(found: Site) -> None:
    """Some publishes before anything is measured: from then on a worker has room for two handbooks."""
    with Editor(found.env) as editor:
        for number in range(-WARM, 0):
            code, _ = editor.edit(number)
            for port in found.nodes.values():
                seen(port, code, number)


def measured(found: Site, asked: Sequence[Asked], seconds: float) -> float:
    """Requests per second when every connection asks again at once: the median of some rounds, the first left out."""
    return median([loaded(found, asked, seconds, None).rate for _ in range(ROUNDS + 1)][1:])


def loaded(found: Site, asked: Sequence[Asked], seconds: float, rate: float | None) -> Outcome:
    return asyncio.run(load.make(found.front, asked, seconds, rate))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--share", type=float, default=SHARE, help="of the measured capacity")
    parser.add_argument("--workers", type=int, default=2, help="of each node")
    parser.add_argument("--out", type=Path, help="keep the report in this file")
    options = parser.parse_args()
    told(run(options.minutes, options.share, options.workers), options.out)


if __name__ == "__main__":
    main()
