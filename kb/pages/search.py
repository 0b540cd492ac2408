"""The words typed into a field whose value stands in the address: few, and never a key."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import add_never_cache_headers

from kb.lookup.paste import read_paste

MOST = 100  # characters


def searched(request: HttpRequest, name: str = "q") -> str:
    """`?q=` as it is looked for: without keys, on one line, cut to `MOST` characters."""
    return " ".join(read_paste(request.GET.get(name, "")).text.split())[:MOST].strip()


def without_key(request: HttpRequest, words: str, name: str = "q") -> HttpResponse | None:
    """A redirect that takes a key out of the address; None when there is none in it."""
    if not read_paste(request.GET.get(name, "")).redactions:
        return None
    asked = request.GET.copy()
    asked[name] = words
    response = HttpResponseRedirect(f"{request.path}?{asked.urlencode()}")
    add_never_cache_headers(response)
    return response
