"""Around everything else: the number of a request, its line in the log, its place in the metrics."""

from __future__ import annotations

import logging
from time import perf_counter

from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse

from kb.handler import Handler
from kb.observe import metrics
from kb.observe.faults import count_failure
from kb.observe.request_id import HEADER, accepted, current
from kb.observe.routes import method_of, route_of

_log = logging.getLogger("kb.access")


def observed(get_response: Handler) -> Handler:
    """Every answer carries its number; everything that is logged on the way to it does, too."""
    metrics.start()
    got_request_exception.connect(count_failure, dispatch_uid="kb.observe")

    def middleware(request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        number = accepted(request.META.get("HTTP_X_REQUEST_ID", ""))
        token = current.set(number)
        try:
            response = get_response(request)
            response.headers[HEADER] = number
            _tell(request, response.status_code, perf_counter() - began)
        finally:
            current.reset(token)
        return response

    return middleware


def _tell(request: HttpRequest, status: int, seconds: float) -> None:
    logged = _log.isEnabledFor(logging.INFO)
    if not logged and not metrics.on():
        return
    route = route_of(request, status)
    metrics.count_request(route, status, seconds)
    if status >= 400:
        metrics.count_refusal(route, status, request)
    if logged:
        told = {"method": method_of(request), "route": route, "status": status, "ms": round(seconds * 1000, 2)}
        _log.info("answered", extra=told)
