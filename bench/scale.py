"""The same lookups with 10,000 entries: `python -m bench.scale`.

The measuring runs in a process of its own, so that its memory is only its own and a filter that cannot be compiled
is a line of the report.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from bench.catalogue import corpus_rows, handbook
from bench.clock import Summary, ms, once, summarise, without_gc
from bench.sizes import SMALL, TODAY, pastes
from bench.synthetic import enlarge, enlarge_texts
from kb.evaluation import judge
from kb.lookup.engine import Engine
from kb.lookup.rules import EntryText, Rules

if TYPE_CHECKING:
    from kb.handbook.types import Document

ENTRIES = 10_000
MOST = 2.0  # times the catalogue's own time
PATIENCE = 900  # seconds
_STATM = Path("/proc/self/statm")


@dataclass(frozen=True)
class Scale:
    """Seconds to build, MiB (None where the system does not tell), nanoseconds per paste, and right answers."""

    entries: int
    signatures: int
    build: tuple[float, float]
    memory: tuple[float, float] | None
    alone: list[float]
    large: list[float]
    right: tuple[int, int]


def measure(entries: int, rows: Sequence[dict[str, Any]], repeats: int = 3) -> Scale:
    """Both engines on the same pastes in turn. Raises what the engine raises when it cannot be built."""
    document = handbook().document
    rules, texts = document.rules, _texts(document)
    many, many_texts = enlarge(rules, entries), enlarge_texts(texts, entries)
    before = _resident()
    alone, build_alone = _built(rules, texts)
    between = _resident()
    large, build_large = _built(many, many_texts)
    after = _resident()
    engines = (alone, large)
    with without_gc():
        times = [_times(engines, row["text"], repeats) for row in rows]
    right = [sum(judge(row, engine.lookup(row["text"], TODAY)).right for row in rows) for engine in engines]
    return Scale(
        entries=entries,
        signatures=len(many.signatures),
        build=(build_alone, build_large),
        memory=(between - before, after - between) if before else None,
        alone=[pair[0] for pair in times],
        large=[pair[1] for pair in times],
        right=(right[0], right[1]),
    )


def _times(engines: tuple[Engine, Engine], text: str, repeats: int) -> list[float]:
    """The median nanoseconds of each engine, asked in turn."""
    runs = [[once(lambda engine=engine: engine.lookup(text, TODAY)) for engine in engines] for _ in range(repeats)]  # type: ignore[misc]
    return [median(run[index] for run in runs) for index in (0, 1)]


def _texts(document: Document) -> list[EntryText]:
    from kb.handbook.texts import texts  # Django is ready only by now

    return list(texts(document))


def _built(rules: Rules, texts: list[EntryText]) -> tuple[Engine, float]:
    start = perf_counter()
    built = Engine(rules, texts)
    return built, perf_counter() - start


def _resident() -> float:
    """Memory of this process in MiB, 0 where the system does not tell."""
    return int(_STATM.read_text().split()[1]) * 4096 / 2**20 if _STATM.exists() else 0.0


def table(scale: Scale) -> list[str]:
    alone, large = summarise(scale.alone), summarise(scale.large)
    ratio = large.median / alone.median
    lines = ["| rules | median [quartiles] | p95 | build | memory | right |", "|---|---|---|---|---|---|"]
    lines += [_line(scale, 0, "the catalogue alone", alone), _line(scale, 1, f"{scale.entries:,} entries", large)]
    verdict = "met" if ratio <= MOST else "missed"
    return [*lines, "", f"{scale.signatures:,} signatures; {ratio:.2f} × the time, target {MOST:g} ×: {verdict}"]


def _line(scale: Scale, index: int, name: str, times: Summary) -> str:
    memory = f"{scale.memory[index]:.0f} MiB" if scale.memory else "not known"
    return (
        f"| {name} | {times} | {ms(times.p95)} | {scale.build[index]:.1f} s | {memory} "
        f"| {scale.right[index]}/{times.count} |"
    )


def run(entries: int = ENTRIES, count: int = 200, patience: int = PATIENCE) -> list[str]:
    """The report, or one line that says why there is none."""
    command = [sys.executable, "-m", "bench.scale", "--json", "--entries", str(entries), "--pastes", str(count)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=patience, check=False)
    except subprocess.TimeoutExpired:
        return [f"{entries:,} entries: not built and measured within {patience} s"]
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]
        return [f"{entries:,} entries: failed ({reason})"]
    found = json.loads(done.stdout.splitlines()[-1])
    return table(Scale(**found))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=ENTRIES)
    parser.add_argument("--pastes", type=int, default=200)
    parser.add_argument("--json", action="store_true", help="measure in this process, print the raw figures")
    options = parser.parse_args()
    if options.json:
        rows = pastes(corpus_rows(), SMALL, options.pastes)
        print(json.dumps(asdict(measure(options.entries, rows))))
    else:
        print("\n".join(run(options.entries, options.pastes)))


if __name__ == "__main__":
    main()
