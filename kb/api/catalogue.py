"""The catalogue for programs: entries, clients, models. Served from the snapshot."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from ninja import Path, Query, Router

from kb.api import shapes, told
from kb.api.asked import EntriesIn, LangIn, ResolveIn, language, only
from kb.handbook import current
from kb.handbook.current import today
from kb.handbook.types import Entry
from kb.pages.context import origin
from kb.pages.search import searched
from kb.problems import Problem

router = Router()
READ = ["GET", "HEAD"]
FRESH = 300  # seconds for which an answer may be used again without asking
MISTAKE = shapes.Problem


@router.api_operation(READ, "/entries", operation_id="entries", response={200: shapes.Entries, 422: MISTAKE})
def entries(request: HttpRequest, asked: Query[EntriesIn]) -> HttpResponse:
    """Every entry that passes the filters, in the order of the catalogue; with `q`, what words describe, best first."""
    only(request, EntriesIn.model_fields)
    lang, handbook = language(request, asked.lang), current()
    teller = told.Teller(lang, origin(request))
    words = searched(request)
    among = handbook.search(words) if words else handbook.listed()
    found = [entry for entry in among if _passes(entry, asked)]
    shown = [teller.line(entry) for entry in found[asked.offset : asked.offset + asked.limit]]
    answer = shapes.Entries(entries=shown, total=len(found), lang=lang, versions=told.versions(handbook))
    return _unkept(answer, lang) if words else _kept(answer, lang)


@router.api_operation(
    READ,
    "/entries/{code}",
    operation_id="entry",
    response={200: shapes.EntryOut, 301: None, 404: MISTAKE, 422: MISTAKE},
)
def entry(request: HttpRequest, code: Path[str], asked: Query[LangIn]) -> HttpResponse:
    """Everything about one entry. A code that has moved is redirected for ever."""
    only(request, LangIn.model_fields)
    lang, handbook = language(request, asked.lang), current()
    moved = handbook.document.redirects.get(code)
    if moved:
        query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
        return HttpResponsePermanentRedirect(request.path.removesuffix(code) + moved + query)
    found = handbook.entries.get(code)
    if found is None:
        raise Problem(404, "No such entry", "no entry has this code; /api/v1/entries lists them")
    return _kept(told.Teller(lang, origin(request)).entry(found, handbook), lang)


@router.api_operation(READ, "/clients", operation_id="clients", response={200: shapes.Clients, 422: MISTAKE})
def clients(request: HttpRequest, asked: Query[LangIn]) -> HttpResponse:
    """The programs that entries speak of, by their permanent slugs."""
    only(request, LangIn.model_fields)
    lang, handbook = language(request, asked.lang), current()
    teller = told.Teller(lang, origin(request))
    shown = [teller.client(client) for client in handbook.document.clients]
    return _kept(shapes.Clients(clients=shown, lang=lang, versions=told.versions(handbook)), lang)


@router.api_operation(READ, "/models", operation_id="models", response={200: shapes.Models, 422: MISTAKE})
def models(request: HttpRequest, asked: Query[LangIn]) -> HttpResponse:
    """Every model ID with its status today."""
    only(request, LangIn.model_fields)
    lang, handbook = language(request, asked.lang), current()
    teller = told.Teller(lang, origin(request))
    shown = [teller.model(model) for model in handbook.document.models]
    answer = shapes.Models(models=shown, today=today(), lang=lang, versions=told.versions(handbook))
    return _kept(answer, lang)


@router.api_operation(READ, "/models/resolve", operation_id="resolve", response={200: shapes.Resolved, 422: MISTAKE})
def resolve(request: HttpRequest, asked: Query[ResolveIn]) -> HttpResponse:
    """From any spelling of a model to the ID to ask for."""
    only(request, ResolveIn.model_fields)
    lang, handbook = language(request, asked.lang), current()
    found = told.suggestion(handbook.resolve_model(asked.id), lang, origin(request))
    answer = shapes.Resolved(known=found is not None, suggestion=found, versions=told.versions(handbook))
    return _unkept(answer, lang)


def _passes(found: Entry, asked: EntriesIn) -> bool:
    return (
        (asked.status is None or asked.status.zfill(3) in found.statuses)
        and (asked.client is None or asked.client in found.clients)
        and (asked.side is None or asked.side == found.side)
    )


def _kept(answer: shapes.Shape, lang: str) -> HttpResponse:
    """An answer that may be kept for a while; it is served with an ETag, as everything public is."""
    response = _json(answer, lang)
    response["Cache-Control"] = f"public, max-age={FRESH}"
    return response


def _unkept(answer: shapes.Shape, lang: str) -> HttpResponse:
    """An answer to words of somebody's own, which may be anything."""
    response = _json(answer, lang)
    response["Cache-Control"] = "no-store"
    return response


def _json(answer: shapes.Shape, lang: str) -> HttpResponse:
    response = HttpResponse(answer.model_dump_json().encode(), content_type="application/json")
    response["Content-Language"] = lang
    response["Vary"] = "Accept-Language, Cookie"
    return response
