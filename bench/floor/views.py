"""Two views. `FLOOR_ANSWERS` names the file with what our own service answered: see `bench.service.recorded`."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse

ANSWERS = json.loads(Path(os.environ["FLOOR_ANSWERS"]).read_text())
BODY = base64.b64decode(ANSWERS["page"]["body"])
TAG = ANSWERS["page"]["headers"].get("ETag", "")
FOUND = json.loads(base64.b64decode(ANSWERS["lookup"]["body"]))
OF_A_LOOKUP = {k: v for k, v in ANSWERS["lookup"]["headers"].items() if k not in ("content-type", "content-length")}


def page(request: HttpRequest, lang: str, code: str) -> HttpResponse:
    """The page's compressed bytes with its headers, or 304 for who has them."""
    if TAG and request.headers.get("If-None-Match") == TAG:
        return HttpResponseNotModified(headers=ANSWERS["unchanged"]["headers"])
    return HttpResponse(BODY, headers=ANSWERS["page"]["headers"])


def lookup(request: HttpRequest) -> JsonResponse:
    """Reads the JSON of a paste, writes the JSON of an answer."""
    assert json.loads(request.body)["text"]
    response = JsonResponse(FOUND, headers=OF_A_LOOKUP)
    response["Content-Length"] = len(response.content)
    return response
