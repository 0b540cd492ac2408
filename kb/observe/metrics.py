"""Counting, for whoever has something to count. Each function returns at once where `KB_METRICS` is off.

Whatever is handed in is one of a closed list, or becomes `other`: no label can carry text of a request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from django.conf import settings
from django.http import HttpRequest

if TYPE_CHECKING:
    from kb.observe.meters import Meters

Door = Literal["page", "api_json", "api_text"]
Source = Literal["snapshot", "kept", "rendered", "not_modified"]
Outgoing = Literal["ok", "bad_status", "timeout", "too_long", "refused", "unreachable"]
Backend = Literal["database", "redis"]

OUTCOMES = ("certain", "likely", "possible", "none", "status_page", "many_errors", "refused")
DOORS = ("page", "api", "api_json", "api_text", "form", "admin", "replay")
LOOKUP_ROUTES = {"lookup": "page", "api-1:lookup": "api_json"}
CLASSES = ("other", "1xx", "2xx", "3xx", "4xx", "5xx")
_meters: Meters | None = None


def start() -> None:
    """Make the meters of this process, once, after the fork."""
    global _meters
    if settings.METRICS and _meters is None:
        from kb.observe.meters import Meters

        _meters = Meters()


def on() -> bool:
    return _meters is not None


def text() -> bytes:
    """What Prometheus reads; empty when metrics are off."""
    return _meters.text() if _meters else b""


def count_request(route: str, status: int, seconds: float) -> None:
    """`route` is the name of a view (kb.observe.routes)."""
    if _meters:
        _meters.request(route, _class(status)).observe(seconds)


def count_refusal(route: str, status: int, request: HttpRequest) -> None:
    """A lookup that was refused for what it is, or a request for being one too many."""
    if _meters is None or status >= 500 or route == "replay":
        return
    door = LOOKUP_ROUTES.get(route)
    if door == "api_json" and request.content_type == "text/plain":
        door = "api_text"
    if status == 429:
        count_limited(door or "form")
    elif door and request.method == "POST" and status != 405:
        _meters.lookup(door, "refused").inc()


def count_limited(door: str) -> None:
    """A request over the rate; `door` is one of DOORS."""
    if _meters:
        _meters.limited(door if door in DOORS else "other").inc()


def count_lookup(door: Door, outcome: str, seconds: float) -> None:
    """A lookup that was answered, and how long the engine took."""
    if _meters:
        _meters.lookup(door, outcome if outcome in OUTCOMES else "other").inc()
        _meters.lookup_time.observe(seconds)


def count_page(source: Source) -> None:
    """A GET that was answered: out of the snapshot, of pages kept since, rendered for it, or 304."""
    if _meters:
        _meters.page(source).inc()


def count_outgoing(host: str, outcome: Outgoing) -> None:
    """A call to a host that the configuration names; never one that a reader named."""
    if _meters:
        _meters.outgoing(host, outcome).inc()


def count_fault(backend: Backend) -> None:
    """What stands behind did not answer, or not as it should."""
    if _meters:
        _meters.fault(backend).inc()


def tell_snapshot(version: str, publication: int, made: float) -> None:
    """What this worker serves from now on; `made` on this node, in seconds since 1970."""
    if _meters:
        _meters.tell_snapshot(version, publication, made)


def _class(status: int) -> str:
    return CLASSES[status // 100] if 100 <= status < 600 else "other"
