"""Servers for the time of a measurement: our nodes, the floor and the page from the database, on one command line."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.service.processes import children
from cluster.programs import ROOT, free_port, without_settings

OURS, FLOOR, FROM_DATABASE = "kb.wsgi", "bench.floor.wsgi", "bench.from_database.wsgi"
PATIENCE = 30.0  # seconds for a server to answer


@dataclass(frozen=True)
class Server:
    """`pid` is gunicorn's own; its workers are below it."""

    name: str
    port: int
    process: subprocess.Popen[bytes]

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def workers(self) -> list[int]:
        return children(self.pid)


def command(app: str, port: int, workers: int) -> list[str]:
    """The command line of gunicorn, with the configuration in `deploy/`; the same for every application."""
    config = ["--config", str(ROOT / "deploy" / "gunicorn.conf.py")]
    return [sys.executable, "-m", "gunicorn", *config, "--bind", f"127.0.0.1:{port}", "--workers", str(workers), app]


def environment(folder: Path, **more: str) -> dict[str, str]:
    """What a node of its own needs: `folder` holds the database, `folder/<node>` what the node keeps for itself.

    Pages are rendered for one origin, whichever port a node takes.
    """
    ours = {"KB_VAR": str(folder / "node-1"), "DATABASE_URL": f"sqlite:///{folder}/shared.sqlite3"}
    return clean() | ours | {"KB_BASE_URL": "http://127.0.0.1:8000"} | more


def clean() -> dict[str, str]:
    """Our environment without whatever configures a handbook; no limit on lookups."""
    return without_settings() | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "KB_LOOKUP_RATE": "off"}


def prepare(env: dict[str, str]) -> None:
    """Database, published handbook and static files, as before any start. Raises CalledProcessError."""
    run([sys.executable, "manage.py", "prepare"], env)


def beside(folder: Path, name: str) -> dict[str, str]:
    """The environment of another node on the same database, which has what the first one was prepared with."""
    shutil.copytree(folder / "node-1", folder / name, dirs_exist_ok=True)
    return environment(folder, KB_VAR=str(folder / name))


def run(words: Sequence[str], env: dict[str, str]) -> str:
    """Standard output of a command run in the project. Raises CalledProcessError with what it said."""
    return subprocess.run(words, env=env, cwd=ROOT, check=True, capture_output=True, text=True).stdout


@contextmanager
def serving(name: str, app: str, env: dict[str, str], workers: int = 1, cores: Sequence[int] = ()) -> Iterator[Server]:
    """A server on a free port, on some cores only if any are named, until the block ends. It writes `<name>.log`."""
    port = free_port()
    words = [*pinned(cores), *command(app, port, workers)]
    with (Path(env["KB_VAR"]).parent / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(words, env=env | {"PORT": str(port)}, cwd=ROOT, stdout=log, stderr=log)
    try:
        wait_until_open(port, process)
        yield Server(name, port, process)
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def pinned(cores: Sequence[int]) -> list[str]:
    taskset = shutil.which("taskset") if cores else None
    return [taskset, "--cpu-list", ",".join(map(str, cores))] if taskset else []


def wait_until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    """Raises RuntimeError when the server ends or does not listen in time."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.005)
    raise RuntimeError("a server did not start")
