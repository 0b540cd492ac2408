"""The status line: where it stands, what it says, and that pages neither wait for it nor break with it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import Settings

from kb.handbook import current
from kb.pages import live
from kb.serving.answer import FRESH
from kb.upstream.status import Page, Status, Watch
from tests.markup import read
from tests.upstream.fake_status import Answer, FakeStatus, incident, says, slowly, summary
from tests.upstream.test_reading import BAD

WITH_LINE = ("", "errors/529-overloaded/", "errors/500-internal-server-error/", "errors/000-connection-timeout/")
WITHOUT = ("errors/401-invalid-api-key/", "errors/400-content-filtered/", "errors/", "about/")


@pytest.fixture
def shown(fake: FakeStatus, watch: Watch, settings: Settings) -> Callable[[str], str]:
    """The text of a page, after the status page was read once."""
    settings.STATUS_PAGES = (("Claude", fake.url),)

    def shown(address: str) -> str:
        Client().get(address)
        end = time.monotonic() + 10
        while watch.look([Page("Claude", fake.url)])[0].checked is None and time.monotonic() < end:
            time.sleep(0.01)
        return read(Client().get(address).content).text

    return shown


@pytest.mark.parametrize("path", WITH_LINE)
def test_the_line_stands_in_both_languages(shown: Callable[[str], str], path: str) -> None:
    assert "Claude status: operational (checked just now)" in shown(f"/en/{path}")
    assert "Claude 服务状态： 正常 （刚刚检查）" in shown(f"/zh-hans/{path}")


@pytest.mark.parametrize("path", WITHOUT)
def test_other_pages_have_no_line(shown: Callable[[str], str], path: str) -> None:
    assert "Claude status" not in shown(f"/en/{path}")


def test_an_answer_to_a_paste_has_the_line(shown: Callable[[str], str]) -> None:
    shown("/en/")
    answer = Client().post("/en/lookup/", {"text": '{"type":"error","error":{"type":"overloaded_error"}}'})
    assert "Claude status: operational" in read(answer.content).text
    assert "no-store" in answer["Cache-Control"]


def test_an_incident_is_shown_with_its_link_and_its_words_escaped(
    fake: FakeStatus, shown: Callable[[str], str]
) -> None:
    fake.answer = says(summary("major", "Partial System Outage", incident("Errors <b>on</b> Sonnet")))
    assert "Claude status: major outage" in shown("/en/")
    found = read(Client().get("/zh-hans/").content)
    assert "严重故障" in found.text
    assert "Errors <b>on</b> Sonnet" in found.text
    assert "https://stspg.example/abc" in found.values("a", "href")
    assert (found.faults, found.inline) == ([], [])


def test_the_provider_s_words_stand_where_there_is_no_incident(fake: FakeStatus, shown: Callable[[str], str]) -> None:
    fake.answer = says(summary("minor", "Partially Degraded Service"))
    words = " ".join(shown("/en/errors/529-overloaded/").split())
    assert "Claude status: degraded (checked just now) · Partially Degraded Service" in words


@pytest.mark.parametrize("answer", BAD.values(), ids=BAD.keys())
def test_a_page_is_whole_when_the_status_page_is_not(
    fake: FakeStatus, shown: Callable[[str], str], answer: Callable[[], Answer]
) -> None:
    fake.answer = answer
    assert "Claude status: unknown (checked just now)" in shown("/en/errors/529-overloaded/")
    found = read(Client().get("/en/errors/529-overloaded/").content)
    assert (found.faults, found.inline) == ([], [])


class Turning:
    """A watch whose page is read for the first time after so many looks at it."""

    def __init__(self, looks: int) -> None:
        self.left = looks

    def look(self, pages: Sequence[Page]) -> tuple[Status, ...]:
        self.left -= 1
        known = {} if self.left >= 0 else {"indicator": "none", "checked": datetime.now(UTC)}
        return tuple(Status(page, **known) for page in pages)


@pytest.mark.parametrize("looks", [1, 2, 3, 4])
def test_a_page_made_while_the_status_changes_is_not_kept_as_the_new_one(
    looks: int, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.STATUS_PAGES = (("Claude", "https://status.example.org/turning.json"),)
    monkeypatch.setattr(live, "watch", Turning(looks))
    answers = [read(Client().get("/en/errors/529-overloaded/").content).text for _ in range(4)]
    assert "(checked just now)" in answers[-1]


def test_a_hanging_status_page_slows_no_page_down(fake: FakeStatus, watch: Watch, settings: Settings) -> None:
    settings.STATUS_PAGES = (("Claude", fake.url),)
    fake.answer = slowly(1.5)
    client = Client()
    client.get("/en/")
    began = time.monotonic()
    assert "Claude status: unknown" in read(client.get("/en/errors/529-overloaded/").content).text
    assert time.monotonic() - began < 1


def test_a_page_makes_no_request_itself(watch: Watch, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("asked on the way to a reader")

    settings.STATUS_PAGES = (("Claude", ""),)
    monkeypatch.setattr("kb.upstream.status.Watch._begin", lambda self: None)
    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    assert Client().get("/en/").status_code == 200


def test_a_page_with_the_line_is_kept_for_a_minute_at_most_and_others_as_before(shown: Callable[[str], str]) -> None:
    shown("/en/")
    assert Client().get("/en/")["Cache-Control"] == "public, max-age=60"
    assert Client().get("/en/errors/401-invalid-api-key/")["Cache-Control"] == FRESH


def test_nothing_is_shown_or_asked_unless_it_is_configured(watch: Watch) -> None:
    response = Client().get("/en/errors/529-overloaded/")
    assert not [tag for tag in read(response.content).tags if tag.attributes.get("class") == "note live"]
    assert response["Cache-Control"] == FRESH
    assert watch._thread is None


def test_official_is_the_status_page_that_the_fixtures_name(watch: Watch, settings: Settings) -> None:
    settings.STATUS_PAGES = (("Claude", ""),)
    watch._begin = lambda: None  # type: ignore[method-assign]
    [shown] = live.provider_status()
    assert shown.status.page.url == f"{current().document.facts['status-page']}/api/v2/summary.json"
    assert shown.url == f"{current().document.facts['status-page']}/"
