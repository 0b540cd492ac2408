"""`make cluster` comes up, answers everywhere, leaves nothing, and comes up again on what it kept."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx
import psutil
import pytest

from cluster import Cluster
from cluster.programs import ROOT, Missing, free_port, program
from tests.apart import heed_ctrl_c


@pytest.fixture(scope="module", autouse=True)
def _installed() -> None:
    try:
        for name, package in (("initdb", "PostgreSQL"), ("redis-server", "Redis"), ("nginx", "nginx")):
            program(name, package)
    except Missing as reason:
        pytest.skip(str(reason))


def start(folder: Path, port: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "cluster", "--workers", "1", "--folder", str(folder), "--port", str(port)]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, preexec_fn=heed_ctrl_c
    )


def told(running: subprocess.Popen[str]) -> str:
    """What it prints until it says how to stop it."""
    assert running.stdout
    lines = []
    for line in running.stdout:
        lines.append(line)
        if "Ctrl-C" in line:
            return "".join(lines)
    raise AssertionError("".join(lines))


def test_the_cluster_starts_answers_stops_without_a_trace_and_starts_again() -> None:
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="kb-cluster-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL's own user goes through it
        for _ in range(2):
            family = used(start(Path(folder) / "cluster", port))
            assert len(family) > 8
            assert not [process for process in family if process.is_running()]


def used(running: subprocess.Popen[str]) -> list[psutil.Process]:
    """Its processes, after all three addresses have answered and Ctrl-C has ended it."""
    try:
        addresses = re.findall(r"http://127\.0\.0\.1:\d+", told(running))
        assert [httpx.get(f"{address}/readyz", timeout=20).status_code for address in addresses] == [200] * 3
        family = psutil.Process(running.pid).children(recursive=True)
        running.send_signal(signal.SIGINT)
        running.wait(120)
    finally:
        running.kill()
    return family


def test_several_nodes_cannot_share_a_sqlite_file() -> None:
    with pytest.raises(ValueError, match="belongs to one machine"):
        Cluster(nodes=2, servers=False)
