"""`/metrics`, for the callers that `KB_METRICS_FROM` names and for nobody who comes through a proxy."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from kb.handler import Handler
from kb.networks import is_within, parse_address
from kb.observe import metrics

PATH = "/metrics"
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_X_FORWARDED_HOST", "HTTP_VIA")


def exposition(get_response: Handler) -> Handler:
    """Outside of the check of Host and of the redirect to https: Prometheus asks a node by its address."""
    if not settings.METRICS:
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info == PATH and request.method in ("GET", "HEAD") and _may_read(request):
            return HttpResponse(metrics.text(), content_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})
        return get_response(request)

    return middleware


def _may_read(request: HttpRequest) -> bool:
    """Behind a proxy on this machine the whole world comes from loopback; what was forwarded is refused."""
    forwarded = any(name in request.META for name in FORWARDED)
    return not forwarded and _is_named(request.META.get("REMOTE_ADDR", ""))


@lru_cache(maxsize=64)
def _is_named(peer: str) -> bool:
    try:
        return is_within(parse_address(peer), settings.METRICS_FROM)
    except ValueError:
        return False
