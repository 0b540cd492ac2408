"""Pages for requests that cannot be served."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def forbidden(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403.html", status=403)
