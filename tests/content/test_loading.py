"""`load_kb` brings the database to what the fixtures say, and publishes it."""

from __future__ import annotations

import os

from django.conf import settings

from kb.handbook import current
from kb.models import Cause, Entry, Redirect, Signature
from tests import fixture_set
from tests.content.workshop import Workshop
from tests.fixture_set import change

ENTRY = "entries/401-first.yaml"


def test_the_first_load_brings_every_row_and_publishes(workshop: Workshop) -> None:
    rows = sum(len(rows) for rows in fixture_set.files().values())
    assert workshop.load() == f"{rows} rows loaded, 0 removed; published\n"
    assert set(Entry.objects.values_list("code", flat=True)) == {"401-first", "429-second"}
    assert b"The title of 401-first" in workshop.published()[0]


def test_loading_twice_changes_nothing(loaded: Workshop) -> None:
    database, document = loaded.database(), loaded.published()[0]
    assert loaded.load() == "0 rows loaded, 0 removed; published\n"
    assert loaded.published()[0] == document
    assert _without_bookkeeping(loaded.database()) == _without_bookkeeping(database)


def test_a_changed_row_is_changed_in_place(loaded: Workshop) -> None:
    before = Entry.objects.get(code="401-first")
    change(loaded.path(ENTRY), lambda rows: rows[0]["fields"].update(side="plan"))
    assert loaded.load().startswith("1 rows loaded, 0 removed")
    after = Entry.objects.get(code="401-first")
    assert (after.pk, before.side, after.side) == (before.pk, "you", "plan")


def test_a_key_left_out_again_falls_back_to_its_default(loaded: Workshop) -> None:
    change(loaded.path(ENTRY), lambda rows: rows[0]["fields"].pop("message"))
    loaded.load()
    assert Entry.objects.get(code="401-first").message == ""


def test_a_row_that_is_gone_from_its_file_is_removed(loaded: Workshop) -> None:
    change(loaded.path(ENTRY), lambda rows: rows.pop(1))
    assert loaded.load() == "0 rows loaded, 1 removed; published\n"
    assert not Cause.objects.exists()


def test_an_entry_that_is_gone_takes_its_belongings_with_it(loaded: Workshop) -> None:
    loaded.path(ENTRY).unlink()
    loaded.path("redirects.yaml").unlink()
    change(loaded.path("howtos.yaml"), lambda rows: rows[0]["fields"].update(steps=fixture_set.both("步骤", "Steps")))
    loaded.load()
    assert list(Entry.objects.values_list("code", flat=True)) == ["429-second"]
    assert not Signature.objects.exists()
    assert not Redirect.objects.exists()
    assert b"401-first" not in loaded.published()[0]


def test_an_entry_may_take_the_place_of_another(loaded: Workshop) -> None:
    change(loaded.path("entries/429-second.yaml"), lambda rows: rows[0]["fields"].update(code="429-third"))
    change(loaded.path(ENTRY), lambda rows: rows[0]["fields"]["neighbours"][0].update(code="429-third"))
    new = {"old_code": "429-second", "new_code": "429-third"}
    change(loaded.path("redirects.yaml"), lambda rows: rows.append(fixture_set.row("redirect", **new)))
    loaded.load()
    assert set(Entry.objects.values_list("code", flat=True)) == {"401-first", "429-third"}


def test_references_are_resolved_in_what_is_published(loaded: Workshop) -> None:
    handbook = current()
    assert handbook.entries["401-first"].summary["en"] == "What it means, at api.example.org."
    assert "claude-sonnet-9" in handbook.entries["401-first"].remedies[0].plain["en"]
    assert handbook.entries["401-first"].faq[0].question["en"] == "Why at api.example.org?"
    assert handbook.entries["401-first"].snippets[0].code == 'print("api.example.org")'
    steps = handbook.howtos["set-the-key"].steps
    assert '<a href="/en/errors/401-first/"' in steps["en"]
    assert "{{" not in loaded.published()[0].decode()


def test_if_changed_does_nothing_when_nothing_changed(loaded: Workshop) -> None:
    before = loaded.published()
    assert loaded.load(if_changed=True) == ""
    assert loaded.published() == before


def test_if_changed_loads_when_a_file_changed(loaded: Workshop) -> None:
    change(loaded.path(ENTRY), lambda rows: rows[0]["fields"].update(side="plan"))
    assert loaded.load(if_changed=True).startswith("1 rows loaded")


def test_if_changed_loads_when_a_file_is_gone(loaded: Workshop) -> None:
    loaded.path("redirects.yaml").unlink()
    assert "1 removed" in loaded.load(if_changed=True)


def test_if_changed_loads_when_what_was_published_is_gone(loaded: Workshop) -> None:
    (settings.VAR / "handbook.zip").unlink()
    assert loaded.load(if_changed=True) != ""
    assert loaded.published()[0]


def test_what_is_published_can_be_read_by_other_users_and_leaves_nothing_beside_it(loaded: Workshop) -> None:
    assert sorted(os.listdir(settings.VAR)) == ["handbook.zip", "loaded-fixtures", "markup.json", "node.lock"]
    assert (settings.VAR / "handbook.zip").stat().st_mode & 0o777 == 0o644


def _without_bookkeeping(database: str) -> str:
    return database.partition('{"model": "kb.loadedrow"')[0]
