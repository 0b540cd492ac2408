"""Clients, how-tos, about, privacy."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from kb.handbook import current
from kb.pages.accuracy import shown


def clients(request: HttpRequest, lang: str) -> HttpResponse:
    return TemplateResponse(request, "clients.html", {"clients": current().document.clients})


def client(request: HttpRequest, lang: str, slug: str) -> HttpResponse:
    handbook = current()
    found = handbook.clients.get(slug)
    if found is None:
        raise Http404(slug)
    return TemplateResponse(request, "client.html", {"client": found, "entries": handbook.with_client(slug)})


def howtos(request: HttpRequest, lang: str) -> HttpResponse:
    return TemplateResponse(request, "howtos.html", {"howtos": current().document.howtos})


def howto(request: HttpRequest, lang: str, slug: str) -> HttpResponse:
    handbook = current()
    found = handbook.howtos.get(slug)
    if found is None:
        raise Http404(slug)
    users = [e for e in handbook.listed() if any(slug in remedy.howtos for remedy in e.remedies)]
    return TemplateResponse(request, "howto.html", {"howto": found, "entries": users})


def about(request: HttpRequest, lang: str) -> HttpResponse:
    handbook = current()
    return TemplateResponse(request, "about.html", {"version": handbook.version, "tables": shown(handbook, lang)})


def privacy(request: HttpRequest, lang: str) -> HttpResponse:
    return TemplateResponse(request, "privacy.html")
