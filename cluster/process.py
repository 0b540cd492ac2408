"""One process of the cluster with its children: started, stopped, paused, killed, measured."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from cluster.programs import ROOT, bound

STARTS_WITHIN = 60.0  # seconds; a busy machine migrates and renders slowly
STOPS_WITHIN = 25.0


class Failed(RuntimeError):
    """A process ended, or did not answer in time; the text holds the end of its log."""


class Process:
    """A program whose output goes to `<folder>/<name>.log`."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder
        self.log = folder / f"{name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def launch(
        self, command: Sequence[str], user: str = "", environment: Mapping[str, str] | None = None, cwd: Path = ROOT
    ) -> None:
        """Start the command in a session of its own, so that Ctrl-C reaches us alone."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                bound(command, user),
                env=environment,
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until(self, ready: Callable[[], bool], within: float = STARTS_WITHIN) -> None:
        """Wait until it answers. Raises Failed when it ended or takes too long."""
        end = time.monotonic() + within
        while not ready():
            if not self.running or time.monotonic() > end:
                raise Failed(f"{self.name} did not start:\n{self.tail()}")
            time.sleep(0.05)

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        assert self._process is not None, f"{self.name} was not started"
        return self._process.pid

    def tree(self) -> list[psutil.Process]:
        """The process and everything it started, parents first; empty when it does not run."""
        if not self.running:
            return []
        with suppress(psutil.NoSuchProcess):
            parent = psutil.Process(self.pid)
            return [parent, *parent.children(recursive=True)]
        return []

    def stop(self, within: float = STOPS_WITHIN) -> None:
        """Ask it to end, wait for it, and make sure that nothing of it is left."""
        members = self.tree()
        if self._process is None:
            return
        if self.running:
            self.resume()
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(within)
        _kill(members)
        self._process.wait()

    def kill(self) -> None:
        """SIGKILL to it and everything it started, as when a machine loses power."""
        _kill(self.tree())
        if self._process is not None:
            self._process.wait()

    def pause(self) -> None:
        """SIGSTOP: connections are still accepted by the kernel, and never answered."""
        _each(self.tree(), psutil.Process.suspend)

    def resume(self) -> None:
        _each(self.tree(), psutil.Process.resume)

    def signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def cpu_seconds(self) -> float:
        """Processor time of it and its children, also of those that ended and were waited for."""
        return sum(sum(times[:4]) for times in _each(self.tree(), psutil.Process.cpu_times))

    def rss(self) -> int:
        """Resident bytes of it and its children; shared pages are counted in each."""
        return sum(memory.rss for memory in _each(self.tree(), psutil.Process.memory_info))

    def tail(self, lines: int = 15) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else ""


def _each(members: Sequence[psutil.Process], do: Callable[[psutil.Process], Any]) -> list[Any]:
    """What it gives for each member that is still there."""
    given = []
    for member in members:
        with suppress(psutil.NoSuchProcess):
            given.append(do(member))
    return given


def _kill(members: Sequence[psutil.Process]) -> None:
    _each(members, psutil.Process.kill)
    psutil.wait_procs(members, timeout=5)
