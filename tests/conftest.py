"""The real fixtures, loaded and published once per test process."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="session", autouse=True)
def published(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Everything a reader needs stands in the snapshot; tests that need no database get none."""
    with django_db_blocker.unblock():
        call_command("prepare")
