"""Entries: the page of one, the index, the page of a status."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers

from kb.handbook import Handbook, current
from kb.handbook.labels import SIDES
from kb.handbook.links import entry_url
from kb.handbook.types import Client, Entry, Howto, Remedy, Symptom
from kb.lookup.result import Facts, Result
from kb.pages.context import origin
from kb.pages.live import dated, provider_status_for
from kb.pages.near import near_codes
from kb.pages.reply import replies, report
from kb.pages.search import MOST, searched, without_key
from kb.problems import Problem, problem
from kb.replay.reproduce import reproduction


@dataclass(frozen=True)
class Panel:
    """One client on an entry's page: what it shows and what to do there."""

    client: Client
    symptoms: list[Symptom]
    recordings: list[Symptom]
    remedy: Remedy | None
    howtos: list[Howto]
    chosen: bool


def entry(request: HttpRequest, lang: str, code: str) -> HttpResponse:
    """The page of an entry; `?client=` opens it on that client."""
    handbook = current()
    if code in handbook.document.redirects:
        return HttpResponsePermanentRedirect(entry_url(handbook.document.redirects[code], lang))
    found = handbook.entries.get(code)
    if found is None:
        raise Http404(code)
    wanted, status = request.GET.get("client", ""), provider_status_for(found)
    context = {
        "entry": found,
        "panels": panels(handbook, found, wanted),
        "neighbours": [(handbook.entries[n.code].title, n) for n in found.neighbours],
        "replies": replies(found, wanted if wanted in found.clients else None, origin(request)),
        "report": report(_blank(found), lang) if found.provider_side else "",
        "permalink": f"{origin(request)}/e/{code}",
        "provider_status": status,
        "reproduction": reproduction(found, origin(request)),
    }
    return dated(TemplateResponse(request, "entry.html", context), status)


def panels(handbook: Handbook, found: Entry, wanted: str) -> list[Panel]:
    """The clients of an entry in the order of the clients page; the wanted one is open."""
    shown = [client for client in handbook.document.clients if client.slug in found.clients]
    return [_panel(handbook, found, client, client.slug == wanted) for client in shown]


def shown(found: Entry, client: str) -> tuple[list[Symptom], list[Symptom]]:
    """What a client shows, and further recordings to fold away; there is always one to see."""
    symptoms = [symptom for symptom in found.symptoms if symptom.client == client]
    recordings = [recording for recording in found.recordings if recording.client == client]
    return (symptoms, recordings) if symptoms else (recordings[:1], recordings[1:])


def index(request: HttpRequest, lang: str) -> HttpResponse:
    """All entries, or those that a few words describe (`?q=`), filtered by status, client and side."""
    handbook = current()
    words = searched(request)
    redirect = without_key(request, words)
    if redirect:
        return redirect
    chosen = {name: request.GET.get(name, "") for name in ("status", "client", "side")}
    found = [e for e in (handbook.search(words) if words else handbook.listed()) if _passes(e, chosen)]
    context = {
        "entries": found,
        "chosen": chosen,
        "words": words,
        "most": MOST,
        "statuses": handbook.statuses,
        "clients": handbook.document.clients,
        "client": handbook.clients.get(chosen["client"]),
        "sides": SIDES,
        "filtered": bool(words) or any(chosen.values()),
    }
    response = TemplateResponse(request, "index.html", {**context, "noindex": context["filtered"]})
    if words:
        add_never_cache_headers(response)
    return response


def status(request: HttpRequest, lang: str, status: str) -> HttpResponse:
    """Every entry that a status can mean, with the message that decides between them."""
    found = current().with_status(status)
    return TemplateResponse(request, "status.html", {"status": status, "entries": found}, status=200 if found else 404)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 with the codes that are near what was asked for."""
    if request.path_info.startswith("/api/"):
        return problem(Problem(404, "No such resource", "the API has no such address"))
    asked = request.path_info.rstrip("/").rpartition("/")[2]
    handbook = current()
    near = [handbook.entries[code] for code in near_codes(asked, handbook.entries)]
    return TemplateResponse(request, "404.html", {"near": near, "noindex": True}, status=404)


def _panel(handbook: Handbook, found: Entry, client: Client, chosen: bool) -> Panel:
    remedy = next((r for r in found.remedies if r.client == client.slug), None)
    symptoms, recordings = shown(found, client.slug)
    howtos = [handbook.howtos[slug] for slug in remedy.howtos] if remedy else []
    return Panel(client, symptoms, recordings, remedy, howtos, chosen)


def _passes(entry: Entry, chosen: dict[str, str]) -> bool:
    return (
        (not chosen["status"] or chosen["status"] in entry.statuses)
        and (not chosen["client"] or chosen["client"] in entry.clients)
        and (not chosen["side"] or chosen["side"] == entry.side)
    )


def _blank(found: Entry) -> Result:
    facts = Facts(
        status=next(iter(found.statuses), None),
        error_type=next(iter(found.error_types), None),
        message=found.message or None,
    )
    return Result("", (), (), None, facts, None, ())
