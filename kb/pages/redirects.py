"""`/zh/…`, `/zh-CN/…`, `/EN/…` lead to the language they mean."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from kb.pages.languages import known_language


def other_language(request: HttpRequest, name: str, rest: str = "") -> HttpResponse:
    lang = known_language(name)
    if lang is None or lang == name:
        raise Http404(name)
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return HttpResponsePermanentRedirect(f"/{lang}/{rest}{query}")
