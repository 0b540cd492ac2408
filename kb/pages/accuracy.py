"""The measured figures as the about page shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from kb.content.accuracy import Score
from kb.evaluation import within
from kb.handbook.current import Handbook
from kb.handbook.labels import CORPORA
from kb.handbook.types import in_language
from kb.scores import fraction

LEAST = 8  # rows that a client or a language needs before its share says anything
Named = Callable[[str], Any]


@dataclass(frozen=True)
class Figure:
    """`9/10 90.0 %`, and within which interval: `[59.6 … 98.2]`, empty when nothing was counted."""

    share: str
    within: str


@dataclass(frozen=True)
class Line:
    """A row of a table."""

    name: Any
    top1: Figure
    top3: Figure
    wrong: Figure
    measured: date


@dataclass(frozen=True)
class Table:
    slug: str
    title: Any
    lines: tuple[Line, ...]


def shown(handbook: Handbook, lang: str) -> list[Table]:
    """The tables that have lines. Clients and languages with few rows are left out."""
    kept = handbook.document.accuracy
    clients, languages = ([s for s in scores if s.rows >= LEAST] for scores in (kept.client, kept.language))

    def client(slug: str) -> Any:
        found = handbook.clients.get(slug)
        return in_language(found.name, lang) if found else _("other clients")

    tables = (
        _table("corpus", _("By collection"), sorted(kept.corpus, key=_place), lambda name: CORPORA.get(name, name)),
        _table("client", _("By client"), clients, client),
        _table("language", _("By language of the paste"), languages, _language),
    )
    return [table for table in tables if table.lines]


def _place(score: Score) -> int:
    """Collections in the order of their names, those without one last."""
    names = list(CORPORA)
    return names.index(score.name) if score.name in names else len(names)


def _table(slug: str, title: Any, scores: Sequence[Score], named: Named) -> Table:
    return Table(slug, title, tuple(_line(score, named) for score in scores))


def _line(score: Score, named: Named) -> Line:
    return Line(
        name=named(score.name),
        top1=_figure(score.top1, score.rows),
        top3=_figure(score.top3, score.rows),
        wrong=_figure(score.wrong, score.none),
        measured=score.measured,
    )


def _figure(right: int, total: int) -> Figure:
    return Figure(fraction(right, total), within(right, total)) if total else Figure("–", "")


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
