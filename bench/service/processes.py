"""What processes cost: seconds of processor time, MiB of memory."""

from __future__ import annotations

from contextlib import suppress

import psutil

_NOT_BUSY = ("idle", "iowait", "guest", "guest_nice")  # time of guests is in that of users already


def children(pid: int) -> list[int]:
    """The processes that a process started and that still run."""
    with suppress(psutil.NoSuchProcess):
        return [child.pid for child in psutil.Process(pid).children()]
    return []


def seconds(pid: int) -> float:
    """Processor time of a process and of all below it, in user and kernel mode."""
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        return sum(map(_own_seconds, [process, *process.children(recursive=True)]))
    return 0.0


def _own_seconds(process: psutil.Process) -> float:
    with suppress(psutil.NoSuchProcess):
        times = process.cpu_times()
        return times.user + times.system
    return 0.0


def busy() -> float:
    """Processor seconds that the whole machine spent on anything since it started."""
    times: dict[str, float] = psutil.cpu_times()._asdict()
    return sum(spent for name, spent in times.items() if name not in _NOT_BUSY)


def memory(pid: int) -> tuple[float, float]:
    """RSS and PSS of one process, in MiB. Raises psutil.NoSuchProcess when it is gone."""
    found = psutil.Process(pid).memory_full_info()
    return found.rss / 2**20, found.pss / 2**20
