"""The number of a request: taken over from the proxy in front when it is well-formed, else made here."""

from __future__ import annotations

import re
import secrets
from contextvars import ContextVar

from kb.lookup.redact import find

HEADER = "X-Request-ID"
_FORM = re.compile(r"[A-Za-z0-9._-]{1,64}")
current: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """Of the request that is being answered; empty outside of one."""
    return current.get()


def accepted(given: str) -> str:
    """The given id, unless it is none or could be a key that somebody put into the wrong header."""
    if given and _FORM.fullmatch(given) and not find(given):
        return given
    return secrets.token_hex(10)
