"""The slowest of many pastes made to be slow: `python -m bench.adversarial [--cases N] [--only name:seed]`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from statistics import median
from typing import Any

from bench.catalogue import corpus_rows, handbook
from bench.clock import ms, once, summarise, without_gc
from bench.hostile import GENERATORS, Words
from bench.noise import byte_length
from bench.sizes import LARGE, TODAY
from kb.lookup.engine import Engine

CASES = 10_000
MOST = 50.0  # milliseconds
SHOWN, AGAIN = 5, 40  # cases printed; cases measured again, so that a busy machine is not taken for a slow lookup
_SIZES = ((500, 4_000), (4_000, 16_000), (LARGE, LARGE))  # bytes
_SHARES = (7, 2, 1)


@dataclass(frozen=True)
class Case:
    """One paste; `name` and `seed` make it again."""

    name: str
    seed: int
    text: str

    def __str__(self) -> str:
        return f"{self.name}:{self.seed}"


@dataclass(frozen=True)
class Timed:
    """Nanoseconds: the first time, and the median of three more."""

    case: Case
    first: int
    again: float


def words(engine_phrases: Sequence[str], rows: Sequence[dict[str, Any]]) -> Words:
    return Words([phrase for phrase in engine_phrases if phrase], [row["text"] for row in rows])


def case(name: str, seed: int, source: Words) -> Case:
    """The paste of a generator and seed. Raises KeyError when there is no such generator."""
    random = Random(f"{name}:{seed}")
    size = random.randint(*random.choices(_SIZES, _SHARES)[0])
    return Case(name, seed, GENERATORS[name](random, size, source))


def cases(count: int, source: Words) -> Iterator[Case]:
    """The first `count` cases, one of each generator in turn."""
    names = list(GENERATORS)
    for number in range(count):
        seed, index = divmod(number, len(names))
        yield case(names[index], seed, source)


def measure(engine: Engine, chosen: Iterator[Case]) -> tuple[list[int], list[Timed]]:
    """Nanoseconds of every case, and the slowest measured again, slowest first."""
    times: list[int] = []
    slowest: list[tuple[int, Case]] = []
    with without_gc():
        for one in chosen:
            times.append(once(lambda text=one.text: engine.lookup(text, TODAY)))  # type: ignore[misc]
            slowest = sorted([*slowest, (times[-1], one)], key=lambda pair: -pair[0])[:AGAIN]
        timed = [Timed(one, first, _again(engine, one.text)) for first, one in slowest]
    return times, sorted(timed, key=lambda row: -row.again)


def _again(engine: Engine, text: str) -> float:
    return median(once(lambda: engine.lookup(text, TODAY)) for _ in range(3))


def table(times: Sequence[int], slowest: Sequence[Timed]) -> list[str]:
    summary, worst = summarise(times), slowest[0].again / 1e6
    lines = ["| slowest | bytes | median of three | first time |", "|---|---|---|---|"]
    for row in slowest[:SHOWN]:
        size = byte_length(row.case.text)
        lines.append(f"| `{row.case}` | {size:,} | {ms(row.again / 1e6)} | {ms(row.first / 1e6)} |")
    verdict = "met" if worst <= MOST else "missed"
    return [
        *lines,
        "",
        f"{len(times):,} cases: median {summary}, p95 {ms(summary.p95)}",
        f"slowest {ms(worst)}, target {ms(MOST)}: {verdict}",
    ]


def run(rows: Sequence[dict[str, Any]], count: int = CASES) -> list[str]:
    found = handbook()
    source = words([signature.phrase for signature in found.document.rules.signatures], rows)
    return table(*measure(found.engine, cases(count, source)))


def replay(rows: Sequence[dict[str, Any]], name: str, show: bool = False) -> list[str]:
    """One case again, with the size and start of its text. Raises KeyError for an unknown generator."""
    found = handbook()
    source = words([signature.phrase for signature in found.document.rules.signatures], rows)
    generator, _, seed = name.partition(":")
    one = case(generator, int(seed), source)
    lines = table(*measure(found.engine, iter([one])))
    return [*lines, "", one.text if show else repr(one.text[:300])]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--only", help="one case, as name:seed")
    parser.add_argument("--show", action="store_true", help="print the whole text of that case")
    options = parser.parse_args()
    rows = corpus_rows()
    print("\n".join(replay(rows, options.only, options.show) if options.only else run(rows, options.cases)))


if __name__ == "__main__":
    main()
