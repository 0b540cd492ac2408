"""Whether this process can serve readers, and whether everything behind it answers."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from datetime import UTC, datetime

from django.conf import settings
from django.core.cache import cache
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from kb.handbook import current
from kb.handbook.publish import path
from kb.models import Publication

PATIENCE = 2.0  # seconds for one check
ROOM = 16 * 1024 * 1024  # bytes that a publish needs


def healthz(request: HttpRequest) -> HttpResponse:
    """200 when this process can serve readers."""
    current()
    return _fresh(JsonResponse({"status": "ok"}))


def readyz(request: HttpRequest) -> HttpResponse:
    """Each part on its own; 503 when one does not answer. Readers are served all the same."""
    parts = {name: check() for name, check in CHECKS.items()}
    made = current().snapshot.made
    snapshot = {
        "version": current().version,
        "publication": made.publication,
        "day": made.day.isoformat() if made.publication else None,
        "age": _age(),
    }
    ready = all(state == "ok" for state in parts.values())
    return _fresh(JsonResponse({**parts, "snapshot": snapshot}, status=200 if ready else 503))


def database() -> str:
    """`read-only` is told by the database itself: a standby, a full disk behind it, an operator's switch."""
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SHOW transaction_read_only")
                if cursor.fetchone() == ("on",):
                    return "read-only"
            Publication.objects.exists()
    except DatabaseError:
        return "unreachable"
    finally:
        connection.close()
    return "ok"


def cached() -> str:
    try:
        cache.set("readyz", "ok", 60)
        return "ok" if cache.get("readyz") == "ok" else "unreachable"
    except Exception:  # whatever the backend raises, from sockets to its own errors
        return "unreachable"


def storage() -> str:
    try:
        return "ok" if shutil.disk_usage(settings.VAR).free >= ROOM else "full"
    except OSError:
        return "unreachable"


class Patient:
    """A check in a thread of its own: one that hangs is told as unreachable, and is not asked again until it ends."""

    def __init__(self, check: Callable[[], str]) -> None:
        self._check = check
        self._threads: ThreadPoolExecutor | None = None
        self._asked: Future[str] | None = None

    def __call__(self) -> str:
        self._threads = self._threads or ThreadPoolExecutor(1, "readyz")
        if self._asked is None or self._asked.done():
            self._asked = self._threads.submit(self._check)
        try:
            return self._asked.result(PATIENCE)
        except TooSlow:
            return "unreachable"


CHECKS: dict[str, Callable[[], str]] = {"database": Patient(database), "cache": Patient(cached), "storage": storage}


def _age() -> int | None:
    """Seconds since this node's file was made."""
    try:
        return int(datetime.now(UTC).timestamp() - path().stat().st_mtime)
    except OSError:
        return None


def _fresh(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
