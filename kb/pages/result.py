"""The answer to a paste. Nothing of it is stored, logged, cached or put into a URL."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kb.handbook import Handbook, current
from kb.handbook.counted import counted_lookup
from kb.handbook.types import Client, Entry, NamedCode, Remedy, Snippet, Symptom
from kb.lookup.result import Evidence, Match, Result
from kb.pages.context import origin
from kb.pages.live import Shown, provider_status_for
from kb.pages.near import near_entries
from kb.pages.paste import marked, trim
from kb.pages.reply import Reply, replies, report
from kb.pages.ruled_out import ruled_out

WRITTEN_IN = {"python-sdk": "python", "langchain": "python", "litellm": "python", "node-sdk": "node", "cline": "node"}


@dataclass(frozen=True)
class Answer:
    """The best match with what the reader needs first: the fix for their client."""

    entry: Entry
    match: Match
    named_code: NamedCode | None
    client: Client | None
    remedy: Remedy | None
    symptom: Symptom | None
    snippets: tuple[Snippet, ...]
    replies: list[Reply]
    provider_status: tuple[Shown, ...]


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lookup(request: HttpRequest, lang: str) -> HttpResponse:
    """GET shows the form; POST answers. A lookup changes nothing, so it needs no cookie and no token."""
    handbook = current()
    context = {"clients": handbook.document.clients, "noindex": True}
    if request.method != "POST":
        return TemplateResponse(request, "lookup.html", context)
    try:
        text, trimmed = trim(request.POST.get("text", ""))
    except (RequestDataTooBig, TooManyFieldsSent):
        return TemplateResponse(
            request, "lookup.html", {**context, "too_large": settings.DATA_UPLOAD_MAX_MEMORY_SIZE}, status=413
        )
    if not text.strip():
        return TemplateResponse(request, "lookup.html", {**context, "empty": True}, status=400)
    result = counted_lookup(handbook, "page", text, request.POST.get("client") or None)
    status = result.status_page or ""
    context |= {
        "result": result,
        "answer": answer(handbook, result, origin(request)),
        "perhaps": near_entries(handbook, result),
        "others": [(handbook.entries[match.code], match) for match in result.matches[1:3]],
        "parts": marked(result),
        "facts": [(name, value) for name, value in vars(result.facts).items() if value is not None],
        "trimmed": trimmed,
        "live": [redaction for redaction in result.redactions if redaction.live],
        "status_entries": handbook.with_status(status) if status else [],
        "evidence": _evidence(result),
        "weighed": [(handbook.entries[match.code], match) for match in result.matches],
        "ruled_out": ruled_out(handbook, result),
        "chosen": result.facts.client or "",
        "report": report(result, lang) if _on_provider(handbook, result) else "",
    }
    return TemplateResponse(request, "result.html", context)


def answer(handbook: Handbook, result: Result, base: str) -> Answer | None:
    """The first match made ready for the page, links on the origin `base`; None when nothing was recognised."""
    if not result.matches:
        return None
    match = result.matches[0]
    entry, slug = handbook.entries[match.code], result.facts.client
    return Answer(
        entry=entry,
        match=match,
        named_code=entry.named_code(result.facts.error_code),
        client=handbook.clients.get(slug or ""),
        remedy=next((remedy for remedy in entry.remedies if remedy.client == slug), None),
        symptom=next((symptom for symptom in entry.symptoms if symptom.client == slug), None),
        snippets=tuple(snippet for snippet in entry.snippets if _suits(snippet, slug)),
        replies=replies(entry, slug if slug in entry.clients else None, base),
        provider_status=provider_status_for(entry),
    )


def _suits(snippet: Snippet, client: str | None) -> bool:
    """Code in the reader's language; every snippet when their client has none of its own."""
    written_in = WRITTEN_IN.get(client or "")
    return written_in is None or snippet.language not in ("python", "node") or snippet.language == written_in


def _evidence(result: Result) -> list[Evidence]:
    return [evidence for match in result.matches[:1] for evidence in match.evidence]


def _on_provider(handbook: Handbook, result: Result) -> bool:
    return any(handbook.entries[match.code].provider_side for match in result.matches[:1])
