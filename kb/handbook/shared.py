"""What a publish did not change is taken from the handbook before: its copy is gone at once, and memory stays whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from kb.handbook.snapshot import Page
from kb.handbook.types import Document


def shared_document(new: Document, old: Document) -> Document:
    """A document equal to `new`, made of parts of `old` where they are equal: whole fields, or single entries."""
    known = {entry.code: entry for entry in old.entries}
    entries = tuple(known[entry.code] if known.get(entry.code) == entry else entry for entry in new.entries)
    rest = {field.name: (getattr(old, field.name), getattr(new, field.name)) for field in fields(Document)}
    same = {name: before for name, (before, now) in rest.items() if before == now}
    return replace(new, **{"entries": entries, **same})


def shared_pages(new: Mapping[str, Page], old: Mapping[str, Page]) -> dict[str, Page]:
    """Pages equal to `new`; of `old`, with what was made of them for a reader, where they are equal."""
    return {address: old[address] if old.get(address) == page else page for address, page in new.items()}
