"""What a publish did not change stays the very object that it was, and nothing else does."""

from __future__ import annotations

from dataclasses import replace

from kb.handbook import current
from kb.handbook.publish import ADAPTER
from kb.handbook.shared import shared_document, shared_pages
from kb.handbook.snapshot import Page


def test_an_equal_document_is_made_of_the_old_one() -> None:
    old = current().document
    new = ADAPTER.validate_json(current().snapshot.document)
    found = shared_document(new, old)
    assert found == new
    assert found.rules is old.rules and found.entries is old.entries


def test_only_an_entry_that_changed_is_new() -> None:
    old = current().document
    first, *rest = old.entries
    new = replace(old, entries=(replace(first, title={**first.title, "en": "Another title"}), *rest[1:]))
    found = shared_document(ADAPTER.validate_json(ADAPTER.dump_json(new)), old)
    assert found == new
    assert found.entries[0].title["en"] == "Another title"
    assert all(one is other for one, other in zip(found.entries[1:], rest[1:], strict=True))


def test_pages_are_the_old_ones_where_they_are_equal() -> None:
    old = {address: Page(address, {"X": "1"}, "", b"a", b"b") for address in ("same", "changed", "gone")}
    new = {"same": Page("same", {"X": "1"}, "", b"a", b"b"), "changed": replace(old["changed"], headers={"X": "2"})}
    found = shared_pages(new, old)
    assert found == new
    assert found["same"] is old["same"] and found["changed"] is new["changed"]
