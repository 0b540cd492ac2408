"""The entry page, from the database on every request."""

from __future__ import annotations

import os

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from bench.from_database.composer import OnRequest
from kb import models
from kb.handbook.rendered import Rendered
from kb.handbook.types import Client, Entry, Howto, Neighbour, Text
from kb.pages.context import origin
from kb.pages.entries import Panel, shown
from kb.pages.reply import replies

# Markdown and code rendered once per text and process: kinder than a column with the HTML would be.
KEPT = Rendered() if os.environ.get("STORED_HTML") == "on" else None


def entry(request: HttpRequest, lang: str, code: str) -> HttpResponse:
    get_object_or_404(models.Entry.objects.only("pk"), code=code)
    composer = OnRequest(lang, KEPT or Rendered())
    found = composer.entry(code)
    context = {
        "entry": found,
        "panels": panels(found),
        "neighbours": neighbours(found),
        "replies": replies(found, None, origin(request)),
        "permalink": f"{origin(request)}/e/{code}",
    }
    return render(request, "entry.html", context)


def panels(found: Entry) -> list[Panel]:
    """One for each client, in the order of the clients page, with the titles of its how-tos."""
    clients = models.Client.objects.filter(slug__in=found.clients)
    slugs = {slug for remedy in found.remedies for slug in remedy.howtos}
    howtos = {row.slug: row for row in models.Howto.objects.filter(slug__in=slugs)}
    return [_panel(found, client, howtos) for client in clients]


def neighbours(found: Entry) -> list[tuple[Text, Neighbour]]:
    codes = [neighbour.code for neighbour in found.neighbours]
    titles = dict(models.Entry.objects.filter(code__in=codes).values_list("code", "title"))
    return [(titles[neighbour.code], neighbour) for neighbour in found.neighbours]


def _panel(found: Entry, row: models.Client, howtos: dict[str, models.Howto]) -> Panel:
    client = Client(row.slug, row.name, row.kind, row.platforms, {}, (), row.checked)
    remedy = next((r for r in found.remedies if r.client == row.slug), None)
    symptoms, recordings = shown(found, row.slug)
    named = [howtos[slug] for slug in remedy.howtos] if remedy else []
    steps = [Howto(h.slug, h.title, {}, (), (), h.checked) for h in named]
    return Panel(client, symptoms, recordings, remedy, steps, False)
