"""Whether a request still fails: which attempt it is, told by the SDK or counted for ten minutes."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.cache import cache

from kb.limits.breaker import Breaker
from kb.replay.options import Options

KEPT = 600  # seconds
_breaker = Breaker()


def still_fails(options: Options, code: str, headers: Mapping[str, str]) -> bool:
    """Without `times` always; without `run` and without the header of the official SDKs each request is the first."""
    return options.times is None or _attempt(options, code, headers) < options.times


def _attempt(options: Options, code: str, headers: Mapping[str, str]) -> int:
    """How many attempts were before this one; what the client tells when they cannot be counted."""
    if options.run:
        return _breaker.call(lambda: _counted(f"replay:{code}:{options.run}"), lambda: _told(headers))
    return _told(headers)


def _told(headers: Mapping[str, str]) -> int:
    told = headers.get("x-stainless-retry-count", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 5 else 0


def _counted(key: str) -> int:
    """A count that is dropped meanwhile, since too many are kept, begins again."""
    cache.add(key, 0, KEPT)
    try:
        return cache.incr(key) - 1
    except ValueError:
        return 0
