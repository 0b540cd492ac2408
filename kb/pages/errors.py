"""Pages for requests that cannot be served."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.template.loader import render_to_string
from django.template.response import TemplateResponse

from kb.observe.request_id import request_id


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Rendered without the request: its Host may be the very thing that is wrong."""
    return HttpResponseBadRequest(render_to_string("400.html"))


def forbidden(request: HttpRequest, reason: str = "") -> HttpResponse:
    return TemplateResponse(request, "403.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Nothing but a template and the number of the request: anything else may be what is broken."""
    return HttpResponseServerError(render_to_string("500.html", {"request_id": request_id()}))
