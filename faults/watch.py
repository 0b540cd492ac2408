"""What nodes say about themselves while a fault lasts."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter

import httpx

from cluster import Node

PATIENCE = 6.0  # seconds; `/readyz` itself gives each part two


def ready(node: Node) -> tuple[int, list[str]]:
    """The status of `/readyz`, 0 without an answer in time, and each part that is not ok with what is said of it."""
    status, body = _asked(node, "/readyz")
    if status not in (200, 503):
        return status, []
    return status, [
        f"{part} {state}" for part, state in json.loads(body).items() if isinstance(state, str) and state != "ok"
    ]


def sees(node: Node, number: int) -> bool:
    """Whether readers of the node see the edit."""
    return _asked(node, f"/e/edit-{number}")[0] == 301


def _asked(node: Node, path: str) -> tuple[int, str]:
    try:
        answer = httpx.get(f"{node.url}{path}", timeout=PATIENCE, trust_env=False)
    except httpx.HTTPError:
        return 0, ""
    return answer.status_code, answer.text


class Watch:
    """Asks every node twice a second, from a thread of its own, between `with` and its end."""

    def __init__(self, nodes: list[Node]) -> None:
        self._nodes = nodes
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch")
        self.ready: Counter[int] = Counter()
        self.healthy: Counter[int] = Counter()
        self.named: set[str] = set()  # parts that were not ok

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.is_set():
            for node in self._nodes:
                status, parts = ready(node)
                self.ready[status] += 1
                self.named.update(parts)
                self.healthy[_asked(node, "/healthz")[0]] += 1
            time.sleep(0.5)
