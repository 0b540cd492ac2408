"""Texts to copy: a ready reply for a ticket, and a report for the provider."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from kb.handbook.labels import RETRY, SIDES
from kb.handbook.links import permalink
from kb.handbook.markup import without_marks
from kb.handbook.types import Entry, in_language
from kb.lookup.result import Facts, Result
from kb.printable import printable


@dataclass(frozen=True)
class Reply:
    """A reply in one language, as Markdown and as plain text."""

    lang: str
    name: str
    markdown: str
    text: str


def replies(entry: Entry, client: str | None, base: str = "") -> list[Reply]:
    """The reply in every language; `base` is the origin of the permalink."""
    return [_reply(entry, client, lang, name, base or settings.BASE_URL) for lang, name in settings.LANGUAGES]


def report(result: Result, lang: str) -> str:
    """What a provider's support asks for; no key, no prompt. Unknown values are left to fill in."""
    with override(lang):
        return _report_lines(result.facts)


def _reply(entry: Entry, client: str | None, lang: str, name: str, base: str) -> Reply:
    with override(lang):
        title, summary = in_language(entry.title, lang), in_language(entry.summary, lang)
        steps = _steps(entry, client, lang)
        verdict = f"{SIDES[entry.side]} · {RETRY[entry.retry]}"
        link = f"{base}{permalink(entry.code, client)}?lang={lang}"
        text = "\n\n".join(
            [title, summary, f"{verdict}\n{in_language(entry.retry_plain, lang)}", without_marks(steps), link]
        )
        markdown = "\n\n".join([f"**{title}** (`{entry.code}`)", summary, f"*{verdict}*", steps, f"[{link}]({link})"])
        return Reply(lang, name, markdown, text)


def _steps(entry: Entry, client: str | None, lang: str) -> str:
    for remedy in entry.remedies:
        if remedy.client == client:
            return in_language(remedy.markdown, lang)
    return "\n".join(f"- {in_language(cause.title, lang)}" for cause in entry.causes)


def _report_lines(facts: Facts) -> str:
    blank = "…"
    rows = (
        (_("Request id"), facts.request_id or blank),
        (_("Time, with time zone"), blank),
        (_("HTTP status and type"), " ".join(filter(None, (facts.status, facts.error_type))) or blank),
        (_("Message"), facts.message or blank),
        (_("Model"), facts.model or blank),
        (_("Client and version"), facts.client or blank),
        (_("How often, since when"), blank),
    )
    return "\n".join(f"{name}: {' '.join(printable(value).split())}" for name, value in rows)
