"""Which attempt a request is: told by the SDK, or counted for ten minutes."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.cache import cache

from kb.limits.breaker import Breaker
from kb.replay.options import Options

KEPT = 600  # seconds
_breaker = Breaker()


def attempt(options: Options, code: str, headers: Mapping[str, str]) -> int:
    """Which attempt a request is, from 1: counted with `run`, else as the official SDKs tell it, else the first."""
    if options.run:
        return _breaker.call(lambda: _counted(f"replay:{code}:{options.run}"), lambda: _told(headers))
    return _told(headers)


def _told(headers: Mapping[str, str]) -> int:
    told = headers.get("x-stainless-retry-count", "")
    return 1 + int(told) if told.isascii() and told.isdecimal() and len(told) < 5 else 1


def _counted(key: str) -> int:
    """A count that is dropped meanwhile, since too many are kept, begins again."""
    cache.add(key, 0, KEPT)
    try:
        return cache.incr(key)
    except ValueError:
        return 1
