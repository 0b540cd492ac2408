"""The soak: a constant rate, every failure counted, edits seen, memory compared. Nothing here asserts a time."""

from __future__ import annotations

import asyncio
import os
from array import array
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bench.soak import __main__ as soak
from bench.soak import edits, load, mix, report, site
from bench.soak.load import Asked, Outcome
from tests.apart import apart

PATHS = ["/en/", "/en/errors/401-invalid-api-key/", "/zh-hans/errors/529-overloaded/", "/en/errors/"]
GOOD, BAD, CLOSING = (Asked("page", f"GET {path} HTTP/1.1\r\n\r\n".encode(), 200) for path in ("/", "/bad", "/closing"))


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while head := await reader.readuntil(b"\r\n\r\n"):
        status, close = (b"500" if b"/bad" in head else b"200"), b"/closing" in head
        writer.write(b"HTTP/1.1 " + status + b" X\r\nContent-Length: 2\r\n")
        writer.write((b"Connection: close\r\n" if close else b"") + b"\r\nok")
        if close:
            writer.close()
            return


@asynccontextmanager
async def answering() -> AsyncIterator[int]:
    """The port of a server that answers 500 to /bad, and closes the connection after /closing."""
    server = await asyncio.start_server(_answer, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


def loaded(mix: list[Asked], rate: float | None) -> Outcome:
    async def run() -> Outcome:
        async with answering() as port:
            return await load.make([port], mix, 0.3, rate, connections=2)

    return apart(lambda: asyncio.run(run()))


def test_as_many_requests_are_sent_as_are_due() -> None:
    found = loaded([GOOD], rate=50)
    assert (found.answered, found.failed.total()) == (15, 0)


def test_without_a_rate_the_next_request_follows_at_once() -> None:
    assert loaded([GOOD], rate=None).answered > 15


def test_a_wrong_status_is_a_failure_with_its_reason() -> None:
    assert loaded([GOOD, BAD], rate=40).failed == Counter({"page: 500": 6})


def test_a_connection_that_the_server_closes_is_opened_anew() -> None:
    assert loaded([CLOSING], rate=50).failed.total() == 0


def test_a_server_that_is_gone_is_a_failure() -> None:
    found = apart(lambda: asyncio.run(load.make([1], [GOOD], 0.1, 20, connections=1)))
    assert found.failed == Counter({"page: ConnectionRefusedError": 2})


def test_the_mix_has_its_shares_and_is_the_same_every_time() -> None:
    made = mix.build("127.0.0.1", PATHS, ["401"])
    assert made == mix.build("127.0.0.1", PATHS, ["401"])
    counts = Counter(asked.kind for asked in made)
    assert all(abs(counts[kind] / mix.LENGTH * 100 - share) < 5 for kind, share in mix.SHARES.items())


def test_permalinks_are_of_entries() -> None:
    wanted = {asked.data.split()[1] for asked in mix.build("127.0.0.1", PATHS, ["401"]) if asked.kind == "permalink"}
    assert wanted == {b"/e/401-invalid-api-key"}


def test_memory_that_grows_is_told() -> None:
    lines = report.table(100, 0.7, Outcome(seconds=180), edits.Watched(memory=[(10, 100.0), (170, 106.0)]))
    assert any("+6.0 % | ≤ 5: missed" in line for line in lines)


@pytest.mark.parametrize(("late", "told"), [(9, False), (11, True)])
def test_a_load_that_was_too_much_is_told(late: int, told: bool) -> None:
    outcome = Outcome(seconds=9, times={"page": array("d", [1.0] * 100)}, late=late)
    assert (report.BEHIND in report.table(100, 0.7, outcome, edits.Watched())) is told


def test_an_edit_that_a_node_never_shows_is_told() -> None:
    lines = report.table(100, 0.7, Outcome(seconds=9), edits.Watched(shown={"node 1": [0.5, None]}))
    assert any("1 not seen | ≤ 5: missed" in line for line in lines)


@pytest.mark.skipif(not os.environ.get("KB_SLOW"), reason="slow: KB_SLOW=1 runs it, make soak for long")
def test_two_nodes_are_loaded_while_an_editor_publishes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soak, "ROUNDS", 1)
    monkeypatch.setattr(soak, "WARM", 1)
    monkeypatch.setattr(soak, "site", site.plain)
    lines = "\n".join(apart(lambda: soak.run(minutes=0.05, share=0.2, workers=1, seconds=0.5)))
    assert "| failed | 0 | none: met |" in lines
    assert "shows it" in lines
