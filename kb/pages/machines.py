"""Pages for machines: robots, sitemap."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.templatetags.static import static

from kb.handbook import current
from kb.pages.addresses import paths
from kb.pages.context import origin


def robots(request: HttpRequest) -> HttpResponse:
    text = f"User-agent: *\nDisallow: /api/\nDisallow: /replay/\nSitemap: {origin(request)}/sitemap.xml\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def icon(request: HttpRequest) -> HttpResponse:
    """Asked for by browsers on pages that name no icon: the admin's, and those of faults."""
    return HttpResponseRedirect(static("icon.svg"))


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page in every language, each naming its other languages."""
    context = {"paths": paths(current()), "codes": [code for code, _ in settings.LANGUAGES], "base": origin(request)}
    return TemplateResponse(request, "sitemap.xml", context, content_type="application/xml; charset=utf-8")
