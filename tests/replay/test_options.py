"""Options in the path: how often to fail, what to tell, whose attempts to count."""

from __future__ import annotations

import secrets
import time

import pytest

from tests.replay.asked import PATH, ask, events, told

STREAM_HEADERS = [
    {"accept": "text/event-stream"},
    {"x_stainless_helper_method": "stream"},
    {"x_stainless_stream_helper": "messages"},  # all that the Python SDK 0.40 sends
]


def statuses(rest: str, *counts: str) -> list[int]:
    return [ask(f"529-overloaded/{rest}/{PATH}", x_stainless_retry_count=count).status_code for count in counts]


def test_without_times_it_fails_for_ever() -> None:
    assert statuses("after=1", "0", "1", "50") == [529, 529, 529]


def test_an_sdk_that_counts_its_retries_fails_times_times() -> None:
    assert statuses("times=2", "0", "1", "2", "3") == [529, 529, 200, 200]
    assert statuses("times=0", "0") == [200]


@pytest.mark.parametrize("told", ["", "x", "-1", "²", "1" * 5000])
def test_a_count_that_is_none_is_the_first_attempt(told: str) -> None:
    assert statuses("times=1", told) == [529]


@pytest.mark.servers
def test_a_run_is_counted_when_the_client_does_not_count() -> None:
    run = secrets.token_hex(4)
    answers = [ask(f"529-overloaded/times=2,run={run}/{PATH}").status_code for _ in range(4)]
    assert answers == [529, 529, 200, 200]
    assert ask(f"529-overloaded/times=2,run={run}x/{PATH}").status_code == 529
    assert ask(f"500-internal-server-error/times=2,run={run}/{PATH}").status_code == 500


def test_a_count_that_was_dropped_meanwhile_begins_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.replay.attempts.cache.add", lambda *_: False)
    assert ask(f"529-overloaded/times=1,run={secrets.token_hex(4)}/{PATH}").status_code == 529


def test_a_run_is_kept_for_ten_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    rest = f"529-overloaded/times=1,run={secrets.token_hex(4)}/{PATH}"
    now = time.time()
    answers = [ask(rest).status_code, ask(rest).status_code]
    monkeypatch.setattr("django.core.cache.backends.filebased.time.time", lambda: now + 700)
    assert [*answers, ask(rest).status_code] == [529, 200, 529]


@pytest.mark.servers
def test_a_run_numbers_its_requests_whether_they_fail_for_ever_or_succeed() -> None:
    for rest in ("", "times=1,", "times=0,"):
        run = secrets.token_hex(4)
        answers = [ask(f"529-overloaded/{rest}run={run}/{PATH}") for _ in range(3)]
        assert [answer["X-KB-Replay-Attempt"] for answer in answers] == ["1", "2", "3"]


def test_without_a_run_nothing_is_counted_and_no_number_told() -> None:
    assert "X-KB-Replay-Attempt" not in ask(f"529-overloaded/times=1/{PATH}")


@pytest.mark.servers
def test_a_run_counts_also_what_each_client_calls_its_first_attempt() -> None:
    run = secrets.token_hex(4)
    assert statuses(f"times=1,run={run}", "0", "0") == [529, 200]


def test_after_is_told_in_retry_after_and_nobody_waits() -> None:
    answer = ask(f"529-overloaded/after=3600/{PATH}")
    assert answer["retry-after"] == "3600"
    assert "retry-after" not in ask(f"529-overloaded/{PATH}")
    assert "retry-after" not in ask(f"529-overloaded/times=0,after=1/{PATH}")


@pytest.mark.parametrize(
    "segment",
    ["times=x", "times=100", "times=1,times=2", "wait=1", "run=", "stream=after", "times=1,", "run=a b", "=1"],
)
def test_an_option_that_cannot_be_right_is_refused_with_what_is_allowed(segment: str) -> None:
    answer = ask(f"529-overloaded/{segment}/{PATH}")
    assert answer.status_code == 400
    assert "times=0…99" in told(answer)["detail"]


class TestSuccess:
    def test_it_is_a_message_of_the_api(self) -> None:
        body = told(ask(f"529-overloaded/times=0/{PATH}"))
        assert (body["type"], body["role"], body["stop_reason"]) == ("message", "assistant", "end_turn")

    @pytest.mark.parametrize("headers", STREAM_HEADERS)
    def test_it_is_a_stream_when_a_header_asks_for_one(self, headers: dict[str, str]) -> None:
        assert events(ask(f"529-overloaded/times=0/{PATH}", None, **headers))[-1] == {"type": "message_stop"}

    def test_it_is_a_stream_when_the_option_says_so(self) -> None:
        assert events(ask(f"529-overloaded/times=0,stream=before/{PATH}"))[-1] == {"type": "message_stop"}

    @pytest.mark.parametrize(
        ("path", "field"),
        [
            ("v1/chat/completions", "choices"),
            ("v1/messages/count_tokens", "input_tokens"),
            ("v1/models", "data"),
            ("v1/models/claude-x", "max_input_tokens"),
            ("model/m/invoke", "content"),
            ("model/m/converse", "output"),
            ("v1/projects/p/locations/l/publishers/anthropic/models/m:rawPredict", "content"),
        ],
    )
    def test_each_path_has_its_own(self, path: str, field: str) -> None:
        answer = ask(f"529-overloaded/times=0/{path}")
        assert answer.status_code == 200
        assert field in told(answer)

    def test_the_compatible_stream_ends_as_openai_ends_it(self) -> None:
        answer = ask("529-overloaded/times=0,stream=before/v1/chat/completions")
        assert answer.content.endswith(b"data: [DONE]\n\n")

    def test_a_path_without_one_says_so(self) -> None:
        assert ask("529-overloaded/times=0/v1/other").status_code == 404

    @pytest.mark.parametrize("path", ["v1/v1/messages", "anthropic/v1/v1/models"])
    def test_a_base_url_that_ends_in_v1_has_none(self, path: str) -> None:
        answer = ask(f"529-overloaded/times=0/{path}")
        assert answer.status_code == 404
        assert "/v1 twice" in told(answer)["detail"]
        assert ask(f"529-overloaded/{path}").status_code == 529
