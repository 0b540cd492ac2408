"""An edit is checked as a fixture is, saved whole or not at all, and published once it is committed."""

from __future__ import annotations

import gzip
import html
import re
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test import Client

from kb.admin import site
from kb.content.edit import text_of
from kb.models import Cause, Entry, Fact, Publication
from tests.content.workshop import Workshop

pytestmark = pytest.mark.django_db


def address(kind: Any, key: str = "") -> str:
    pk = kind.objects.get_by_natural_key(key).pk if key else 0
    return f"/admin/kb/{kind._meta.model_name}/" + (f"{pk}/change/" if pk else "add/")


def shown(desk: Client, where: str) -> dict[str, str]:
    """The form as the browser would send it back."""
    page = desk.get(where).content.decode()
    text = re.search(r'<textarea name="rows"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    before = re.search(r'name="before" value="([^"]*)"', page)
    assert text, page
    return {"rows": html.unescape(text[1]), "before": html.unescape(before[1]) if before else ""}


def mistakes(response: HttpResponse) -> str:
    assert response.status_code == 200
    found = re.search(r'<ul class="errorlist".*?</ul>', response.content.decode(), re.DOTALL)
    assert found
    return html.unescape(found[0])


def change(desk: Client, was: str, becomes: str, key: str = "401-first") -> HttpResponse:
    form = shown(desk, address(Entry, key))
    assert was in form["rows"]
    return desk.post(address(Entry, key), form | {"rows": form["rows"].replace(was, becomes, 1)})  # type: ignore[return-value]


def test_the_form_shows_the_file_of_the_entry(desk: Client) -> None:
    form = shown(desk, address(Entry, "401-first"))
    assert form["rows"] == form["before"] == text_of("kb.entry", "401-first")
    assert form["rows"].startswith("- model: kb.entry\n")
    assert "- model: kb.signature\n" in form["rows"]


def test_what_is_saved_is_published_with_the_same_commit(desk: Client) -> None:
    before = Publication.objects.last()
    assert change(desk, "en: Mistyped", "en: Mistyped or cut").status_code == 302
    assert Cause.objects.get(entry__code="401-first", slug="mistyped").title["en"] == "Mistyped or cut"
    published = Publication.objects.last()
    assert published != before
    assert b"Mistyped or cut" in gzip.decompress(published.document)


def test_a_browser_that_sends_windows_line_ends_changes_nothing(desk: Client, loaded: Workshop) -> None:
    form = {name: text.replace("\n", "\r\n") for name, text in shown(desk, address(Entry, "401-first")).items()}
    before = loaded.database()
    assert desk.post(address(Entry, "401-first"), form).status_code == 302
    assert loaded.database() == before


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("side: you", "side: them", "side"),
        ("zh-hans: 标题", "zh-hans: ' '", "no text in zh-hans"),
        ("phrase: no such key", "phrase: no such hat", "does not match"),
        ("{{fact:api-host}}", "{{fact:none}}", "leads nowhere"),
        ('code: "401-first"', 'code: "401-other"', "keeps its name"),
        ("slug: mistyped", "slug: renamed", "the anchor mistyped is permanent"),
        ("- model: kb.cause", "- model: kb.fact", "unknown key"),
        ("statuses:", "statuses: [", "expected"),
        ('code: "429-second"', 'code: "429-none"', "no entry 429-none"),
    ],
)
def test_a_mistake_is_shown_on_the_form_and_nothing_is_saved(
    desk: Client, loaded: Workshop, was: str, becomes: str, said: str
) -> None:
    before = loaded.database(), loaded.published()
    response = change(desk, was, becomes)
    assert said in mistakes(response)
    assert becomes in html.unescape(response.content.decode())
    assert (loaded.database(), loaded.published()) == before


def test_what_is_taken_out_is_removed(desk: Client) -> None:
    form = shown(desk, address(Entry, "401-first"))
    rows = re.split(r"(?m)^(?=- model)", form["rows"])
    kept = [row for row in rows if not row.startswith("- model: kb.symptom")]
    assert len(kept) < len(rows)
    assert desk.post(address(Entry, "401-first"), form | {"rows": "".join(kept)}).status_code == 302
    assert Entry.objects.get(code="401-first").symptom_set.count() == 0


def test_of_two_editors_the_second_is_told(desk: Client) -> None:
    form = shown(desk, address(Entry, "401-first"))
    assert change(desk, "en: Mistyped", "en: First").status_code == 302
    late = desk.post(address(Entry, "401-first"), form | {"rows": form["rows"].replace("en: Mistyped", "en: Second")})
    assert "changed by somebody else" in mistakes(late)  # type: ignore[arg-type]
    assert Cause.objects.get(slug="mistyped").title["en"] == "First"


def test_a_row_of_another_kind_is_edited_alike(desk: Client) -> None:
    form = shown(desk, address(Fact, "api-host"))
    answer = desk.post(address(Fact, "api-host"), form | {"rows": form["rows"].replace("api.example", "api2.example")})
    assert answer.status_code == 302
    assert "api2.example" in Fact.objects.get(slug="api-host").value


def test_a_new_row_is_added_and_one_that_is_there_is_not_overwritten(desk: Client) -> None:
    text = text_of("kb.fact", "api-host")
    assert "is there already" in mistakes(desk.post(address(Fact), {"rows": text, "before": ""}))  # type: ignore[arg-type]
    new = text.replace("slug: api-host", "slug: other-host")
    assert desk.post(address(Fact), {"rows": new, "before": ""}).status_code == 302
    assert Fact.objects.filter(slug="other-host").exists()


def test_a_text_that_would_grow_without_end_is_refused(desk: Client) -> None:
    bomb = "- &a [x, x]\n" + "".join(f"- &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20))
    assert "repeated with *" in mistakes(desk.post(address(Fact), {"rows": bomb, "before": ""}))  # type: ignore[arg-type]


def test_nothing_is_deleted_here(desk: Client) -> None:
    where = address(Entry, "401-first")
    assert desk.post(where.replace("change", "delete"), {"post": "yes"}).status_code == 403
    assert Entry.objects.filter(code="401-first").exists()


def test_an_edit_that_cannot_be_published_is_not_saved(
    desk: Client, loaded: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device")

    form, before = shown(desk, address(Entry, "401-first")), loaded.database()
    monkeypatch.setattr(site, "record", full)
    form["rows"] = form["rows"].replace("en: Mistyped", "en: Lost")
    assert desk.post(address(Entry, "401-first"), form).status_code == 503
    assert loaded.database() == before


@pytest.mark.parametrize("at", ['UPDATE "kb_entry"', 'UPDATE "kb_cause"', "SELECT", "INSERT"])
def test_a_database_that_fails_is_a_page_that_says_so_and_nothing_is_saved_by_half(
    desk: Client, loaded: Workshop, at: str
) -> None:
    form = shown(desk, address(Entry, "401-first"))
    before = loaded.database()
    edited = form["rows"].replace("en: Mistyped", "en: Lost").replace("side: you", "side: plan")
    where = address(Entry, "401-first")

    def fail(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(at):
            raise DatabaseError("disk full")
        return execute(sql, *rest)

    with connection.execute_wrapper(fail):
        response = desk.post(where, form | {"rows": edited})
    assert response.status_code == 503
    assert "Nothing was saved" in response.content.decode()
    assert "disk full" not in response.content.decode()
    assert loaded.database() == before


def test_the_page_of_an_editor_speaks_their_language(desk: Client) -> None:
    assert "内容管理" in desk.get("/admin/", headers={"Accept-Language": "zh-CN"}).content.decode()
