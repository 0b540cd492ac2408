"""The pages and answers that every screen must show well."""

from __future__ import annotations

from collections.abc import Iterator

from tests.browser.conftest import Watched

TRACEBACK = """Traceback (most recent call last):
  File "/srv/app/ask.py", line 4, in <module>
    message = client.messages.create(
anthropic.AuthenticationError: Error code: 401 - {'type': 'error', 'error': {'type': 'authentication_error', \
'message': 'invalid x-api-key'}, 'request_id': 'req_011CVexample0000000000001'}"""
PAGES = [
    "",
    "errors/",
    "errors/401-invalid-api-key/?client=curl#client",
    "status/401/",
    "models/",
    "clients/",
    "howtos/",
]
PAGES += ["clients/python-sdk/", "howtos/set-base-url/", "about/", "privacy/", "lookup/"]
PAGES += ["gateways/", "gateways/check/", "errors/400-compaction-rejected/", "errors/403-permission-denied/"]
PAGES += ["errors/?q=login+expired", "errors/?q=zebra"]
PASTES = {
    "a traceback": TRACEBACK,
    "a status": "401",
    "an error code": "Claude: {'error_code': 'compaction_content_mismatch'}",
    "one entry that gives way": "Claude Code: Connection error. getaddrinfo ENOTFOUND api.anthropic.com",
    "a description": "claude code 登录过期",
    "a description that is only searched": "image dimensions",
    "a long name": "anthropic.PermissionDeniedError: " + "BetaSpendLimitsAdminAPIWritesNotEnabledError" * 3,
    "nothing": "nothing of the kind",
}


def visit(site: Watched, lang: str) -> Iterator[str]:
    """Opens one after the other, answers with everything unfolded; gives the name of what is open."""
    for path in PAGES:
        site.page.goto(f"{site.origin}/{lang}/{path}")
        yield path
    for name, paste in PASTES.items():
        site.lookup(paste, lang)
        site.page.evaluate("document.querySelectorAll('details').forEach((block) => { block.open = true; })")
        yield name
