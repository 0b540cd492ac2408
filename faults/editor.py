"""The writer's process, and what it was told."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from cluster import Node
from cluster.programs import ROOT, bound


@dataclass
class Edits:
    """Edits that were answered since the last `Editor.take()`."""

    acknowledged: list[int] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)  # the message of each
    slowest: float = 0.0  # seconds


class Editor:
    def __init__(self, node: Node) -> None:
        self._node = node
        self._edits = Edits()
        self._lock = threading.Lock()
        self.all: list[int] = []  # every acknowledged edit of the run

    def __enter__(self) -> Editor:
        self._process = subprocess.Popen(
            bound([sys.executable, "-m", "faults.writer"]),
            env=self._node.settings(),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=self._node.log.open("ab"),
            text=True,
        )
        self._thread = threading.Thread(target=self._listen, name="editor")
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()
        self._thread.join()

    def take(self) -> Edits:
        with self._lock:
            edits, self._edits = self._edits, Edits()
        return edits

    def newest(self) -> int:
        """0 before the first was acknowledged."""
        with self._lock:
            return self.all[-1] if self.all else 0

    def first_after(self, number: int) -> int:
        """The first acknowledged edit with a higher number; 0 when there is none yet."""
        with self._lock:
            return next((known for known in self.all if known > number), 0)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """While files are moved under the node; an edit under way then is neither counted nor looked for."""
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            told = json.loads(line)
            with self._lock:
                self._edits.slowest = max(self._edits.slowest, told["seconds"])
                if told["refused"]:
                    self._edits.refused.append(told["refused"])
                else:
                    self._edits.acknowledged.append(told["number"])
                    self.all.append(told["number"])
