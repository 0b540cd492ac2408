"""What processes cost, from /proc: seconds of processor time, MiB of memory."""

from __future__ import annotations

import os
from pathlib import Path

PROC = Path("/proc")
_TICK = os.sysconf("SC_CLK_TCK")


def children(pid: int) -> list[int]:
    """The processes that a process started and that still run."""
    try:
        return [int(child) for child in (PROC / f"{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def family(pid: int) -> list[int]:
    """A process and all below it."""
    return [pid, *(member for child in children(pid) for member in family(child))]


def seconds(pid: int) -> float:
    """Processor time of a process and of all below it, in user and kernel mode."""
    return sum(_own_seconds(member) for member in family(pid))


def _own_seconds(pid: int) -> float:
    try:
        fields = (PROC / f"{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICK


def busy() -> float:
    """Processor seconds that the whole machine spent on anything since it started."""
    fields = [int(field) for field in (PROC / "stat").read_text().splitlines()[0].split()[1:9]]
    idle = fields[3] + fields[4]
    return (sum(fields) - idle) / _TICK


def memory(pid: int) -> tuple[float, float]:
    """RSS and PSS of one process, in MiB. Raises OSError when it is gone."""
    lines = (PROC / f"{pid}/smaps_rollup").read_text().splitlines()[1:]
    sizes = {line.partition(":")[0]: int(line.split()[1]) / 1024 for line in lines}
    return sizes["Rss"], sizes["Pss"]
