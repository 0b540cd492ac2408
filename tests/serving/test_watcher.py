"""A publish reaches a node whose worker watches; whatever goes wrong, readers keep what they have."""

from __future__ import annotations

import gzip
import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib import import_module

import pytest
from django.db import DatabaseError, connection

from kb.handbook import current
from kb.handbook.publish import ADAPTER, path, version_of
from kb.handbook.snapshot import read
from kb.models import Publication
from kb.serving.node import Lock
from kb.serving.watcher import Watcher

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("node")]
module = import_module("kb.serving.watcher")


@pytest.fixture
def watcher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watcher]:
    monkeypatch.setattr(module, "PAUSE", 0.0)
    monkeypatch.setattr(connection, "close", lambda: None)  # the test's own transaction would end with it
    watcher = Watcher()
    yield watcher
    watcher.end()


def publish(document: bytes) -> Publication:
    return Publication.objects.create(version=version_of(document), document=gzip.compress(document))


def another() -> bytes:
    document = current().document
    return ADAPTER.dump_json(replace(document, facts={**document.facts, "new": "fact"}))


def refuse(*_: object) -> None:
    raise DatabaseError("gone")


def test_a_publication_of_another_node_is_fetched_made_and_served(watcher: Watcher) -> None:
    row = publish(another())
    watcher.look()
    assert current().document.facts["new"] == "fact"
    assert current().snapshot.made.publication == row.pk
    assert read(path()).made == current().snapshot.made
    assert len(current().snapshot.pages) > 400


def test_nothing_is_made_when_nothing_was_published(watcher: Watcher, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(another())
    watcher.look()
    before = current()
    monkeypatch.setattr(module, "make", lambda *_: 1 / 0)
    watcher.look()
    assert current() is before


def test_another_worker_of_the_node_only_reads_the_file(watcher: Watcher) -> None:
    keeper = Lock()
    assert keeper.take()
    publish(another())
    watcher.look()
    assert "new" not in current().document.facts
    keeper.free()
    watcher.look()
    assert current().document.facts["new"] == "fact"


def test_a_worker_forked_from_the_keeper_does_not_keep_with_it(watcher: Watcher) -> None:
    watcher.look()
    child = os.fork()
    if child == 0:  # its exit status tells
        try:
            watcher._run = lambda: None  # type: ignore[method-assign]
            watcher.start()
            os._exit(int(watcher._lock.take()))
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert not Lock().take()


def test_without_the_database_readers_keep_what_they_have_and_it_is_said_once(
    watcher: Watcher, caplog: pytest.LogCaptureFixture
) -> None:
    publish(another())
    with caplog.at_level(logging.WARNING, "kb.serving"), connection.execute_wrapper(refuse):
        for _ in range(3):
            watcher.look()
    assert "new" not in current().document.facts
    assert [record.message for record in caplog.records] == [
        "the database does not answer: what is served stays as it is"
    ]
    watcher.look()
    assert current().document.facts["new"] == "fact"
    assert caplog.records[-1].message == "all is well again"


def test_a_day_passes_without_the_database(watcher: Watcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.serving.node.today", lambda: date(2040, 1, 1))
    with connection.execute_wrapper(refuse):
        watcher.look()
    assert current().snapshot.made.day == date(2040, 1, 1)


def test_a_publication_that_this_code_cannot_read_is_refused_once(
    watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = current()
    publish(b'{"shape": "of tomorrow"}')
    watcher.look()
    assert current() is before
    monkeypatch.setattr(module, "make", lambda *_: pytest.fail("tried again"))
    watcher._refused = Publication.objects.values_list("pk", "version").last() or (0, "")
    monkeypatch.setattr(module, "wanted", lambda *_: before.snapshot.made)
    watcher.look()


def test_a_full_disk_keeps_what_is_served_and_is_tried_again(
    watcher: Watcher, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    publish(another())
    with monkeypatch.context() as patch:
        patch.setattr("kb.serving.node.write", full)
        watcher.look()
        assert "new" not in current().document.facts
    watcher.look()
    assert current().document.facts["new"] == "fact"
    assert "OSError" in caplog.text


def test_a_fault_in_a_template_does_not_end_the_watch(watcher: Watcher, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(another())
    with monkeypatch.context() as patch:
        patch.setattr("kb.serving.node.pages", lambda *_: 1 / 0)
        watcher.look()
    watcher.look()
    assert current().document.facts["new"] == "fact"
