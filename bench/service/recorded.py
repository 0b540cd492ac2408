"""What our own service answers, kept in a file for the floor to repeat."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.service.wire import Answer, Line, request

ENTRY = "/en/errors/401-invalid-api-key/"
LOOKUP = "/api/v1/lookup"
GZIP = {"Accept-Encoding": "gzip"}
JSON = {"Content-Type": "application/json"}
_BY_THE_SERVER = ("date", "server", "connection", "transfer-encoding")
_NAMES = {"etag": "ETag"}


def page_request(host: str, tag: str = "") -> bytes:
    """The entry page, compressed; 304 when `tag` is still its own."""
    return request("GET", ENTRY, host, GZIP | ({"If-None-Match": tag} if tag else {}))


def lookup_request(host: str, text: str) -> bytes:
    body = json.dumps({"text": text, "lang": "en"}, ensure_ascii=False).encode()
    return request("POST", LOOKUP, host, JSON, body)


def record(port: int, texts: Sequence[str], to: Path) -> str:
    """Ask for the page, for a 304 and for each paste; write them down and return the page's ETag, "" without one.

    The answer kept for lookups is that of median size. Raises RuntimeError when an answer is not what it should be.
    """
    with Line(port) as line:
        page = _checked(line.ask(page_request(line.host)), 200)
        tag = page.headers.get("etag", "")
        unchanged = _checked(line.ask(page_request(line.host, tag)), 304) if tag else page
        found = [_checked(line.ask(lookup_request(line.host, text)), 200) for text in texts]
    if page.headers.get("content-encoding") != "gzip":
        page = compressed(page)
    median = sorted(found, key=lambda answer: len(answer.body))[len(found) // 2]
    answers = {"page": page, "unchanged": unchanged, "lookup": median}
    to.write_text(json.dumps({name: _kept(answer) for name, answer in answers.items()}))
    return tag


def compressed(page: Answer) -> Answer:
    """The page as it would be, where a service does not compress by itself."""
    body = gzip.compress(page.body)
    headers = page.headers | {"content-encoding": "gzip", "content-length": str(len(body))}
    return Answer(page.status, headers, body, page.size)


def _kept(answer: Answer) -> dict[str, Any]:
    headers = {_NAMES.get(name, name): value for name, value in answer.headers.items() if name not in _BY_THE_SERVER}
    return {"headers": headers, "body": base64.b64encode(answer.body).decode()}


def _checked(answer: Answer, status: int) -> Answer:
    if answer.status != status:
        raise RuntimeError(f"answered {answer.status} instead of {status}")
    return answer
