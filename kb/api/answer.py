"""A lookup result as the JSON contract has it."""

from __future__ import annotations

import json
from typing import Any

from kb import __version__
from kb.api import told
from kb.handbook import Handbook
from kb.handbook.links import entry_url, permalink, status_url
from kb.handbook.types import in_language
from kb.lookup.result import Evidence, Facts, Match, Result
from kb.printable import printable


def as_json(handbook: Handbook, result: Result, lang: str, base: str, echo: bool = False) -> dict[str, Any]:
    """The answer of `POST /api/v1/lookup`; `base` is the origin that makes links absolute."""
    suggestion = told.suggestion(result.model_suggestion, lang, base)
    answer: dict[str, Any] = {
        "matches": [_match(handbook, match, result.facts.client, lang, base) for match in result.matches],
        "status_page": _status_page(result.status_page, lang, base),
        "facts": _facts(result.facts),
        "model_suggestion": suggestion.model_dump() if suggestion else None,
        "redactions": [{"kind": r.kind, "count": r.count} for r in result.redactions],
        "versions": {"engine": __version__, "content": handbook.version},
    }
    return {**answer, "text": result.text} if echo else answer


def as_json_text(answer: dict[str, Any], indent: int | None = None) -> str:
    """JSON that can be printed in a terminal; read as JSON it says the same."""
    return printable(json.dumps(answer, ensure_ascii=False, indent=indent))


def _match(handbook: Handbook, match: Match, client: str | None, lang: str, base: str) -> dict[str, Any]:
    entry = handbook.entries[match.code]
    shown = client if client in entry.clients else None
    return {
        "code": match.code,
        "title": in_language(entry.title, lang),
        "url": base + entry_url(match.code, lang, shown),
        "permalink": base + permalink(match.code, shown),
        "score": match.score,
        "confidence": match.confidence,
        "evidence": [_evidence(evidence) for evidence in match.evidence],
        "client": shown,
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {"kind": evidence.kind, "text": evidence.text, "start": evidence.start, "end": evidence.end}


def _status_page(status: str | None, lang: str, base: str) -> dict[str, Any] | None:
    return {"status": int(status), "url": base + status_url(status, lang)} if status else None


def _facts(facts: Facts) -> dict[str, Any]:
    return {
        "status": int(facts.status) if facts.status else None,
        "error_type": facts.error_type,
        "error_code": facts.error_code,
        "message": facts.message,
        "exception": facts.exception,
        "model": facts.model,
        "request_id": facts.request_id,
        "retry_after": facts.retry_after,
        "host": facts.host,
        "client": facts.client,
    }
