"""The table of model IDs: sorted, filtered, and a box that checks an ID."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers

from kb.handbook import Handbook, current
from kb.handbook.current import today
from kb.handbook.labels import MODEL_STATUS
from kb.handbook.types import Model
from kb.pages.search import MOST, searched, without_key

STATUSES = tuple(MODEL_STATUS)


@dataclass(frozen=True)
class Row:
    """A model as it is today. `date`: the day it retires, or the first day on which it may."""

    model: Model
    status: str
    rank: int
    date: date | None

    @property
    def replacement(self) -> str:
        return self.model.rule.replacement


@dataclass(frozen=True)
class Column:
    """A column that sorts. `href` sorts by it, the other way round when it sorts already; `aria` says how it does."""

    name: str
    href: str
    aria: str


KEYS: dict[str, Callable[[Row], Any]] = {
    "id": lambda row: row.model.rule.model_id,
    "status": lambda row: row.rank,
    "date": lambda row: row.date or date.max,
    "context": lambda row: row.model.context or 0,
}


def models(request: HttpRequest, lang: str) -> HttpResponse:
    """Every model ID with its status today. `?sort=`, `?status=`, `?family=` narrow it; `?id=` checks a spelling."""
    handbook = current()
    asked = searched(request, "id")
    redirect = without_key(request, asked, "id")
    if redirect:
        return redirect
    chosen = {name: request.GET.get(name, "") for name in ("status", "family", "sort")}
    suggestion = handbook.resolve_model(asked) if asked else None
    context = {
        "rows": _sorted(_rows(handbook, chosen), chosen["sort"]),
        "columns": {name: _column(name, chosen) for name in KEYS},
        "chosen": chosen,
        "statuses": STATUSES,
        "families": list(dict.fromkeys(model.rule.family for model in handbook.document.models)),
        "spellings": handbook.document.spellings,
        "asked": asked,
        "most": MOST,
        "suggestion": suggestion,
        "meant": handbook.models[suggestion.model_id] if suggestion else None,
        "platform": handbook.engine.models.platform(asked),
        "today": today(),
        "noindex": bool(asked) or any(chosen.values()),
    }
    response = TemplateResponse(request, "models.html", context)
    if asked:
        add_never_cache_headers(response)
    return response


def _rows(handbook: Handbook, chosen: dict[str, str]) -> Iterable[Row]:
    for model in handbook.document.models:
        status = model.rule.status(today())
        row = Row(model, status, STATUSES.index(status), model.rule.retires or model.not_before)
        if chosen["status"] in ("", status) and chosen["family"] in ("", model.rule.family):
            yield row


def _sorted(rows: Iterable[Row], sort: str) -> list[Row]:
    """In the order of the fixture within the statuses, unless a column is asked for; `-id` is backwards."""
    key = KEYS.get(sort.removeprefix("-"), KEYS["status"])
    return sorted(rows, key=key, reverse=sort.startswith("-"))


def _column(name: str, chosen: dict[str, str]) -> Column:
    wanted = f"-{name}" if chosen["sort"] == name else name
    aria = {name: "ascending", f"-{name}": "descending"}.get(chosen["sort"], "none")
    asked = {key: value for key, value in {**chosen, "sort": wanted}.items() if value}
    return Column(name, f"?{urlencode(asked)}#all", aria)
