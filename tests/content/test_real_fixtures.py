"""The fixtures of this repository load by Django's own command, and say the same either way."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management import call_command

from kb.content.canonical import database_rows, digest, identity
from kb.content.load import read_fixtures
from kb.content.schema import ROWS
from kb.content.yaml_files import fixture_paths
from tests.content.workshop import Workshop


def test_the_fixtures_have_no_mistake() -> None:
    assert read_fixtures(settings.FIXTURES)


def test_every_file_of_the_fixtures_is_one_that_is_loaded() -> None:
    loaded = set(fixture_paths(settings.FIXTURES))
    assert [path for path in Path(settings.FIXTURES).rglob("*.y*ml") if path not in loaded] == []


def test_an_entry_file_bears_the_code_of_its_only_entry_and_holds_only_what_belongs_to_it() -> None:
    for row in read_fixtures(settings.FIXTURES):
        if row.file.startswith("entries/"):
            owner = row.fields["code"] if row.model == "kb.entry" else row.fields["entry"][0]
            assert row.file == f"entries/{owner}.yaml"


@pytest.mark.usefixtures("empty_database")
def test_loaddata_works_on_an_empty_database_and_changes_nothing_the_second_time() -> None:
    paths = [str(path) for path in fixture_paths(settings.FIXTURES)]
    call_command("loaddata", *paths, verbosity=0)
    first = _dump()
    call_command("loaddata", *paths, verbosity=0)
    assert _dump() == first
    wanted = {identity(row): digest(row.model, row.fields) for row in read_fixtures(settings.FIXTURES)}
    assert {identity(row): digest(row.model, row.fields) for row in database_rows()} == wanted


def test_load_kb_after_loaddata_finds_nothing_to_do(workshop: Workshop) -> None:
    call_command("loaddata", *map(str, fixture_paths(workshop.folder)), verbosity=0)
    assert workshop.load() == "0 rows loaded, 0 removed; published\n"


def _dump() -> list[str]:
    return [serializers.serialize("json", apps.get_model(name)._default_manager.order_by("pk")) for name in ROWS]
