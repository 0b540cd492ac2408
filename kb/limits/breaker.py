"""A server that is gone is asked once in a while, not by every reader."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from kb.observe.metrics import count_fault

T = TypeVar("T")
PAUSE = 5.0  # seconds without a question after one that failed


def _failures() -> tuple[type[Exception], ...]:
    """Asked for when something was raised: a process without Redis never loads its library, 7 MB."""
    from redis.exceptions import RedisError

    return RedisError, OSError


class Breaker:
    """After a failure the others do without, until one question, by one thread, is answered again."""

    def __init__(self, pause: float = PAUSE) -> None:
        self._pause = pause
        self._failed = False
        self._again = float("-inf")

    def call(self, ask: Callable[[], T], otherwise: Callable[[], T]) -> T:
        """The answer; `otherwise` when the server does not give one, or did not a moment ago."""
        if self._failed:
            now = time.monotonic()
            if now < self._again:
                return otherwise()
            self._again = now + self._pause  # before asking: other threads do not wait for the same time-out
        try:
            answer = ask()
        except _failures():
            count_fault("redis")
            self._failed, self._again = True, time.monotonic() + self._pause
            return otherwise()
        self._failed = False
        return answer
