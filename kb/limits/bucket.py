"""Token buckets of one process, each kept as one number: when it will be full again (GCRA)."""

from __future__ import annotations

import threading
import time
from itertools import islice
from typing import Protocol

from kb.limits.rate import Rate

MOST = 10_000  # buckets that a process keeps; full ones go first, then the oldest
HAIR = 1e-6  # seconds; less is rounding


class Bucket(Protocol):
    def wait(self, key: str, rate: Rate) -> float: ...


class Local:
    """Buckets of this process. `wait` takes a token, or says how many seconds until there is one."""

    def __init__(self) -> None:
        self._full: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, key: str, rate: Rate) -> float:
        now = time.monotonic()
        with self._lock:
            full = max(self._full.get(key, now), now) + rate.every
            excess = full - now - rate.period
            if excess > HAIR:
                return excess
            self._full[key] = full
            if len(self._full) > MOST:
                self._full = _without_old(self._full, now)
        return 0.0


def _without_old(full: dict[str, float], now: float) -> dict[str, float]:
    live = {key: until for key, until in full.items() if until > now}
    return dict(islice(live.items(), max(0, len(live) - MOST // 2), None)) if len(live) > MOST // 2 else live
