"""Requests as fast as a server answers them, by wrk, with what they cost both sides."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.service.processes import busy, seconds
from bench.service.servers import Server, pinned

_SCRIPT = """
local all, turn = {%s}, %d
request = function() turn = turn %% #all + 1; return all[turn] end
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format("\\nkb %%d %%d %%d %%d %%d\\n", summary.requests, summary.duration,
    e.connect + e.read + e.write + e.timeout + e.status, latency:percentile(50), latency:percentile(99)))
end
"""


class Missing(RuntimeError):
    """There is no wrk to make load with."""


@dataclass(frozen=True)
class Load:
    """Requests per second, failures, milliseconds; shares of all cores' time: servers, wrk, everything else."""

    rate: float
    failed: int
    p50: float
    p99: float
    server: float
    client: float
    others: float


def need() -> None:
    """Raises Missing."""
    if not shutil.which("wrk"):
        raise Missing("wrk is not installed")


def load(
    server: Server | Sequence[Server],
    requests: Sequence[bytes],
    duration: float,
    connections: int = 8,
    cores: Sequence[int] = (),
) -> Load:
    """Load on one server, or on several at once, each with its share of the connections.

    wrk counts whole seconds, so `duration` is rounded up. Raises RuntimeError when wrk fails.
    """
    need()
    servers = [server] if isinstance(server, Server) else list(server)
    with tempfile.TemporaryDirectory(prefix="kb-wrk-") as folder:
        before, began = _spent(servers), time.perf_counter()
        each = max(1, connections // len(servers))
        runs = [_start(one, requests, duration, each, cores, Path(folder)) for one in servers]
        outputs = [run.communicate()[0] for run in runs]
        cost, wall = _spent(servers), time.perf_counter() - began
    if any(run.returncode for run in runs):
        raise RuntimeError("wrk failed")
    shares = [(after - at) / wall / (os.cpu_count() or 1) for at, after in zip(before, cost, strict=True)]
    return _summed([_read(output) for output in outputs], *shares)


def _start(
    server: Server, requests: Sequence[bytes], duration: float, connections: int, cores: Sequence[int], folder: Path
) -> subprocess.Popen[str]:
    script = folder / f"{server.port}.lua"
    script.write_bytes(_script(requests, server.port))
    often = ["-t1", f"-c{connections}", f"-d{max(1, round(duration + 0.4))}s", "--timeout", "10s"]
    words = [*pinned(cores), "wrk", *often, "-s", str(script), f"http://127.0.0.1:{server.port}"]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def _script(requests: Sequence[bytes], port: int) -> bytes:
    """The script with every request as a Lua string; each server starts at another one."""
    strings = ", ".join('"' + "".join(f"\\{byte:03d}" for byte in request) + '"' for request in requests)
    return (_SCRIPT % (strings, port % len(requests))).encode()


def _read(output: str) -> tuple[float, int, float, float]:
    """Rate, failures, median and p99 in milliseconds."""
    line = next(line for line in output.splitlines() if line.startswith("kb "))
    count, micros, failed, p50, p99 = map(int, line.split()[1:])
    return count / micros * 1e6, failed, p50 / 1e3, p99 / 1e3


def _summed(runs: Sequence[tuple[float, int, float, float]], server: float, client: float, whole: float) -> Load:
    rates, failed, p50, p99 = zip(*runs, strict=True)
    return Load(sum(rates), sum(failed), max(p50), max(p99), server, client, max(0.0, whole - server - client))


def _spent(servers: Sequence[Server]) -> tuple[float, float, float]:
    """Seconds of the servers, of the programs that this process has waited for, of the whole machine."""
    waited = os.times()
    return sum(seconds(server.pid) for server in servers), waited.children_user + waited.children_system, busy()
