"""A publish is noticed by running processes; readers see the old handbook or the new one, never half."""

from __future__ import annotations

import dataclasses
from importlib import import_module
from pathlib import Path
from random import Random

import pytest
from django.test import Client
from pytest_django import Settings

from kb.handbook import current
from kb.handbook.publish import ADAPTER, dumped
from kb.handbook.publish import path as published_path
from kb.handbook.snapshot import BadSnapshot, Snapshot, previous, read, write

module = import_module("kb.handbook.current")


@pytest.fixture
def published(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Snapshot:
    """What is published now, alone in a folder of the test's own; the file is looked at on every use."""
    snapshot = read(published_path())
    settings.VAR = tmp_path
    write(published_path(), snapshot)
    monkeypatch.setattr(module, "_holder", module._Holder())
    monkeypatch.setattr(module, "LOOK_EVERY", 0.0)
    return snapshot


def only_first_entry() -> bytes:
    document = current().document
    return ADAPTER.dump_json(dataclasses.replace(document, entries=document.entries[:1]))


def damage(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1000])


def test_a_snapshot_is_read_back_as_it_was_written(published: Snapshot) -> None:
    assert len(published.pages) > 400
    assert read(published_path()) == published


def test_a_document_is_read_back_as_it_was_written(published: Snapshot) -> None:
    assert dumped(ADAPTER.validate_json(published.document)) == published.document


def test_a_process_keeps_its_handbook_while_nothing_is_published(published: Snapshot) -> None:
    assert current() is current()


def test_a_publish_is_noticed(published: Snapshot) -> None:
    before = current()
    write(published_path(), Snapshot(only_first_entry()))
    after = current()
    assert (len(before.entries) > 1, len(after.entries)) == (True, 1)
    assert before.version != after.version


def test_an_edit_of_prose_keeps_the_compiled_rules(published: Snapshot) -> None:
    before = current()
    other = dataclasses.replace(before.document, facts={**before.document.facts, "new": "fact"})
    write(published_path(), Snapshot(ADAPTER.dump_json(other)))
    assert current().document.facts["new"] == "fact"
    assert current().engine is before.engine


def test_an_edit_of_a_title_is_searched_for_and_keeps_the_rest(published: Snapshot) -> None:
    first, *others = current().document.entries
    renamed = dataclasses.replace(first, title={"en": "Quizzaciously zymurgic", "zh-hans": "标题"})
    other = dataclasses.replace(current().document, entries=(renamed, *others))
    write(published_path(), Snapshot(ADAPTER.dump_json(other)))
    assert [entry.code for entry in current().search("quizzaciously zymurgic")][:1] == [first.code]


def test_the_same_content_has_the_same_version(published: Snapshot) -> None:
    before = current()
    write(published_path(), published)
    assert current().version == before.version


def test_a_handbook_is_kept_when_the_file_is_gone(published: Snapshot) -> None:
    before = current()
    published_path().unlink()
    assert current() is before
    assert Client().get("/en/").status_code == 200


@pytest.mark.parametrize("document", [b'{"shape": "of tomorrow"}', b"", b"not JSON"])
def test_a_document_of_another_version_is_kept_from_readers(published: Snapshot, document: bytes) -> None:
    before = current()
    write(published_path(), Snapshot(document))
    assert current() is before


def test_a_damaged_file_is_kept_from_readers(published: Snapshot) -> None:
    before = current()
    damage(published_path())
    assert current() is before


def test_a_process_that_starts_with_a_damaged_file_takes_the_one_before(published: Snapshot) -> None:
    write(published_path(), Snapshot(only_first_entry()))
    damage(published_path())
    assert published_path() != previous(published_path())
    module._holder = module._Holder()
    assert len(current().entries) > 1


@pytest.mark.django_db
def test_without_any_file_of_use_the_database_is_read(published: Snapshot) -> None:
    published_path().write_bytes(b"of yesterday")
    assert current().document.entries


@pytest.mark.parametrize("broken", [b"", b"PK", b"of yesterday"])
def test_what_is_no_snapshot_is_a_bad_one(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(broken)
    with pytest.raises(BadSnapshot, match=r"x\.zip"):
        read(tmp_path / "x.zip")


def test_noise_anywhere_makes_a_bad_snapshot_or_none(tmp_path: Path) -> None:
    """Never another exception: a process that starts with such a file takes the one before."""
    whole, path = published_path().read_bytes(), tmp_path / "x.zip"
    noise, bad = Random(1), 0
    for _ in range(40):
        at = noise.randrange(len(whole))
        path.write_bytes(whole[:at] + noise.randbytes(50_000) + whole[at + 50_000 :])
        try:
            read(path)
        except BadSnapshot:
            bad += 1
    assert bad > 30


def test_a_file_that_cannot_be_written_leaves_the_old_one(published: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kb.handbook.snapshot._write", full)
    with pytest.raises(OSError, match="No space"):
        write(published_path(), Snapshot(b"{}"))
    assert read(published_path()) == published
    assert [path.name for path in published_path().parent.iterdir()] == [published_path().name]


def test_the_file_is_not_looked_at_more_than_once_a_second(
    published: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_EVERY", 60.0)
    before = current()
    write(published_path(), Snapshot(only_first_entry()))
    assert current() is before


def test_what_is_published_cannot_be_changed_in_place(published: Snapshot) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        current().document.entries[0].code = "other"  # type: ignore[misc]
