"""A database, a folder for what is published and a small fixture set, all of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import CommandError, call_command
from pytest_django import Settings

from kb.content.schema import ROWS
from kb.handbook.publish import path as published_path
from kb.models import LoadedRow
from tests import fixture_set


@dataclass(frozen=True)
class Refusal:
    """How `load_kb` refused: what it printed, its last word, its exit code."""

    said: str
    reason: str
    code: int


class Workshop:
    """The folder of a small fixture set and the commands one runs on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        return self.folder / name

    def load(self, **options: Any) -> str:
        out = StringIO()
        call_command("load_kb", fixtures=self.folder, stdout=out, **options)
        return out.getvalue()

    def refusal(self, **options: Any) -> Refusal:
        said = StringIO()
        with pytest.raises(CommandError) as raised:
            call_command("load_kb", fixtures=self.folder, stdout=StringIO(), stderr=said, **options)
        return Refusal(said.getvalue(), str(raised.value), raised.value.returncode)

    def database(self) -> str:
        """Every row of every table of content, with its numbers, and what the loader remembers."""
        kinds = [apps.get_model(name) for name in ROWS] + [LoadedRow]
        return "".join(serializers.serialize("json", kind._default_manager.order_by("pk")) for kind in kinds)

    def published(self) -> tuple[bytes, int]:
        path = published_path()
        return path.read_bytes(), path.stat().st_mtime_ns


@pytest.fixture
def empty_database(db: None) -> None:
    LoadedRow.objects.all().delete()
    for model in reversed(ROWS):
        apps.get_model(model)._default_manager.all().delete()


@pytest.fixture
def own_folder(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """`var/` of this test alone; the handbook of the process is left as it is."""
    settings.VAR = tmp_path / "var"
    current = import_module("kb.handbook.current")
    monkeypatch.setattr(current, "_holder", current._Holder())
    yield tmp_path


@pytest.fixture
def workshop(own_folder: Path, empty_database: None) -> Workshop:
    """The small set written, not yet loaded."""
    return Workshop(fixture_set.write(own_folder / "fixtures", fixture_set.files()))


@pytest.fixture
def loaded(workshop: Workshop) -> Workshop:
    """The small set, loaded and published."""
    workshop.load()
    return workshop
