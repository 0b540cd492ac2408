"""The service behind gunicorn on loopback, as `make run` starts it."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from urllib.request import urlopen

from cluster.programs import ROOT, free_port


@contextmanager
def served(*arguments: str, publishes: bool = False) -> Iterator[str]:
    """The origin of a server with these arguments of gunicorn.

    Unless it `publishes`, it serves what this process has made and renders other pages when they are asked for: to
    render all of them for the port of each server would take longer than most tests.
    """
    with nullcontext() if publishes else _making_nothing(), _running(*arguments) as origin:
        yield origin


@contextmanager
def _making_nothing() -> Iterator[None]:
    """As long as this process has the lock, no worker takes itself for the one that makes the node's file."""
    with Path(os.environ.get("KB_VAR") or ROOT / "var", "node.lock").open("w") as lock:
        with suppress(BlockingIOError):  # another server's
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


@contextmanager
def _running(*arguments: str) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "kb.wsgi", "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    environment = {**os.environ, "PORT": str(port)}
    server = subprocess.Popen([*command, "--log-level", "warning", *arguments], env=environment)
    try:
        yield _ready(f"http://127.0.0.1:{port}")
    finally:
        server.terminate()
        server.wait(timeout=20)


def _ready(origin: str) -> str:
    for _ in range(100):
        try:
            with urlopen(f"{origin}/healthz", timeout=5):
                return origin
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")
