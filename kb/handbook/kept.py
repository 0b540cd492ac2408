"""A small store of what was made on demand, oldest out first."""

from __future__ import annotations

import threading
from collections.abc import Hashable

from kb.handbook.snapshot import Page

MOST = 256  # pages


class Kept:
    """Pages by key, for one handbook; safe for threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._pages: dict[Hashable, Page] = {}

    def get(self, key: Hashable) -> Page | None:
        return self._pages.get(key)

    def put(self, key: Hashable, page: Page) -> None:
        with self._lock:
            self._pages[key] = page
            while len(self._pages) > self._most:
                del self._pages[next(iter(self._pages))]
