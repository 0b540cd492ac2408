"""A PostgreSQL server of our own on loopback; the superuser `postgres` needs no password."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg

from cluster.process import Failed, Process
from cluster.programs import bound, free_port, program

_USER = "postgres"
_SETTINGS = ("listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=100", "shared_buffers=64MB")


class Postgres(Process):
    """`settings` are added to what the server is started with, each as `name=value`."""

    def __init__(self, folder: Path, port: int = 0, settings: Sequence[str] = ()) -> None:
        super().__init__("postgres", folder)
        self.settings = (*_SETTINGS, *settings)
        self.port = port or free_port()
        self.data = folder / "postgres"
        self.url = f"postgres://{_USER}@127.0.0.1:{self.port}/handbook"

    def start(self) -> None:
        """Start the server, on a new empty database the first time. Raises Missing, Failed."""
        server = program("postgres", "PostgreSQL")
        fresh = not (self.data / "PG_VERSION").exists()
        if fresh:
            self._initialise()
        options = [part for setting in self.settings for part in ("-c", setting)]
        command = [server, "-D", str(self.data), "-p", str(self.port), *options]
        self.launch(command, user=_USER, environment=_environment(), cwd=self.data)
        self.wait_until(self.answers)
        if fresh:
            self.execute("CREATE DATABASE handbook ENCODING 'UTF8'", database="postgres")

    def restart(self) -> None:
        self.stop()
        self.start()

    def stop(self, within: float = 25.0) -> None:
        """A fast shutdown: connections are ended, what was committed is kept."""
        if self.running:
            self.resume()
            self.signal(signal.SIGINT)
        super().stop(within)

    def answers(self) -> bool:
        try:
            self.execute("SELECT 1", database="postgres")
        except psycopg.OperationalError:
            return False
        return True

    def execute(self, statement: str, database: str = "handbook") -> list[tuple[Any, ...]]:
        """Run one statement as superuser, outside a transaction; the rows it gives."""
        place = {"host": "127.0.0.1", "port": self.port, "user": _USER, "dbname": database}
        with psycopg.connect(**place, autocommit=True, connect_timeout=3) as link:  # type: ignore[arg-type]
            cursor = link.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def _initialise(self) -> None:
        """PostgreSQL refuses to run as root; then its own user runs it, and must own its folder."""
        self.data.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(self.data, _USER, _USER)
        command = [program("initdb", "PostgreSQL"), "-D", str(self.data), "-U", _USER, "-A", "trust"]
        done = subprocess.run(
            bound([*command, "-E", "UTF8", "--locale=C.UTF-8"], user=_USER),
            capture_output=True,
            text=True,
            env=_environment(),
            cwd="/",
            check=False,
        )
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise Failed(f"PostgreSQL cannot run in {self.data}: {reason}")


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}
