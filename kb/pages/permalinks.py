"""`/e/<code>[/<client>]`: the addresses that tickets carry. They never break."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect

from kb.handbook import current
from kb.handbook.links import entry_url, permalink
from kb.pages.languages import known_language, preferred_language

TRAILING = " /.,;:!?)]}>'\"*_`|~\\”’」』》】）。，；：！？、…"


def open_entry(request: HttpRequest, rest: str) -> HttpResponse:
    """302 to the page in the reader's language; 301 when the code has moved."""
    code, _, client = rest.strip(TRAILING).lower().partition("/")
    code, client = code.strip(TRAILING), client.strip(TRAILING)
    handbook = current()
    moved = handbook.document.redirects.get(code)
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    if moved:
        return _varied(HttpResponsePermanentRedirect(permalink(moved, client or None) + query))
    entry = handbook.entries.get(code)
    if entry is None:
        raise Http404(code)
    lang = known_language(request.GET.get("lang", "")) or preferred_language(request)
    return _varied(HttpResponseRedirect(entry_url(code, lang, client if client in entry.clients else None)))


def _varied(response: HttpResponse) -> HttpResponse:
    response["Vary"] = "Accept-Language, Cookie"
    return response
