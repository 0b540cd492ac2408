"""Load at a constant rate, or as fast as it goes: how many requests, how long each took, which failed and why."""

from __future__ import annotations

import asyncio
import time
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from bench.soak.connection import Connection

PATIENCE = 10.0  # seconds for an answer


@dataclass(frozen=True)
class Asked:
    """A request as bytes, what it is called in the mix, and the status that is right."""

    kind: str
    data: bytes
    status: int


@dataclass
class Outcome:
    """`times`: milliseconds from the moment a request was due, by kind. `failed`: reason → how many."""

    times: dict[str, array[float]] = field(default_factory=dict)
    failed: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    late: int = 0  # requests sent over 50 ms after they were due, since every connection was busy

    @property
    def answered(self) -> int:
        return sum(map(len, self.times.values()))

    @property
    def rate(self) -> float:
        return self.answered / self.seconds


async def make(
    ports: Sequence[int], mix: Sequence[Asked], seconds: float, rate: float | None, connections: int = 32
) -> Outcome:
    """Requests of the mix in turn over all ports for some seconds; `rate` per second in all, None for all that goes."""
    outcome, turns, began = Outcome(), count(), time.perf_counter()
    lines = [Connection(ports[index % len(ports)]) for index in range(connections)]
    await asyncio.gather(*(_work(line, mix, turns, began, seconds, rate, outcome) for line in lines))
    outcome.seconds = time.perf_counter() - began
    for line in lines:
        line.close()
    return outcome


async def _work(
    line: Connection,
    mix: Sequence[Asked],
    turns: count[int],
    began: float,
    seconds: float,
    rate: float | None,
    outcome: Outcome,
) -> None:
    """One connection: takes the next request, waits until it is due, asks."""
    for turn in turns:
        passed = time.perf_counter() - began
        due = turn / rate if rate else passed
        if due >= seconds:
            return
        if due > passed:
            await asyncio.sleep(due - passed)
        outcome.late += time.perf_counter() - began - due > 0.05
        await _ask(line, mix[turn % len(mix)], began + due, outcome)


async def _ask(line: Connection, asked: Asked, due: float, outcome: Outcome) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            status = await line.ask(asked.data)
    except OSError as error:  # TimeoutError is one, too
        line.close()
        outcome.failed[f"{asked.kind}: {type(error).__name__}"] += 1
        return
    if status != asked.status:
        outcome.failed[f"{asked.kind}: {status}"] += 1
        return
    outcome.times.setdefault(asked.kind, array("f")).append((time.perf_counter() - due) * 1e3)
