"""What a status page answers becomes a status; whatever else happens becomes `unknown`, soon."""

from __future__ import annotations

import gzip
import socket
import time

import pytest

from kb.upstream import fetch
from kb.upstream.fetch import MOST
from kb.upstream.status import INCIDENTS, LONGEST, Incident, Page, Status, read
from tests.upstream.fake_status import FakeStatus, incident, says, slowly, summary


def reading(fake: FakeStatus) -> Status:
    return read(Page("Claude", fake.url))


def test_a_healthy_page_is_read(fake: FakeStatus) -> None:
    status = reading(fake)
    assert (status.indicator, status.description, status.incidents) == ("none", "All Systems Operational", ())
    assert status.checked is not None
    assert fake.asked == ["/api/v2/summary.json"]


def test_open_incidents_are_named_with_their_links(fake: FakeStatus) -> None:
    fake.answer = says(summary("major", "Partial System Outage", incident("Elevated errors on Sonnet")))
    status = reading(fake)
    assert (status.indicator, status.description) == ("major", "Partial System Outage")
    assert status.incidents == (Incident("Elevated errors on Sonnet", "https://stspg.example/abc"),)


def test_a_link_that_is_not_https_is_left_out(fake: FakeStatus) -> None:
    for link in ("javascript:alert(1)", "http://stspg.example/abc", "//stspg.example", None):
        fake.answer = says(summary("minor", "", incident("Slow", link)))
        assert reading(fake).incidents == (Incident("Slow", ""),)


def test_long_words_and_many_incidents_are_cut(fake: FakeStatus) -> None:
    fake.answer = says(summary("minor", "d" * 999, *(incident(str(number) * 999) for number in range(9))))
    status = reading(fake)
    assert len(status.description) == LONGEST
    assert [len(one.title) for one in status.incidents] == [LONGEST] * INCIDENTS


BAD = {
    "no JSON": says(b"<html>Please enable cookies</html>"),
    "an empty body": says(b""),
    "JSON of another shape": says(b'{"status": "ok"}'),
    "a list": says(b"[]"),
    "deep nesting": says(b"[" * 100_000),
    "not UTF-8": says(b'{"status": {"indicator": "none", "description": "\xff"}}'),
    "a word nobody knows": says(summary("purple")),
    "a 500": says(summary(), status=500),
    "a 404": says(summary(), status=404),
    "a redirect to another host": says(b"", status=302, location="https://example.org/api/v2/summary.json"),
    "a redirect to itself": says(b"", status=302, location="/api/v2/summary.json"),
    "too many bytes": says(b" " * (MOST + 1) + summary()),
    "compressed bytes nobody asked for": says(gzip.compress(summary()), **{"content-encoding": "gzip"}),
    "no HTTP": says(b"", status=999, **{"transfer-encoding": "chunked"}),
}


@pytest.mark.parametrize("answer", BAD.values(), ids=BAD.keys())
def test_anything_else_is_unknown(fake: FakeStatus, answer: object) -> None:
    fake.answer = answer  # type: ignore[assignment]
    status = reading(fake)
    assert (status.indicator, status.incidents) == ("unknown", ())
    assert status.checked is not None
    assert len(fake.asked) == 1


def test_a_page_that_is_not_there_is_unknown(fake: FakeStatus) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert read(Page("Claude", f"http://127.0.0.1:{free.getsockname()[1]}/")).indicator == "unknown"


def test_a_slow_page_is_given_up(fake: FakeStatus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "STEP", 0.2)
    fake.answer = slowly(1)
    began = time.monotonic()
    assert reading(fake).indicator == "unknown"
    assert time.monotonic() - began < 0.9


def test_a_page_that_trickles_is_given_up(fake: FakeStatus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "WHOLE", 0.0)
    assert reading(fake).indicator == "unknown"


def test_proxies_of_the_environment_are_not_asked(fake: FakeStatus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert reading(fake).indicator == "none"
