"""What is sent: pages from the node's file, compressed, with ETags; everything else as its view makes it."""

from __future__ import annotations

import gzip
from dataclasses import dataclass

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from kb.handbook import Handbook, current
from kb.handbook.current import using
from kb.handbook.snapshot import Page
from kb.handler import Handler
from kb.observe.metrics import Source, count_page
from kb.pages.context import origin
from kb.pages.live import Shown, provider_status
from kb.serving.encode import best, ready, stored, vary

FRESH = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"
WORTH = 2048  # bytes from which an answer that is not kept is worth compressing
LEVEL = 4
UNTOUCHED = ("/replay/", "/static/", "/admin/")  # answered byte for byte as they are made


def published(get_response: Handler) -> Handler:
    """Answers from the node's file where it can. A request sees one handbook, also while another one is swapped in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        handbook = current()
        asked = _asked(request) if request.method in ("GET", "HEAD") else None
        found = _found(handbook, asked) if asked else None
        if found:
            return _counted(_sent(request, found[0]), found[1])
        with using(handbook):
            return _made(request, handbook, asked, get_response(request))

    return middleware


def kept_headers(response: HttpResponseBase) -> dict[str, str] | None:
    """All headers of a page that may be kept; None when it is not for everybody, or only for the moment."""
    control = response.get("Cache-Control", FRESH)
    if response.status_code != 200 or response.streaming or response.cookies or "public" not in control:
        return None
    return {"Cache-Control": control} | {name: value for name, value in response.items() if name != "Content-Length"}


def _counted(response: HttpResponse, source: Source) -> HttpResponse:
    count_page("not_modified" if response.status_code == 304 else source)
    return response


@dataclass(frozen=True)
class _Asked:
    """An address of ours, the origin it was asked on, and the provider's status just before a page is made for it.

    All three count where a page made on demand is kept: a status that changes meanwhile belongs to the next one.
    """

    origin: str
    address: str
    live: tuple[Shown, ...]


def _asked(request: HttpRequest) -> _Asked | None:
    """None when the host is not one of ours."""
    try:
        base, _ = origin(request), request.get_host()
    except DisallowedHost:
        return None
    return _Asked(base, request.get_full_path_info(), provider_status())


def _found(handbook: Handbook, asked: _Asked) -> tuple[Page, Source] | None:
    """A page that is there already, and from where."""
    page = handbook.snapshot.pages.get(asked.address)
    if page and handbook.snapshot.made.origin == asked.origin:
        return page, "snapshot"
    kept = handbook.kept.get(asked)
    return (kept, "kept") if kept else None


def _made(request: HttpRequest, handbook: Handbook, asked: _Asked | None, response: HttpResponse) -> HttpResponse:
    """A public page is kept for those who ask after; everything else is for this request alone."""
    headers = None if request.path_info.startswith(UNTOUCHED) else kept_headers(response)
    if asked is None or headers is None:
        return _squeezed(request, response)
    page = stored(response.content, headers)
    if "Vary" not in headers:
        handbook.kept.put(asked, page)
    return _counted(_sent(request, page), "rendered")


def _sent(request: HttpRequest, page: Page) -> HttpResponse:
    """The page in the best compression that the client takes, or 304 when it has it already."""
    body, headers, unchanged = ready(page, best(request.META.get("HTTP_ACCEPT_ENCODING", "")))
    asked, etag = request.META.get("HTTP_IF_NONE_MATCH"), headers["ETag"]
    if asked == etag:
        return HttpResponseNotModified(headers=unchanged)
    response = HttpResponse(body, headers=headers)
    if asked:
        response = get_conditional_response(request, etag=etag, response=response) or response
    return _bodiless(request, response)


def _squeezed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An answer of the moment: compressed when that is worth it."""
    if request.path_info.startswith(UNTOUCHED) or response.streaming or response.has_header("Content-Encoding"):
        return response
    if len(response.content) >= WORTH and best(request.META.get("HTTP_ACCEPT_ENCODING", ""), ("gzip",)):
        response.content = gzip.compress(response.content, LEVEL, mtime=0)
        response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(response.content))
        response["Vary"] = vary(response.get("Vary"))
    return _bodiless(request, response)


def _bodiless(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """HEAD gets the length of what GET would get, and nothing more."""
    if request.method == "HEAD":
        length = str(len(response.content))
        response.content = b""
        response["Content-Length"] = length
    return response
