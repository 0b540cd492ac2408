"""Readers at a constant rate: pages, permalinks and lookups, each answer checked. Nothing is asked twice."""

from __future__ import annotations

import asyncio
import itertools
import threading
import time
from dataclasses import dataclass, field

import httpx

CODE = "401-invalid-api-key"
PASTE = "anthropic.AuthenticationError: Error code: 401 - {'error': {'message': 'invalid x-api-key'}}"
PATIENCE = 10.0  # seconds; a reader who waits longer has failed
PAGES = (
    "/en/",
    f"/en/errors/{CODE}/",
    f"/e/{CODE}/python-sdk?lang=en",
    "lookup",
    "/zh-hans/errors/529-overloaded/",
    "/zh-hans/models/",
    "/en/errors/",
    "lookup",
)


@dataclass
class Told:
    """What readers met since the last `Load.take()`. Times in seconds."""

    requests: int = 0
    failures: list[str] = field(default_factory=list)
    slowest: float = 0.0


class Load:
    """Runs in a thread of its own between `with` and its end. A late answer does not hold the next request back."""

    def __init__(self, url: str, rate: float = 24.0) -> None:
        self._url = url
        self._rate = rate
        self._told = Told()
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="load")

    def __enter__(self) -> Load:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def take(self) -> Told:
        """What was told since the last time."""
        with self._lock:
            told, self._told = self._told, Told()
        return told

    async def _run(self) -> None:
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=8, keepalive_expiry=5)
        under_way: set[asyncio.Task[None]] = set()
        started = time.monotonic()
        async with httpx.AsyncClient(base_url=self._url, timeout=PATIENCE, limits=limits, trust_env=False) as client:
            for number in itertools.count(1):
                if self._ended.is_set():
                    break
                task = asyncio.create_task(self._ask(client, PAGES[number % len(PAGES)]))
                under_way.add(task)
                task.add_done_callback(under_way.discard)
                await asyncio.sleep(max(0.0, started + number / self._rate - time.monotonic()))
            await asyncio.gather(*under_way)

    async def _ask(self, client: httpx.AsyncClient, page: str) -> None:
        began = time.monotonic()
        try:
            trouble = await (_look_up(client) if page == "lookup" else _read(client, page))
        except (httpx.HTTPError, ValueError, LookupError) as error:
            trouble = type(error).__name__
        taken = time.monotonic() - began
        with self._lock:
            self._told.requests += 1
            self._told.slowest = max(self._told.slowest, taken)
            if trouble:
                self._told.failures.append(f"{page}: {trouble} after {taken:.1f} s")


async def _read(client: httpx.AsyncClient, page: str) -> str:
    answer = await client.get(page)
    wanted = 302 if page.startswith("/e/") else 200
    return "" if answer.status_code == wanted else f"status {answer.status_code}"


async def _look_up(client: httpx.AsyncClient) -> str:
    answer = await client.post("/api/v1/lookup", json={"text": PASTE, "lang": "en"})
    if answer.status_code != 200:
        return f"status {answer.status_code}"
    return "" if answer.json()["matches"][0]["code"] == CODE else "another answer"
