from __future__ import annotations

from collections.abc import Iterator

import pytest

from kb.pages import live
from kb.upstream.status import Watch
from tests.upstream.fake_status import FakeStatus


@pytest.fixture
def fake() -> Iterator[FakeStatus]:
    with FakeStatus() as running:
        yield running


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """The pages' own watch, new, and ended with the test."""
    own = Watch()
    monkeypatch.setattr(live, "watch", own)
    yield own
    own.end()
