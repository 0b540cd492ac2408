"""A small fixture set in a folder, and the commands one runs on it."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import CommandError, call_command

from kb.content.schema import ROWS
from kb.handbook.publish import path as published_path
from kb.handbook.snapshot import read
from kb.models import LoadedRow


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
        """The document that was published, and when its file was written."""
        path = published_path()
        return read(path).document, path.stat().st_mtime_ns
