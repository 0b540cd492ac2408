"""The service behind gunicorn on loopback, as `make run` starts it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import urlopen

from cluster.programs import free_port


@contextmanager
def served(*arguments: str) -> Iterator[str]:
    """The origin of a server with these arguments of gunicorn."""
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
