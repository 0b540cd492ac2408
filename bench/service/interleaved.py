"""Comparing servers on a machine that is never quite quiet: short turns, A B A B, and the median of the ratios."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from bench.service.wrk import Load


@dataclass(frozen=True)
class Ratio:
    """The median of the rounds' ratios with its quartiles."""

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.median:.2f} [{self.low:.2f} … {self.high:.2f}]"


def rounds(turns: Mapping[str, Callable[[], Load]], count: int) -> dict[str, list[Load]]:
    """Every turn once in each round; the order is reversed in every other round. The first, to warm up, is left out."""
    found: dict[str, list[Load]] = {name: [] for name in turns}
    for index in range(count + 1):
        for name in list(turns) if index % 2 else reversed(list(turns)):
            load = turns[name]()
            if index:
                found[name].append(load)
    return found


def ratio(over: Sequence[float], under: Sequence[float]) -> Ratio:
    """Round by round. Raises ValueError when they are not of the same rounds."""
    values = sorted(a / b for a, b in zip(over, under, strict=True))
    cuts = quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    return Ratio(median(values), cuts[0], cuts[2])


def rates(loads: Sequence[Load]) -> list[float]:
    return [load.rate for load in loads]


def p99s(loads: Sequence[Load]) -> list[float]:
    return [load.p99 for load in loads]


def verdict(value: float, target: float, most: bool = False) -> str:
    """`most`: the target is the most it may be; otherwise the least."""
    met = value <= target if most else value >= target
    return f"{'≤' if most else '≥'} {target:g}: {'met' if met else 'missed'}"


def shares(loads: Sequence[Load]) -> str:
    """Who had the cores, as medians over turns."""
    server, client, others = (
        median(getattr(load, name) for load in loads) * 100 for name in ("server", "client", "others")
    )
    return f"{server:.0f} % / {client:.0f} % / {others:.0f} %"
