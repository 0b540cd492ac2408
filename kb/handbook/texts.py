"""What the search reads of the handbook: every entry's words, in all languages at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.handbook.markup import plain_text
from kb.handbook.types import Document, Entry, Text
from kb.lookup.rules import EntryText


def texts(document: Document) -> Iterator[EntryText]:
    """The entries that are listed, in the order of their codes."""
    names = {client.slug: client.name for client in document.clients}
    return (_text(entry, names) for entry in document.entries if entry.withdrawn is None)


def _text(entry: Entry, names: dict[str, Text]) -> EntryText:
    where = [{language: plain_text(html) for language, html in symptom.where.items()} for symptom in entry.symptoms]
    fields = {
        "title": _join([entry.title]) + f"\n{' '.join(entry.statuses)}\n{entry.code}",
        "message": "\n".join((entry.message, *entry.error_types, *entry.error_codes, *entry.exceptions)),
        "cause": _join(cause.title for cause in entry.causes),
        "question": _join(question.question for question in entry.faq),
        "meaning": _join([entry.summary]),
        "client": _join(names[slug] for slug in entry.clients),
        "where": _join(where),
    }
    return EntryText(entry.code, fields)


def _join(values: Iterable[Text]) -> str:
    return "\n".join(text for value in values for text in value.values())
