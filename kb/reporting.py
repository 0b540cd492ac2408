"""Error reports without values: no request body, no settings, no local variables."""

from __future__ import annotations

from collections.abc import Callable, ItemsView
from logging import LogRecord
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class NoValues(SafeExceptionReporterFilter):
    """Leaves names and line numbers, which is enough to find a fault, and nothing a reader pasted."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: Any) -> ItemsView[str, Any]:
        return {}.items()

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:
        return {}


def not_replayed() -> Callable[[LogRecord], bool]:
    """A filter of log records: a 5xx that replay was asked for is no fault of ours."""

    def keep(record: LogRecord) -> bool:
        request = getattr(record, "request", None)
        asked_for = isinstance(request, HttpRequest) and request.path_info.startswith("/replay/")
        return record.exc_info is not None or not asked_for

    return keep
