"""`manage.py export_kb`: from the database back into the same files."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command

from kb.models import Cause, Entry, Fact
from tests import fixture_set
from tests.content.workshop import Workshop
from tests.fixture_set import CHECKED, change

ENTRY = "entries/401-first.yaml"


def export(at: Workshop, **options: Any) -> str:
    out = StringIO()
    call_command("export_kb", fixtures=at.folder, stdout=out, **options)
    return out.getvalue()


def refusal(at: Workshop, **options: Any) -> tuple[str, str]:
    """What `export_kb` printed on both channels, and its last word."""
    said = StringIO()
    with pytest.raises(CommandError) as raised:
        call_command("export_kb", fixtures=at.folder, stdout=said, stderr=said, **options)
    assert raised.value.returncode == 1
    return said.getvalue(), str(raised.value)


def contents(at: Workshop) -> dict[str, bytes]:
    return {str(path.relative_to(at.folder)): path.read_bytes() for path in at.folder.rglob("*") if path.is_file()}


@pytest.fixture
def formed(loaded: Workshop) -> Workshop:
    """The small set in canonical form, loaded and exported."""
    export(loaded)
    return loaded


@pytest.mark.usefixtures("empty_database")
def test_loaded_and_exported_fixtures_are_the_same_bytes(own_folder: Path) -> None:
    there = Workshop(own_folder / "fixtures")
    for path in Path(settings.FIXTURES).rglob("*.yaml"):
        copy = there.path(str(path.relative_to(settings.FIXTURES)))
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    there.load()
    before = contents(there)
    export(there)
    assert contents(there) == before


def test_nothing_is_written_when_nothing_changed(formed: Workshop) -> None:
    stamps = {path: path.stat().st_mtime_ns for path in formed.folder.rglob("*.yaml")}
    assert export(formed) == "0 files written\n"
    assert {path: path.stat().st_mtime_ns for path in formed.folder.rglob("*.yaml")} == stamps


def test_an_edit_is_written_into_its_file_only_and_is_no_edit_any_more(formed: Workshop) -> None:
    before = contents(formed)
    Entry.objects.filter(code="401-first").update(message="edited: by hand")
    assert formed.refusal().code == 3
    assert export(formed) == f"{ENTRY}\n1 files written\n"
    after = contents(formed)
    assert [name for name in after if after[name] != before.get(name)] == [ENTRY]
    assert after[ENTRY] == before[ENTRY].replace(b"message: no such key", b'message: "edited: by hand"')
    assert formed.load() == "0 rows loaded, 0 removed; published\n"


def test_added_and_deleted_rows_are_exported(formed: Workshop) -> None:
    Fact.objects.create(slug="added", value="by hand", source="nobody", checked=CHECKED)
    Cause.objects.all().delete()
    assert export(formed) == f"{ENTRY}\nfacts.yaml\n2 files written\n"
    assert "slug: added" in formed.path("facts.yaml").read_text()
    assert "kb.cause" not in formed.path(ENTRY).read_text()
    assert formed.load() == "0 rows loaded, 0 removed; published\n"


def test_a_new_entry_gets_a_file_and_a_deleted_one_loses_it(formed: Workshop) -> None:
    kept = Entry.objects.get(code="429-second")
    kept.pk, kept.code = None, "430-third"
    kept.save()
    Entry.objects.filter(code="429-second").delete()
    Entry.objects.filter(code="401-first").update(neighbours=[])
    export(formed)
    assert 'code: "430-third"' in formed.path("entries/430-third.yaml").read_text()
    assert not formed.path("entries/429-second.yaml").exists()
    assert formed.load() == "0 rows loaded, 0 removed; published\n"


def test_the_comments_of_a_file_are_kept(formed: Workshop) -> None:
    path = formed.path("facts.yaml")
    path.write_text("# Values that prose refers to.\n\n" + path.read_text())
    Fact.objects.update(value="edited.example.org")
    export(formed)
    assert path.read_text().startswith("# Values that prose refers to.\n\n- model: kb.fact\n")
    assert "edited.example.org" in path.read_text()


def test_a_change_in_the_files_that_was_not_loaded_stays_and_can_be_loaded_afterwards(formed: Workshop) -> None:
    change(formed.path(ENTRY), lambda rows: rows[0]["fields"].update(side="plan"))
    Fact.objects.update(value="edited.example.org")
    export(formed)
    assert "side: plan" in formed.path(ENTRY).read_text()
    assert "edited.example.org" in formed.path("facts.yaml").read_text()
    assert formed.load() == "1 rows loaded, 0 removed; published\n"


def test_a_row_changed_differently_in_both_places_is_named_and_nothing_is_written(formed: Workshop) -> None:
    change(formed.path("facts.yaml"), lambda rows: rows[0]["fields"].update(value="one.example.org"))
    Fact.objects.update(value="two.example.org")
    before = contents(formed)
    said, reason = refusal(formed)
    assert said == "kb.fact api-host\n"
    assert "nothing was changed" in reason
    assert contents(formed) == before


def test_an_edit_that_would_be_a_mistake_is_named_and_nothing_is_written(formed: Workshop) -> None:
    before = contents(formed)
    Entry.objects.filter(code="401-first").update(side="left")
    said, reason = refusal(formed)
    assert "kb.entry[0] 401-first: side" in said
    assert reason == "1 mistakes; nothing was changed"
    Entry.objects.filter(code="401-first").update(side="you", neighbours=[])
    Fact.objects.all().delete()
    assert "{{fact:api-host}} leads nowhere" in refusal(formed)[0]
    assert contents(formed) == before


def test_an_empty_database_is_refused(workshop: Workshop) -> None:
    before = contents(workshop)
    assert refusal(workshop)[1].startswith("the database holds no rows: load the fixtures first")
    assert contents(workshop) == before


def test_check_names_the_files_that_differ_and_writes_nothing(formed: Workshop) -> None:
    assert export(formed, check=True) == ""
    Fact.objects.update(value="edited.example.org")
    before = contents(formed)
    said, reason = refusal(formed, check=True)
    assert said == "facts.yaml\n"
    assert reason.startswith("1 files differ")
    assert contents(formed) == before
    assert formed.refusal().said.strip() == "kb.fact api-host"


def test_format_brings_files_into_form_without_the_database(workshop: Workshop) -> None:
    said = {name: yaml.safe_load(text) for name, text in contents(workshop).items()}
    names = sorted(fixture_set.files())
    assert refusal(workshop, format=True, check=True)[0].split() == names
    assert export(workshop, format=True).endswith(f"{len(names)} files written\n")
    assert {name: yaml.safe_load(text) for name, text in contents(workshop).items()} == said
    assert export(workshop, format=True, check=True) == ""
