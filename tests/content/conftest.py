"""A database, a folder for what is published and a small fixture set, all of the test's own."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from pytest_django import Settings

from kb.content.schema import ROWS
from kb.models import LoadedRow
from tests import fixture_set
from tests.content.workshop import Workshop


@pytest.fixture
def empty_database(db: None) -> None:
    """Emptied row by row in bulk, without the collecting of what hangs on each."""
    for kind in (LoadedRow, *(apps.get_model(name) for name in reversed(ROWS))):
        rows = kind._default_manager.all()
        rows._raw_delete(rows.db)


@pytest.fixture
def own_folder(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`var/` of this test alone; the handbook of the process is left as it is."""
    settings.VAR = tmp_path / "var"
    current = import_module("kb.handbook.current")
    monkeypatch.setattr(current, "_holder", current._Holder())
    return tmp_path


@pytest.fixture
def workshop(own_folder: Path, empty_database: None) -> Workshop:
    """The small set written, not yet loaded."""
    return Workshop(fixture_set.write(own_folder / "fixtures", fixture_set.files()))


@pytest.fixture
def loaded(workshop: Workshop) -> Workshop:
    """The small set, loaded and published."""
    workshop.load()
    return workshop
