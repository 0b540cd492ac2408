"""Taking time: nanoseconds, with the garbage collector off, summed up as median and quartiles."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter_ns


@dataclass(frozen=True)
class Summary:
    """All in milliseconds; `count` values were summed up."""

    count: int
    median: float
    low: float
    high: float
    p95: float
    worst: float

    def __str__(self) -> str:
        return f"{ms(self.median)} [{ms(self.low)} … {ms(self.high)}]"


def summarise(nanoseconds: Sequence[float]) -> Summary:
    """Median, quartiles, 95th percentile and maximum. Raises ValueError when there are no values."""
    if not nanoseconds:
        raise ValueError("nothing was measured")
    values = sorted(value / 1e6 for value in nanoseconds)
    cuts = quantiles(values, n=20, method="inclusive") if len(values) > 1 else values * 19
    return Summary(len(values), median(values), cuts[4], cuts[14], cuts[18], values[-1])


def ms(value: float) -> str:
    """Milliseconds with three significant digits."""
    return f"{value:.{3 if value < 1 else 2 if value < 10 else 1 if value < 100 else 0}f} ms"


def once(call: Callable[[], object]) -> int:
    """Nanoseconds that one call takes."""
    start = perf_counter_ns()
    call()
    return perf_counter_ns() - start


def usual(call: Callable[[], object], repeats: int) -> float:
    """The median of some calls, in nanoseconds."""
    return median(once(call) for _ in range(repeats))


@contextmanager
def without_gc() -> Iterator[None]:
    """The collector runs before, not during, what is measured."""
    gc.collect()
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
