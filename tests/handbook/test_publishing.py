"""A publish is noticed by running processes; readers see the old handbook or the new one, never half."""

from __future__ import annotations

import dataclasses
from importlib import import_module
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from kb.handbook import current
from kb.handbook.publish import ADAPTER
from kb.handbook.publish import path as published_path

module = import_module("kb.handbook.current")


@pytest.fixture
def published(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """What is published now, alone in a folder of the test's own; the file is looked at on every use."""
    document = published_path().read_bytes()
    settings.VAR = tmp_path
    published_path().write_bytes(document)
    monkeypatch.setattr(module, "_holder", module._Holder())
    monkeypatch.setattr(module, "LOOK_EVERY", 0.0)
    return document


def publish(document: bytes) -> None:
    new = published_path().with_suffix(".new")
    new.write_bytes(document)
    new.replace(published_path())


def test_a_document_is_read_back_as_it_was_written(published: bytes) -> None:
    assert ADAPTER.dump_json(ADAPTER.validate_json(published)) == published


def test_a_process_keeps_its_handbook_while_nothing_is_published(published: bytes) -> None:
    assert current() is current()


def test_a_publish_is_noticed(published: bytes) -> None:
    before = current()
    document = dataclasses.replace(before.document, entries=before.document.entries[:1])
    publish(ADAPTER.dump_json(document))
    after = current()
    assert (len(before.entries) > 1, len(after.entries)) == (True, 1)
    assert before.version != after.version


def test_the_same_content_has_the_same_version(published: bytes) -> None:
    before = current()
    publish(published)
    assert current().version == before.version


def test_a_handbook_is_kept_when_the_file_is_gone(published: bytes) -> None:
    before = current()
    published_path().unlink()
    assert current() is before
    assert Client().get("/en/").status_code == 200


def test_a_file_of_another_version_is_kept_from_readers(published: bytes) -> None:
    before = current()
    publish(b'{"shape": "of tomorrow"}')
    assert current() is before


@pytest.mark.django_db
def test_a_file_of_another_version_is_published_anew_when_nothing_else_is_there(published: bytes) -> None:
    publish(b'{"shape": "of yesterday"}')
    assert current().document.entries
    assert published_path().read_bytes() != b'{"shape": "of yesterday"}'


def test_the_file_is_not_looked_at_more_than_once_a_second(published: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_EVERY", 60.0)
    before = current()
    publish(published.replace(b"401", b"402"))
    assert current() is before


def test_what_is_published_cannot_be_changed_in_place(published: bytes) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        current().document.entries[0].code = "other"  # type: ignore[misc]
