"""The real fixtures, loaded and published once per test process, into a folder of its own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator

import pytest

os.environ["KB_VAR"] = tempfile.mkdtemp(prefix="kb-test-")
for name in ("KB_BASE_URL", "KB_ALLOWED_HOSTS", "KB_SECRET_KEY", "KB_CONTACT", "KB_DEBUG"):
    os.environ.pop(name, None)


@pytest.fixture(scope="session", autouse=True)
def published(request: pytest.FixtureRequest) -> Iterator[None]:
    """Everything a reader needs stands in the snapshot; tests that need no database get none."""
    from django.core.management import call_command

    setup = request.getfixturevalue("django_db_setup")
    blocker = request.getfixturevalue("django_db_blocker")
    with blocker.unblock():
        call_command("prepare")
    yield setup
