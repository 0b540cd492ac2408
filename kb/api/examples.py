"""Examples of the OpenAPI document, cut short. A test holds each to its schema."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

BASE = "https://errors.example.org"
CODE = "401-invalid-api-key"
TITLE = "The API key is not valid (invalid x-api-key)"
PASTE = (
    "anthropic.AuthenticationError: Error code: 401 - "
    "{'type': 'error', 'error': {'type': 'authentication_error', 'message': 'invalid x-api-key'}}"
)
VERSIONS = {"engine": "0.1.0", "content": "3f2a9c1d7e50"}
PLAIN = f"{CODE}  {TITLE}\n\nThe server received a key and does not recognise it.\n\n{BASE}/e/{CODE}/python-sdk\n"
ADDRESS = f"{BASE}/en/errors/{CODE}/"
LINE = {
    "code": CODE,
    "title": TITLE,
    "statuses": [401],
    "error_types": ["authentication_error"],
    "side": "you",
    "retry": "after_fix",
    "url": ADDRESS,
    "permalink": f"{BASE}/e/{CODE}",
    "checked": "2026-11-23",
}
SOURCE = {"title": "Claude API docs, Errors", "url": "https://platform.claude.com/docs/en/api/errors"}
SUGGESTION = {
    "given": "claude-3.5-sonnet",
    "model": "claude-sonnet-5-5",
    "status": "active",
    "suggested": "claude-sonnet-5-5",
    "reason": "spelling",
    "url": f"{BASE}/en/models/#claude-sonnet-5-5",
}
DETAILS = {
    400: "EOF while parsing an object at line 1 column 9",
    404: "no entry has this code; /api/v1/entries lists them",
    413: "the limit is 65536 bytes of UTF-8 text",
    422: "lang: use zh-hans or en",
    429: "too many requests from this address; wait 1 s",
}


def prose(text: str) -> dict[str, str]:
    return {"text": text, "html": f"<p>{text}</p>"}


def problem(status: int) -> dict[str, Any]:
    phrase = HTTPStatus(status).phrase
    told = {"type": "about:blank", "title": phrase, "status": status, "detail": DETAILS[status], "reason": phrase}
    return {**told, "request_id": "4f1c09e2b7a85d3360aa"}


ANSWERS: dict[str, dict[str, Any]] = {
    "lookup": {
        "matches": [
            {
                "code": CODE,
                "title": TITLE,
                "url": f"{ADDRESS}?client=python-sdk#client",
                "permalink": f"{BASE}/e/{CODE}/python-sdk",
                "score": 0.934,
                "confidence": "certain",
                "evidence": [{"kind": "message", "text": "invalid x-api-key", "start": 121, "end": 138}],
                "client": "python-sdk",
            }
        ],
        "status_page": None,
        "facts": {
            "status": 401,
            "error_type": "authentication_error",
            "error_code": None,
            "message": "invalid x-api-key",
            "exception": "anthropic.AuthenticationError",
            "model": None,
            "request_id": None,
            "retry_after": None,
            "host": None,
            "client": "python-sdk",
        },
        "model_suggestion": None,
        "redactions": [],
        "versions": VERSIONS,
    },
    "entries": {"entries": [LINE], "total": 1, "lang": "en", "versions": VERSIONS},
    "entry": {
        **LINE,
        "message": "invalid x-api-key",
        "error_codes": [],
        "named_codes": [],
        "exceptions": ["AuthenticationError"],
        "retry_note": prose("The same key will fail every time."),
        "meaning": prose("The server received a key and does not recognise it."),
        "response": {
            "status": 401,
            "headers": {"content-type": "application/json"},
            "body": '{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}\n',
            "provenance": "observed",
        },
        "causes": [
            {
                "slug": "expired-or-deleted",
                "title": "The key has expired, was disabled or deleted",
                "check": prose("Read its state and expiry in the console."),
                "fix": prose("Create a new one and replace it everywhere."),
                "url": f"{ADDRESS}#expired-or-deleted",
            }
        ],
        "remedies": [{"client": "curl", "steps": prose("Write the header in double quotes."), "howtos": []}],
        "symptoms": [
            {
                "client": "python-sdk",
                "slug": "traceback",
                "sample": PASTE,
                "where": prose("The last line of the traceback."),
                "provenance": "recorded",
                "command": "python ask.py",
                "client_version": "anthropic 2.12.0, Python 3.11.7",
                "platform": "Linux",
                "seen": "2026-11-23",
                "source": None,
            }
        ],
        "snippets": [],
        "neighbours": [
            {
                "code": "401-missing-credentials",
                "difference": prose("There no key was sent at all."),
                "permalink": f"{BASE}/e/401-missing-credentials",
            }
        ],
        "faq": [],
        "sources": [SOURCE],
        "withdrawn": None,
        "lang": "en",
        "versions": VERSIONS,
    },
    "clients": {
        "clients": [
            {
                "slug": "python-sdk",
                "name": "Python SDK",
                "kind": "sdk",
                "platforms": "Linux, macOS, Windows",
                "shows": prose("The last line of the traceback."),
                "sources": [SOURCE],
                "url": f"{BASE}/en/clients/python-sdk/",
                "checked": "2026-11-23",
            }
        ],
        "lang": "en",
        "versions": VERSIONS,
    },
    "models": {
        "models": [
            {
                "id": "claude-sonnet-5-5",
                "name": "Claude Sonnet 5.5",
                "family": "sonnet",
                "status": "active",
                "current": True,
                "restricted": False,
                "aliases": [],
                "deprecated": None,
                "retires": None,
                "not_before": "2027-09-28",
                "replacement": None,
                "bedrock": "anthropic.claude-sonnet-5-5",
                "vertex": "claude-sonnet-5-5",
                "openrouter": "anthropic/claude-sonnet-5.5",
                "context": 1000000,
                "output": 128000,
                "rejects": ["sampling", "thinking_enabled", "thinking_disabled", "prefill", "forced_tool_choice"],
                "note": None,
                "sources": [SOURCE],
                "url": f"{BASE}/en/models/#claude-sonnet-5-5",
                "checked": "2026-11-23",
            }
        ],
        "today": "2026-11-23",
        "lang": "en",
        "versions": VERSIONS,
    },
    "resolve": {"known": True, "suggestion": SUGGESTION, "versions": VERSIONS},
}
