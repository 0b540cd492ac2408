"""The real fixtures, loaded and published once per test process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import settings
from pytest_django import DjangoDbBlocker
from whitenoise.base import WhiteNoise

from tests.fake_api import FakeApi
from tests.replayed import Endpoint, Replay, replay_of
from tests.served import served

# The same examples every time, and no clock: a test fails for what it tests, not for its luck or a busy machine.
settings.register_profile("steady", derandomize=True, database=None, deadline=None)
settings.load_profile("steady")

LONG = (
    "tests/faults/",
    "tests/bench/test_service",
    "tests/test_snippets",
    "tests/deploy/",
    "tests/browser/",
    "tests/pages/",
)


@pytest.fixture(scope="session", autouse=True)
def prepared(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Everything a reader needs stands in the snapshot; tests that need no database get none."""
    with django_db_blocker.unblock():
        call_command("prepare")


@pytest.fixture(scope="session", autouse=True)
def static_files_read_once(prepared: None) -> Iterator[None]:
    """WhiteNoise reads every static file's size and date for each `Client()`, which takes longer than a page."""
    read, known = WhiteNoise.update_files_dictionary, dict[tuple[str, str], dict[str, Any]]()

    def remembered(self: WhiteNoise, root: str, prefix: str) -> None:
        if (root, prefix) not in known:
            before = self.files
            self.files = {}
            read(self, root, prefix)
            known[root, prefix], self.files = self.files, before
        self.files.update(known[root, prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "update_files_dictionary", remembered)
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever uses the database is run on PostgreSQL, too; what uses the cache says so itself.

    Files that take longest come first, or one process would be left with them at the end.
    """
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))
    for item in items:
        if item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("servers")


@pytest.fixture
def api() -> Iterator[FakeApi]:
    with FakeApi() as fake:
        yield fake


@pytest.fixture(scope="session")
def origin() -> Iterator[str]:
    """A real server; two workers, so that what is counted is counted across them."""
    with served("--workers", "2") as origin:
        yield origin


@pytest.fixture(scope="session")
def replay(origin: str) -> Replay:
    return replay_of(origin)


@pytest.fixture
def well(replay: Replay) -> Endpoint:
    """Where nothing fails."""
    return replay("529-overloaded", times=0)
