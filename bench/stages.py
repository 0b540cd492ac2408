"""Where the time of a lookup goes: `python -m bench.stages`. The lookup itself holds no measuring code:
its functions are wrapped from outside for the time of the run."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, wraps
from importlib import import_module
from statistics import median
from time import perf_counter_ns
from types import GeneratorType
from typing import Any

from bench.catalogue import corpus_rows, handbook
from bench.clock import without_gc
from bench.sizes import LARGE, SMALL, TODAY, pastes
from kb.lookup.engine import Engine

# Stage → functions, as module:name or module:class.name. A stage's time is without that of stages called inside it.
STAGES = {
    "redact": ("kb.lookup.paste:find", "kb.lookup.paste:cut"),
    "clean": ("kb.lookup.paste:plain", "kb.lookup.paste:plain_and_unwrapped"),
    "clean: unwrap": ("kb.lookup.clean:unwrap",),
    "views: squashed": ("kb.lookup.paste:Version.squashed",),
    "views: joined": ("kb.lookup.paste:Version.joined",),
    "views: folded": ("kb.lookup.paste:Version.folded",),
    "views: repaired": ("kb.lookup.paste:Version.repaired",),
    "wording: phrases": ("kb.lookup.signatures:PhraseBook.find",),
    "wording: patterns": ("kb.lookup.signatures:PatternBook.find",),
    "wording: messages": ("kb.lookup.facts:Reading.messages",),
    "wording: the rest": ("kb.lookup.sight:Wording.find",),
    "facts: cues": ("kb.lookup.cues:CueBook.read",),
    "facts: context": ("kb.lookup.engine:_context",),
    "facts: the rest": ("kb.lookup.engine:Engine._read",),
    "names": ("kb.lookup.names:Names.find",),
    "rank": ("kb.lookup.rank:rank",),
    "description": ("kb.lookup.engine:read_description", "kb.lookup.engine:described"),
    "model": ("kb.lookup.engine:Engine._suggestion",),
}
REST = "all else"


class Meter:
    """Nanoseconds per stage of the lookup that runs. Stages nest; each is charged for its own time only."""

    def __init__(self) -> None:
        self.spent: dict[str, int] = {}
        self._inner: list[int] = []

    def reset(self) -> None:
        self.spent, self._inner = {}, []

    def wrap(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def timed(*args: Any, **named: Any) -> Any:
            self._inner.append(0)
            start = perf_counter_ns()
            result = function(*args, **named)
            if isinstance(result, GeneratorType):
                result = iter(list(result))
            took = perf_counter_ns() - start
            self.spent[stage] = self.spent.get(stage, 0) + took - self._inner.pop()
            if self._inner:
                self._inner[-1] += took
            return result

        return timed


@contextmanager
def measured(meter: Meter) -> Iterator[list[str]]:
    """Every stage wrapped; yields the functions that no longer exist under their name."""
    undo: list[Callable[[], None]] = []
    missing = []
    for stage, names in STAGES.items():
        for name in names:
            try:
                undo.append(_replace(name, lambda function, stage=stage: meter.wrap(stage, function)))  # type: ignore[misc]
            except (AttributeError, KeyError):
                missing.append(name)
    try:
        yield missing
    finally:
        for step in undo:
            step()


def _replace(name: str, wrap: Callable[[Callable[..., Any]], Callable[..., Any]]) -> Callable[[], None]:
    """Wrap a function, method or cached property where it stands; returns what undoes it."""
    module, _, path = name.partition(":")
    owner: Any = import_module(module)
    *parents, last = path.split(".")
    for parent in parents:
        owner = getattr(owner, parent)
    found = owner.__dict__[last]
    if isinstance(found, cached_property):
        inner = found.func
        found.func = wrap(inner)
        return lambda: setattr(found, "func", inner)
    setattr(owner, last, wrap(found))
    return lambda: setattr(owner, last, found)


def profile(engine: Engine, texts: Sequence[str], repeats: int) -> tuple[dict[str, float], list[str]]:
    """Median microseconds per stage over the texts, "total" last, and the functions that were not found."""
    meter, rows = Meter(), []
    whole = meter.wrap(REST, engine.lookup)
    with measured(meter) as missing, without_gc():
        for text in texts:
            rows.append(_usual(meter, lambda text=text: whole(text, TODAY), repeats))  # type: ignore[misc]
    stages = [*STAGES, REST]
    result = {stage: median(row.get(stage, 0.0) for row in rows) for stage in stages}
    result["total"] = median(sum(row.values()) for row in rows)
    return result, missing


def _usual(meter: Meter, call: Callable[[], object], repeats: int) -> dict[str, float]:
    """Median microseconds of each stage over some calls."""
    runs = []
    for _ in range(repeats):
        meter.reset()
        call()
        runs.append(meter.spent)
    return {stage: median(run.get(stage, 0) for run in runs) / 1000 for stage in {s for run in runs for s in run}}


def table(small: dict[str, float], large: dict[str, float]) -> list[str]:
    lines = ["| stage, median µs | 2 KiB | share | 64 KiB | share |", "|---|---|---|---|---|"]
    for stage in small:
        cells = (f"{one[stage]:.0f} | {100 * one[stage] / one['total']:.0f} %" for one in (small, large))
        lines.append(f"| {stage} | {' | '.join(cells)} |")
    return lines


def run(rows: Sequence[dict[str, Any]], small: int = 200, large: int = 20, repeats: int = 3) -> list[str]:
    engine = handbook().engine
    results = []
    for size, count in ((SMALL, small), (LARGE, large)):
        result, missing = profile(engine, [row["text"] for row in pastes(rows, size, count)], repeats)
        results.append(result)
    return [*table(*results), *(f"not found: {name} (see STAGES in bench/stages.py)" for name in missing)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=200, help="pastes of 2 KiB")
    parser.add_argument("--large", type=int, default=20, help="pastes of 64 KiB")
    options = parser.parse_args()
    print("\n".join(run(corpus_rows(), options.small, options.large)))


if __name__ == "__main__":
    main()
