"""Status pages are read in the background, once per interval, and no reader waits."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from kb.upstream.status import Page, Status, Watch
from tests.upstream.fake_status import FakeStatus, says, slowly, summary


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end, "nothing happened for ten seconds"
        time.sleep(0.01)


def known(watch: Watch, page: Page) -> bool:
    return watch.look([page])[0].checked is not None


def test_before_the_first_reading_the_status_is_unknown_and_later_it_is_known(fake: FakeStatus, watch: Watch) -> None:
    page = Page("Claude", fake.url)
    fake.answer = slowly(0.2)
    assert watch.look([page]) == (Status(page),)
    until(lambda: known(watch, page))
    assert watch.look([page])[0].indicator == "none"


def test_nothing_is_asked_before_somebody_looks(fake: FakeStatus) -> None:
    before = threading.active_count()
    Watch()
    assert (threading.active_count(), fake.asked) == (before, [])


def test_many_readers_cause_one_request_per_interval(fake: FakeStatus, watch: Watch) -> None:
    page = Page("Claude", fake.url)
    readers = [threading.Thread(target=watch.look, args=([page],)) for _ in range(20)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    until(lambda: known(watch, page))
    for _ in range(200):
        watch.look([page])
    assert len(fake.asked) == 1


def test_it_is_read_again_after_the_interval(fake: FakeStatus) -> None:
    watch, page = Watch(every=0.05), Page("Claude", fake.url)
    try:
        until(lambda: known(watch, page))
        fake.answer = says(summary("critical", "Major System Outage"))
        until(lambda: watch.look([page])[0].indicator == "critical")
        fake.answer = says(b"", status=500)
        until(lambda: watch.look([page])[0].indicator == "unknown")
    finally:
        watch.end()


def test_a_reading_from_before_a_long_sleep_is_unknown(
    fake: FakeStatus, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Page("Claude", fake.url)
    until(lambda: known(watch, page))
    monkeypatch.setattr("kb.upstream.status.STALE", timedelta(0))
    [status] = watch.look([page])
    assert status.indicator == "unknown"
    assert status.checked is not None


def test_no_reader_waits_for_a_page_that_hangs(fake: FakeStatus, watch: Watch) -> None:
    page = Page("Claude", fake.url)
    fake.answer = slowly(1)
    watch.look([page])
    until(lambda: bool(fake.asked))
    began = time.monotonic()
    for _ in range(100):
        assert watch.look([page])[0].indicator == "unknown"
    assert time.monotonic() - began < 0.5


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_forked_worker_reads_for_itself(fake: FakeStatus, watch: Watch) -> None:
    page = Page("Claude", fake.url)
    until(lambda: known(watch, page))
    inherited = watch.look([page])[0].checked
    child = os.fork()
    if child == 0:
        try:
            until(lambda: watch.look([page])[0].checked != inherited)
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert len(fake.asked) == 2
