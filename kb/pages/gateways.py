"""Ways to reach Claude, and the check of a key with its address."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kb.handbook import current
from kb.handbook.gateway_types import EndpointLine
from kb.lookup.address import URL_LIMIT
from kb.lookup.endpoints import KEY_LIMIT, NO_API, Verdict, check, fill
from kb.pages.finding_texts import FINDINGS, NOTES, SECRET, VERDICTS

HOWTO = "change-endpoint"
REFUSED = {"key-long", "url-long"}


def gateways(request: HttpRequest, lang: str) -> HttpResponse:
    """Routes by kind, how to change from one to another, what vendors claim."""
    handbook = current()
    found = handbook.document.gateways
    context = {"routes": found.routes, "claims": found.claims, "howto": handbook.howtos.get(HOWTO)}
    return TemplateResponse(request, "gateways.html", context)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def endpoint_check(request: HttpRequest, lang: str) -> HttpResponse:
    """GET shows the form; POST answers where there is no JavaScript. Nothing is kept, and the key is not sent back."""
    if request.method != "POST":
        return _page(request, Verdict())
    try:
        url, key = request.POST.get("url", ""), request.POST.get("key", "")
    except (RequestDataTooBig, TooManyFieldsSent):
        return _page(request, Verdict(("too-large",)), status=413)
    if not (url + key).strip():
        return _page(request, Verdict(), status=400)
    verdict = check(current().document.gateways.endpoints.tables, url, key)
    shown = "" if SECRET & set(verdict.findings) else url
    return _page(request, verdict, shown, status=400 if REFUSED & set(verdict.findings) else 200)


def _page(request: HttpRequest, verdict: Verdict, url: str = "", status: int = 200) -> HttpResponse:
    """Every text stands on the page, hidden unless it applies: the browser answers by showing the right ones."""
    handbook = current()
    endpoints = handbook.document.gateways.endpoints
    context: dict[str, Any] = {
        "verdict": verdict,
        "url": url,
        "answered": verdict != Verdict(),
        "empty": request.method == "POST" and verdict == Verdict(),
        "noindex": request.method == "POST",
        "tables": json.dumps(asdict(endpoints.tables), separators=(",", ":")),
        "findings": [(code, "note" if code in NOTES else "wrong", text) for code, text in FINDINGS.items()],
        "verdicts": VERDICTS.items(),
        "platforms": endpoints.platforms,
        "keys": endpoints.keys,
        "lines": [(line, handbook.clients[line.client], _filled(line, verdict)) for line in endpoints.lines],
        "key_limit": KEY_LIMIT,
        "url_limit": URL_LIMIT,
        "has_lines": bool(verdict.root) and verdict.speaks not in NO_API,
    }
    return TemplateResponse(request, "endpoint_check.html", context, status=status)


def _filled(line: EndpointLine, verdict: Verdict) -> str:
    """The line for the address that was checked; empty where it does not apply."""
    fits = verdict.root and verdict.speaks in ("both", line.speaks)
    return fill(line.template, verdict.root) if fits else ""
