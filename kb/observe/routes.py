"""What may be said of a request: names out of closed lists, never a path, a query or a word that was sent."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve

UNKNOWN = "unknown"
STATIC = "static"
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
_SERVED = (200, 304)  # without a view, these are pages of the snapshot or static files
_REFUSED = (411, 413, 415, 429)  # by a middleware, before a view was looked for


def method_of(request: HttpRequest) -> str:
    """A method may be any word; one of HTTP's, or `other`."""
    method = request.method or ""
    return method if method in METHODS else "other"


def route_of(request: HttpRequest, status: int) -> str:
    """The name of the view that answered, or would have; `unknown` for an address that has none."""
    match = request.resolver_match
    if match is not None:
        return match.view_name
    path = request.path_info
    if path.startswith(settings.STATIC_URL):
        return STATIC if status in _SERVED else UNKNOWN
    try:
        return _kept(path) if status in _SERVED else resolve(path).view_name if status in _REFUSED else UNKNOWN
    except Resolver404:
        return UNKNOWN


@lru_cache(maxsize=2048)
def _kept(path: str) -> str:
    """Paths of pages that exist, which are few. What does not resolve raises Resolver404 and is not kept."""
    return resolve(path).view_name
