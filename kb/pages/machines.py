"""Pages for machines: robots, sitemap, health."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from kb.handbook import current
from kb.pages.context import origin


def robots(request: HttpRequest) -> HttpResponse:
    text = f"User-agent: *\nDisallow: /api/\nDisallow: /replay/\nSitemap: {origin(request)}/sitemap.xml\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page in every language, each naming its other languages."""
    handbook = current()
    paths = ["", "errors/", "clients/", "models/", "gateways/", "gateways/check/", "howtos/", "about/", "privacy/"]
    paths += [f"errors/{entry.code}/" for entry in handbook.listed()]
    paths += [f"status/{status}/" for status in handbook.statuses]
    paths += [f"clients/{slug}/" for slug in handbook.clients]
    paths += [f"howtos/{slug}/" for slug in handbook.howtos]
    context = {"paths": paths, "codes": [code for code, _ in settings.LANGUAGES], "base": origin(request)}
    return render(request, "sitemap.xml", context, content_type="application/xml; charset=utf-8")


def healthz(request: HttpRequest) -> HttpResponse:
    """200 when this process can serve readers."""
    current()
    return _fresh(JsonResponse({"status": "ok"}))


def readyz(request: HttpRequest) -> HttpResponse:
    """Database and snapshot, each on its own; 503 when one is missing."""
    database = _database()
    answer = {"database": database, "snapshot": current().version}
    return _fresh(JsonResponse(answer, status=200 if database == "ok" else 503))


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM kb_entry LIMIT 1")
    except DatabaseError:
        return "unreachable"
    return "ok"


def _fresh(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
