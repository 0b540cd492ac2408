"""What was edited in the database and stands in no fixture is kept, and said."""

from __future__ import annotations

import hashlib
import json

from kb.content.canonical import LATER, complete, database_rows, identity
from kb.models import Cause, Entry, Fact, LoadedRow
from tests.content.workshop import Workshop
from tests.fixture_set import CHECKED, change

ENTRY = "entries/401-first.yaml"
SECOND = "entries/429-second.yaml"


def test_an_edited_row_is_listed_and_kept(loaded: Workshop) -> None:
    Entry.objects.filter(code="401-first").update(message="edited by hand")
    database, published = loaded.database(), loaded.published()
    refusal = loaded.refusal()
    assert refusal.said.split("\n") == ["kb.entry 401-first", ""]
    assert "--discard-edits" in refusal.reason
    assert refusal.code == 3
    assert (loaded.database(), loaded.published()) == (database, published)


def test_an_added_row_is_listed_and_kept(loaded: Workshop) -> None:
    Fact.objects.create(slug="added", value="by hand", source="nobody", checked=CHECKED)
    refusal = loaded.refusal()
    assert (refusal.said.strip(), refusal.code) == ("kb.fact added", 3)
    assert Fact.objects.filter(slug="added").exists()


def test_a_deleted_row_is_listed_and_stays_deleted(loaded: Workshop) -> None:
    Cause.objects.all().delete()
    refusal = loaded.refusal()
    assert (refusal.said.strip(), refusal.code) == ("kb.cause 401-first / mistyped (deleted)", 3)
    assert not Cause.objects.exists()


def test_an_edit_holds_up_the_changes_of_other_rows(loaded: Workshop) -> None:
    Fact.objects.update(value="edited.example.org")
    change(loaded.path(ENTRY), lambda rows: rows[0]["fields"].update(side="plan"))
    assert loaded.refusal().code == 3
    assert Entry.objects.get(code="401-first").side == "you"


def test_discard_edits_overwrites_adds_back_and_removes(loaded: Workshop) -> None:
    before = loaded.database()
    Entry.objects.filter(code="401-first").update(message="edited by hand")
    Fact.objects.create(slug="added", value="by hand", source="nobody", checked=CHECKED)
    Cause.objects.all().delete()
    assert loaded.load(discard_edits=True) == "2 rows loaded, 1 removed; published\n"
    assert Entry.objects.get(code="401-first").message == "no such key"
    assert len(loaded.database()) == len(before)


def test_an_edit_that_also_stands_in_the_fixture_is_no_edit(loaded: Workshop) -> None:
    Entry.objects.filter(code="401-first").update(message="the new wording")
    change(loaded.path(ENTRY), lambda rows: rows[0]["fields"].update(message="the new wording"))
    assert loaded.load() == "0 rows loaded, 0 removed; published\n"


def test_a_row_loaded_before_there_were_the_later_keys_is_no_edit(loaded: Workshop) -> None:
    change(loaded.path(SECOND), lambda rows: rows[0]["fields"].update(side="plan"))
    [row] = (row for row in database_rows() if identity(row) == ("kb.entry", "429-second"))
    fields = {key: value for key, value in complete(row.model, row.fields).items() if key not in LATER}
    assert "named_codes" not in fields
    text = json.dumps(fields, sort_keys=True, ensure_ascii=False)
    LoadedRow.objects.filter(model=row.model, key="429-second").update(digest=hashlib.sha256(text.encode()).hexdigest())
    assert loaded.load() == "1 rows loaded, 0 removed; published\n"


def test_a_row_deleted_in_both_places_is_no_edit(loaded: Workshop) -> None:
    Cause.objects.all().delete()
    change(loaded.path(ENTRY), lambda rows: rows.pop(1))
    assert loaded.load() == "0 rows loaded, 0 removed; published\n"


def test_after_a_kept_edit_was_written_into_the_fixture_the_load_goes_on(loaded: Workshop) -> None:
    Entry.objects.filter(code="401-first").update(message="edited by hand")
    assert loaded.refusal().code == 3
    change(loaded.path(ENTRY), lambda rows: rows[0]["fields"].update(message="edited by hand", side="plan"))
    assert loaded.refusal().code == 3
    change(loaded.path(ENTRY), lambda rows: rows[0]["fields"].update(side="you"))
    assert loaded.load().startswith("0 rows loaded")
