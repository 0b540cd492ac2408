"""Pages for requests that cannot be served."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Rendered without the request: its Host may be the very thing that is wrong."""
    return HttpResponseBadRequest(render_to_string("400.html"))


def forbidden(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403.html", status=403)
