"""An edit every few seconds, timed until each node shows it; and the memory of the workers meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench.service.editor import Editor, seen
from bench.service.processes import memory
from bench.soak.site import Site

EVERY = 5.0  # seconds


@dataclass
class Watched:
    """`publishing`: seconds of each edit with its publish. `shown`: node → seconds from then until every worker shows
    it, None when it does not. `memory`: (seconds since the start, MiB of RSS of all workers)."""

    publishing: list[float] = field(default_factory=list)
    shown: dict[str, list[float | None]] = field(default_factory=dict)
    memory: list[tuple[float, float]] = field(default_factory=list)
    workers: set[int] = field(default_factory=set)


@contextmanager
def watched(site: Site) -> Iterator[Watched]:
    """Edits and samples in threads of their own until the block ends."""
    found, over = Watched(), threading.Event()
    threads = [threading.Thread(target=task, args=(site, found, over)) for task in (_edit, _sample)]
    for thread in threads:
        thread.start()
    try:
        yield found
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _edit(site: Site, found: Watched, over: threading.Event) -> None:
    with Editor(site.env) as editor, ThreadPoolExecutor(len(site.nodes)) as pool:
        number, due = 0, time.monotonic()
        while not over.wait(max(0.0, due - time.monotonic())):
            code, seconds = editor.edit(number)
            times = pool.map(lambda port: seen(port, code, number), site.nodes.values())  # noqa: B023
            found.publishing.append(seconds)
            for node, took in zip(site.nodes, list(times), strict=True):
                found.shown.setdefault(node, []).append(took)
            number, due = number + 1, max(due + EVERY, time.monotonic())


def _sample(site: Site, found: Watched, over: threading.Event) -> None:
    began = time.monotonic()
    while not over.wait(1.0):
        workers = site.workers()
        found.workers |= set(workers)
        found.memory.append((time.monotonic() - began, sum(memory(pid)[0] for pid in workers)))
