"""A host's list of models is read within limits, or refused with the reason; its key goes nowhere else."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest

from kb.upstream.models import PAGES, Host, Listed, UpstreamError, fetch_models
from tests.upstream.fake_host import FakeHost, page, row, serving

KEY = "k-of-this-host"


def fetched(host: FakeHost, **limits: Any) -> list[Listed]:
    return fetch_models(Host("fake", host.url, KEY), **limits)


def refusal(*answers: Any, pause: float = 0.0, **limits: Any) -> str:
    with serving(*answers, pause=pause) as host, pytest.raises(UpstreamError) as error:
        fetched(host, **limits)
    assert KEY not in str(error.value)
    assert error.value.__cause__ is None
    return str(error.value)


def test_a_healthy_list_is_read_with_its_limits_and_dates() -> None:
    full = row("claude-opus-9", display_name="Claude Opus 9", line="opus", max_input_tokens=1000000, max_tokens=128000,
               deprecated_at="2027-01-02T00:00:00Z", retires_at="2027-03-04T00:00:00Z")  # fmt: skip
    with serving(page(full)) as host:
        assert fetched(host) == [
            Listed("claude-opus-9", "Claude Opus 9", "opus", 1000000, 128000, date(2027, 1, 2), date(2027, 3, 4))
        ]
        assert host.keys == [KEY]
        assert host.paths == ["/v1/models?limit=1000"]


def test_a_gateway_that_gives_only_ids_is_read_too() -> None:
    with serving(
        page(row("claude-opus-9"), row("gpt-4o", max_tokens="many", display_name="\x1b[31m", retires_at="x"))
    ) as host:
        assert fetched(host) == [Listed("claude-opus-9"), Listed("gpt-4o")]


def test_every_page_is_asked_for() -> None:
    with serving(page(row("claude-a-1"), more=True), page(row("claude-b-1"))) as host:
        assert [one.model_id for one in fetched(host)] == ["claude-a-1", "claude-b-1"]
        assert host.paths[1] == "/v1/models?limit=1000&after_id=claude-a-1"


def test_pages_without_an_end_come_to_one() -> None:
    assert refusal(page(row("claude-a-1"), more=True)) == f"fake: more than {PAGES} pages"


@pytest.mark.parametrize("body", [b"", b"<html>", b"{", b"\xff\xfe", b"[" * 100_000])
def test_what_is_not_json_is_refused(body: bytes) -> None:
    assert refusal(body) == "fake: the answer is not JSON"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"[]", "fake: the answer is not an object"),
        (b"{}", "fake: the answer has no list named data"),
        (b'{"data": {}}', "fake: the answer has no list named data"),
        (b'{"data": [1]}', "fake: a row of data has no id"),
        (b'{"data": [{"id": 5}]}', "fake: a row of data has no id"),
        (b'{"data": [{"id": ""}]}', "fake: a row of data has no id"),
        (b'{"data": [{"id": "claude-\\u001b[2J"}]}', "fake: a row of data has no id"),
    ],
)
def test_what_is_no_list_of_models_is_refused(body: bytes, reason: str) -> None:
    assert refusal(body) == reason


@pytest.mark.parametrize(("status", "said"), [(500, "answered 500"), (529, "answered 529"), (401, "not this host's")])
def test_an_error_of_the_host_is_told(status: int, said: str) -> None:
    assert said in refusal(status)


def test_a_redirect_is_not_followed_and_the_key_stays() -> None:
    with serving(page(row("claude-a-1"))) as other:
        assert "not followed" in refusal((302, b"", {"location": f"{other.url}/v1/models"}))
        assert other.keys == []


def test_an_answer_that_is_too_large_is_not_read_to_its_end() -> None:
    assert refusal(b" " * 300_000, most=100_000) == "fake: the answer is over 100000 bytes"


def test_a_host_that_stalls_is_given_up() -> None:
    began = time.monotonic()
    assert refusal(b"{}", pause=3.0, seconds=0.4) == "fake: no answer in time"
    assert time.monotonic() - began < 2.5


def test_a_host_that_drips_is_given_up() -> None:
    began = time.monotonic()
    assert refusal(b" " * 4000, pause=0.02, seconds=0.6) == "fake: no answer in time"
    assert time.monotonic() - began < 2.5


def test_a_host_that_is_not_there_is_told() -> None:
    with serving(page()) as host:
        url = host.url
    with pytest.raises(UpstreamError, match="fake: ConnectError"):
        fetch_models(Host("fake", url, KEY))


@pytest.mark.parametrize("url", ["http://api.example.org", "ftp://127.0.0.1", "https://user:pass@api.example.org"])
def test_a_key_is_sent_over_https_only_and_to_a_plain_address(url: str) -> None:
    with pytest.raises(UpstreamError):
        fetch_models(Host("fake", url, KEY))


def test_a_host_never_shows_its_key() -> None:
    assert KEY not in repr(Host("fake", "https://api.example.org", KEY))
