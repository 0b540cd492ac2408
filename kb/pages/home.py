"""The first page: the paste box, examples, the cheat sheet."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from kb.handbook import current
from kb.handbook.types import Entry
from kb.pages.languages import preferred_language
from kb.pages.live import dated, provider_status


@dataclass(frozen=True)
class Row:
    """A line of the cheat sheet: a status, its name, what to do first."""

    status: str
    name: object
    cause: object
    action: object
    entries: list[Entry]


CHEAT_SHEET = (
    (
        "401",
        _("Not authenticated"),
        _("The key is wrong, expired, missing, or from another platform"),
        _("Copy the key again; check that key and base_url belong together"),
    ),
    (
        "400",
        _("Bad request"),
        _("A parameter is wrong; also: no credit left, prompt too long"),
        _("Read the message: it names the field"),
    ),
    (
        "429",
        _("Too many requests"),
        _("A rate limit, or the limit of a plan"),
        _("Wait as long as retry-after says; the SDK does it for you"),
    ),
    (
        "529",
        _("Overloaded"),
        _("The API is at capacity for everyone; not your code, not your key"),
        _("Wait and retry with growing pauses; look at the status page"),
    ),
    (
        "000",
        _("No answer"),
        _("Nothing came back: time-out, DNS, TLS, proxy, or the region"),
        _("Find the step that fails with curl -v"),
    ),
    (
        "404",
        _("Not found"),
        _("The model ID is wrong or retired, or the path is"),
        _("Check the model ID; check for a doubled or missing /v1"),
    ),
)
EXAMPLES = (
    "anthropic.AuthenticationError: Error code: 401 - {'type': 'error', 'error': {'type': 'authentication_error', "
    "'message': 'invalid x-api-key'}}",
    'API Error: 404 {"type":"error","error":{"type":"not_found_error","message":"model: claude-3-5-sonnet-20241022"}}',
    "curl: (28) Failed to connect to api.anthropic.com port 443 after 15002 ms: Timeout was reached",
    '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}',
    "连接失败 401",
)


def root(request: HttpRequest) -> HttpResponse:
    """`/` leads to the reader's language."""
    response = HttpResponseRedirect(f"/{preferred_language(request)}/")
    response["Vary"] = "Accept-Language, Cookie"
    return response


def home(request: HttpRequest, lang: str) -> HttpResponse:
    handbook = current()
    rows = [Row(*line, entries=handbook.with_status(line[0])) for line in CHEAT_SHEET]
    count = sum(1 for _entry in handbook.listed())
    status = provider_status()
    context = {
        "rows": rows,
        "examples": EXAMPLES,
        "clients": handbook.document.clients,
        "count": count,
        "provider_status": status,
    }
    return dated(TemplateResponse(request, "home.html", context), status)
