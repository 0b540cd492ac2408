"""Clients, models, how-tos, about, privacy."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from kb.handbook import current
from kb.handbook.current import today
from kb.handbook.types import Model
from kb.pages.accuracy import shown


@dataclass(frozen=True)
class ModelRow:
    model: Model
    status: str
    replacement: str


def clients(request: HttpRequest, lang: str) -> HttpResponse:
    return render(request, "clients.html", {"clients": current().document.clients})


def client(request: HttpRequest, lang: str, slug: str) -> HttpResponse:
    handbook = current()
    found = handbook.clients.get(slug)
    if found is None:
        raise Http404(slug)
    return render(request, "client.html", {"client": found, "entries": handbook.with_client(slug)})


def models(request: HttpRequest, lang: str) -> HttpResponse:
    """Every model ID with its status today; `?id=` is resolved to the right one."""
    handbook = current()
    asked = request.GET.get("id", "").strip()[:200]
    rows = [ModelRow(m, m.rule.status(today()), m.rule.replacement) for m in handbook.document.models]
    context = {
        "groups": [
            (status, [row for row in rows if row.status == status])
            for status in ("active", "legacy", "deprecated", "retired")
        ],
        "spellings": handbook.document.spellings,
        "asked": asked,
        "suggestion": handbook.resolve_model(asked) if asked else None,
        "today": today(),
        "noindex": bool(asked),
    }
    return render(request, "models.html", context)


def howtos(request: HttpRequest, lang: str) -> HttpResponse:
    return render(request, "howtos.html", {"howtos": current().document.howtos})


def howto(request: HttpRequest, lang: str, slug: str) -> HttpResponse:
    handbook = current()
    found = handbook.howtos.get(slug)
    if found is None:
        raise Http404(slug)
    users = [e for e in handbook.listed() if any(slug in remedy.howtos for remedy in e.remedies)]
    return render(request, "howto.html", {"howto": found, "entries": users})


def about(request: HttpRequest, lang: str) -> HttpResponse:
    handbook = current()
    return render(request, "about.html", {"version": handbook.version, "tables": shown(handbook, lang)})


def privacy(request: HttpRequest, lang: str) -> HttpResponse:
    return render(request, "privacy.html")
