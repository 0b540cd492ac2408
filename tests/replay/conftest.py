"""Two workers, so that what is counted is counted across them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.served import served


@pytest.fixture(scope="session")
def origin() -> Iterator[str]:
    with served("--workers", "2") as origin:
        yield origin
