"""A publish renders what changed, all of it, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from django.template.response import TemplateResponse

from kb.handbook.current import Handbook, build
from kb.handbook.publish import ADAPTER
from kb.handbook.snapshot import Page, Snapshot
from kb.handbook.types import Document
from kb.serving import pages as made

CODE = "529-overloaded"


@pytest.fixture
def handbook(node: Snapshot) -> Handbook:
    return build(node)


def with_document(handbook: Handbook, document: Document) -> Handbook:
    return build(Snapshot(ADAPTER.dump_json(document), handbook.snapshot.made), handbook)


def with_entry(handbook: Handbook, **changes: object) -> Handbook:
    entries = [replace(e, **changes) if e.code == CODE else e for e in handbook.document.entries]  # type: ignore[arg-type]
    return with_document(handbook, replace(handbook.document, entries=tuple(entries)))


def changed(before: Mapping[str, Page], after: Mapping[str, Page]) -> set[str]:
    return {address for address in before | after if before[address].etag != after[address].etag}


def test_nothing_is_rendered_when_nothing_changed(handbook: Handbook) -> None:
    before = handbook.snapshot.pages
    after = made.pages(handbook, before)
    assert all(after[address] is page for address, page in before.items())


def test_a_page_does_not_depend_on_the_process_that_made_it(handbook: Handbook) -> None:
    assert {a: (p.etag, p.made_of) for a, p in made.pages(handbook, {}).items()} == {
        a: (p.etag, p.made_of) for a, p in handbook.snapshot.pages.items()
    }


def test_an_edit_of_prose_changes_the_pages_that_show_it(handbook: Handbook) -> None:
    html = {"en": "<p>Quite another meaning.</p>", "zh-hans": "<p>另一个意思。</p>"}
    after = made.pages(with_entry(handbook, meaning=html), handbook.snapshot.pages)
    about = {"/en/about/", "/zh-hans/about/"}  # they name the version
    assert changed(handbook.snapshot.pages, after) - about == {f"/{lang}/errors/{CODE}/" for lang in ("en", "zh-hans")}


@pytest.mark.parametrize(
    "changes",
    [
        {"title": {"en": "Another title", "zh-hans": "另一个标题"}},
        {"statuses": ("529", "503"), "side": "you"},
        {"symptoms": (), "remedies": ()},
        {"withdrawn": {"en": "<p>Gone.</p>", "zh-hans": "<p>撤下。</p>"}},
    ],
)
def test_what_is_rendered_after_an_edit_is_what_would_be_rendered_anew(
    handbook: Handbook, changes: dict[str, object]
) -> None:
    after = with_entry(handbook, **changes)
    quick, anew = made.pages(after, handbook.snapshot.pages), made.pages(after, {})
    assert {a: p.etag for a, p in quick.items()} == {a: p.etag for a, p in anew.items()}


def test_the_day_on_which_a_model_retires_changes_its_pages(
    handbook: Handbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.pages.models.today", lambda: date(2040, 1, 1))
    after = made.pages(handbook, handbook.snapshot.pages)
    assert {"/en/models/", "/zh-hans/models/"} <= changed(handbook.snapshot.pages, after)


def test_no_context_holds_what_cannot_be_compared(handbook: Handbook, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(TemplateResponse, "render", lambda response: seen.append(repr(response.context_data)))
    monkeypatch.setattr(made, "stored", lambda *_: None)
    monkeypatch.setattr(TemplateResponse, "content", b"")
    made.pages(handbook, {})
    assert len(seen) > 400
    assert [text[:99] for text in seen if " at 0x" in text or "frozenset" in text] == []


def test_pages_that_show_a_providers_status_are_made_when_asked(handbook: Handbook, settings: object) -> None:
    settings.STATUS_PAGES = (("Claude", ""),)  # type: ignore[attr-defined]
    kept = made.pages(handbook, {})
    assert "/en/" not in kept
    assert f"/en/errors/{CODE}/" not in kept
    assert "/en/privacy/" in kept
