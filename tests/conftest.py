"""The real fixtures, loaded and published once per test process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from tests.fake_api import FakeApi
from tests.replayed import Endpoint, Replay, replay_of
from tests.served import served

# The same examples every time, and no clock: a test fails for what it tests, not for its luck or a busy machine.
settings.register_profile("steady", derandomize=True, database=None, deadline=None)
settings.load_profile("steady")


@pytest.fixture(scope="session", autouse=True)
def prepared(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Everything a reader needs stands in the snapshot; tests that need no database get none."""
    with django_db_blocker.unblock():
        call_command("prepare")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever uses the database is run on PostgreSQL, too; what uses the cache says so itself."""
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
