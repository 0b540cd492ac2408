"""Headers and language for every answer."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from kb.handler import Handler
from kb.limits.requests import seconds_to_wait
from kb.pages.languages import language_of_path, preferred_language
from kb.problems import CONTENT_TYPE, Problem, problem
from kb.refusals import refusal

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def content_security_policy(get_response: Handler) -> Handler:
    """Nothing inline, nothing from another host, on every answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    return middleware


def problems(get_response: Handler) -> Handler:
    """Whatever fails below `/api/`, also outside its views, is answered as a problem."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code < 400 or not request.path_info.startswith("/api/"):
            return response
        return response if response.get("Content-Type") == CONTENT_TYPE else _as_problem(response)

    return middleware


def _as_problem(response: HttpResponse) -> HttpResponse:
    status = HTTPStatus(response.status_code)
    answer = problem(Problem(status, status.phrase, status.description or status.phrase))
    for name, value in response.items():
        if name not in ("Content-Length", "Content-Language"):
            answer.headers.setdefault(name, value)
    return answer


def limits(get_response: Handler) -> Handler:
    """Refuses bodies that cannot be measured, and what one address sends too often, before anything is read.

    Replay is left out: a client under test retries as often as it is told to.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD") or request.path_info.startswith("/replay/"):
            return get_response(request)
        return _refused(request) or get_response(request)

    return middleware


def _refused(request: HttpRequest) -> HttpResponse | None:
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        answer = refusal(request, 415, "send the body without Content-Encoding")
        answer["Accept-Encoding"] = "identity"
        return answer
    if request.META.get("HTTP_TRANSFER_ENCODING") and not request.META.get("CONTENT_LENGTH"):
        return refusal(request, 411, "send Content-Length instead of Transfer-Encoding")
    wait = seconds_to_wait(request) if request.method == "POST" else 0
    return refusal(request, 429, f"too many requests from this address; wait {wait} s", wait) if wait else None


def language(get_response: Handler) -> Handler:
    """The language is the first part of the path; it is never taken from a cookie on a page, but for editors."""

    def middleware(request: HttpRequest) -> HttpResponse:
        private = settings.ADMIN and request.path_info.startswith("/admin/")
        with translation.override(preferred_language(request) if private else language_of_path(request.path_info)):
            response: HttpResponse = get_response(request)
            _announce(response)
            return response

    return middleware


def _announce(response: HttpResponseBase) -> None:
    response.headers.setdefault("Content-Language", translation.get_language() or "en")
