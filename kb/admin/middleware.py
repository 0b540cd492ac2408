"""Sessions, users and messages for `/admin/` alone: a public page pays nothing for them and sets no cookie."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from kb.handler import Handler
from kb.refusals import refusal

PATH = "/admin/"
COOL_OFF = 15 * 60  # seconds
INNER = (  # these act only around a request and its answer, so that they can be called from here
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
)
FAILURES = (DatabaseError, OSError)  # OSError: the disk that `var/` is on is full or read-only
log = logging.getLogger(__name__)


class ForEditors:
    """The inner middlewares below PATH; a database that is away, full or read-only is a page that says so."""

    def __init__(self, get_response: Handler) -> None:
        self._plain = self._whole = get_response
        for name in reversed(INNER):
            self._whole = import_string(name)(self._whole)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PATH):
            if "HTTP_COOKIE" in request.META:  # a public page has no use for it, and would renew a broken one
                request.COOKIES.pop(settings.CSRF_COOKIE_NAME, None)
            return self._plain(request)
        try:
            return self._whole(request)
        except FAILURES as error:
            return unavailable(error)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """What a view raised; its transaction is rolled back already."""
        ours = isinstance(error, FAILURES) and request.path_info.startswith(PATH)
        return unavailable(error) if ours else None


def unavailable(error: Exception) -> HttpResponse:
    log.error("the database failed an editor: %s", type(error).__name__)
    response = HttpResponse(render_to_string("503.html"), status=503)
    response["Cache-Control"] = "no-store"
    response["Retry-After"] = "30"
    return response


def locked_out(request: HttpRequest, *_: object) -> HttpResponse:
    """After too many wrong passwords."""
    return refusal(request, 429, "too many wrong passwords", COOL_OFF)
