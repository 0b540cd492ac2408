"""Requests that are refused before a view sees them: a problem below `/api/`, a page elsewhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from kb.pages.languages import language_of_path
from kb.problems import Problem, problem

TITLES: dict[int, tuple[str, Promise]] = {
    411: ("The length is missing", _("The request did not say how long it is.")),
    415: ("A compressed body is not read", _("The request was compressed. Send it as it is.")),
    429: ("Too many requests", _("Too many requests from your address in a short time.")),
}


def refusal(request: HttpRequest, status: int, detail: str, wait: int = 0) -> HttpResponse:
    """`detail` is for programs; `wait` in seconds goes into Retry-After and onto the page."""
    title, text = TITLES[status]
    if request.path_info.startswith("/api/"):
        response: HttpResponse = problem(Problem(status, title, detail))
    else:
        with override(language_of_path(request.path_info)):
            context = {"title": text, "wait": wait, "noindex": True}
            response = render(request, "refused.html", context, status=status)
    response["Cache-Control"] = "no-store"
    if wait:
        response["Retry-After"] = str(wait)
    return response
