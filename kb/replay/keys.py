"""Keys that look live are refused: replay needs none, and takes any dummy."""

from __future__ import annotations

from django.http import HttpRequest

from kb.lookup.redact import find
from kb.problems import Problem

DUMMY = "dummy-key"
HEADERS = ("authorization", "proxy-authorization", "x-api-key", "api-key", "x-goog-api-key", "x-amz-security-token")


def refuse_live_keys(request: HttpRequest) -> None:
    """Looks where clients put keys: headers, path and query. Nothing of what is found is repeated or logged."""
    given = [f"{name}: {request.headers[name]}" for name in HEADERS if name in request.headers]
    given += [request.path_info, request.META.get("QUERY_STRING", "")]
    if any(secret.live for text in given for secret in find(text)):
        raise Problem(400, "do not send real keys here", f"send a dummy such as {DUMMY}, and revoke the key you sent")
