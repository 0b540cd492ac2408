"""From the start of gunicorn to the first answer, of a node that has been prepared."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from statistics import median

from bench.service.interleaved import verdict
from bench.service.recorded import lookup_request, page_request
from bench.service.servers import FLOOR, OURS, PATIENCE, command
from bench.service.wire import Line
from cluster.programs import ROOT, free_port

MOST = 2.0  # seconds
PASTE = "anthropic.AuthenticationError: Error code: 401 - invalid x-api-key"
ASKED: dict[str, Callable[[str], bytes]] = {"page": page_request, "lookup": lambda host: lookup_request(host, PASTE)}


def run(env: dict[str, str], times: int, workers: int = 2) -> list[str]:
    lines = ["| first answer | ours, median [range] | target | bare Django |", "|---|---|---|---|"]
    found: dict[tuple[str, str], list[float]] = {}
    for _ in range(times):
        for app in (OURS, FLOOR):
            for name in ASKED:
                found.setdefault((app, name), []).append(first_answer(app, env, name, workers))
    for name in ASKED:
        ours, floor = found[OURS, name], found[FLOOR, name]
        lines.append(
            f"| {name} | {median(ours):.2f} s [{min(ours):.2f} … {max(ours):.2f}] "
            f"| {verdict(median(ours), MOST, most=True)} | {median(floor):.2f} s |"
        )
    return lines


def first_answer(app: str, env: dict[str, str], name: str, workers: int) -> float:
    """Seconds until 200. Raises RuntimeError when there is none in time."""
    port = free_port()
    began = time.perf_counter()
    process = subprocess.Popen(command(app, port, workers), env=env | {"PORT": str(port)}, cwd=ROOT)
    try:
        while time.perf_counter() - began < PATIENCE:
            if _answers(port, name):
                return time.perf_counter() - began
            time.sleep(0.002)
        raise RuntimeError("no answer")
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _answers(port: int, name: str) -> bool:
    try:
        with Line(port) as line:
            return line.ask(ASKED[name](line.host)).status == 200
    except OSError:
        return False
