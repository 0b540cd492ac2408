"""A node of the test's own: its file in a folder of its own, nothing shared with other tests."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from pytest_django import Settings

from kb.handbook import Handbook, current
from kb.handbook.current import build
from kb.handbook.kept import Kept
from kb.handbook.publish import path, version_of
from kb.handbook.snapshot import Snapshot, write
from kb.serving.node import wanted
from kb.serving.pages import pages


@pytest.fixture
def node(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    """What is published now, as this node serves it; the file is looked at on every use."""
    handbook = _rendered(current().snapshot.document)
    settings.VAR = tmp_path
    write(path(), handbook.snapshot)
    module = import_module("kb.handbook.current")
    monkeypatch.setattr(module, "_holder", module._Holder())
    module.adopt(replace(handbook, kept=Kept()))
    monkeypatch.setattr(module, "LOOK_EVERY", 0.0)
    return handbook.snapshot


@cache
def _rendered(document: bytes) -> Handbook:
    """For the origin of this process: a server that another test starts here makes the shared file for its own."""
    handbook = build(Snapshot(document, wanted(1, version_of(document))))
    snapshot = replace(handbook.snapshot, pages=pages(handbook, {}))
    return replace(handbook, compiled=handbook.engine, snapshot=snapshot)
