"""The retrying snippets against errors: they outlast what passes, wait as they are told, and give up cleanly."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fake_api import (
    Answer,
    FakeApi,
    error,
    error_in_a_stream,
    overloaded,
    overloaded_in_a_stream,
    rate_limited,
)
from tests.snippet_runs import EVERY, PINNED, Sdk, code_of, gave_up_cleanly, replaced, run_without_waiting, waits

EVERY_SDK = pytest.mark.parametrize("sdk", EVERY, ids=str)
PINNED_SDKS = pytest.mark.parametrize("sdk", [PINNED["python"], PINNED["node"]], ids=str)
STREAMING = {"python": ("(ask_at_once)", "(ask_streaming)"), "node": ("(askAtOnce)", "(askStreaming)")}
NOT_OVERLOADED = {
    "a 500": error(500, "api_error", "Internal server error"),
    "a 502 of a gateway": Answer(502, "<html><h1>Bad Gateway</h1></html>", {"content-type": "text/html"}),
    "a 503 without a body": Answer(503, ""),
}
LIKE_OVERLOADED = {
    "a 529 without a body": Answer(529, ""),
    "a 529 in HTML": Answer(529, "<html><h1>Overloaded</h1></html>", {"content-type": "text/html"}),
    "a 500 that says so": error(500, "api_error", "Overloaded"),
    "a 503 of that type": error(503, "overloaded_error", "Please wait"),
}


def limited(sdk: Sdk) -> str:
    return code_of(f"retry-rate-limit-{sdk.language}")


def protected(sdk: Sdk, streaming: bool = False) -> str:
    code = code_of(f"retry-overloaded-{sdk.language}")
    return replaced(code, *STREAMING[sdk.language]) if streaming else code


def succeeds_on_the_third_attempt(sdk: Sdk, code: str, folder: Path, api: FakeApi) -> None:
    api.script = [rate_limited("7"), rate_limited("20")]
    result = run_without_waiting(sdk, code, folder, api)
    assert (result.returncode, len(api.paths)) == (0, 3), result.stderr
    assert result.stdout.endswith("pong\n")
    assert [low <= wait < high for wait, (low, high) in zip(waits(result), ((7, 10), (20, 25)), strict=True)] == [
        True
    ] * 2


def gives_up_when_it_never_ends(sdk: Sdk, code: str, folder: Path, api: FakeApi) -> None:
    api.always = rate_limited("1")
    result = run_without_waiting(sdk, code, folder, api)
    assert gave_up_cleanly(result), result.stderr
    assert len(api.paths) == len(waits(result)) + 1 == 6


def outlasts(sdk: Sdk, code: str, folder: Path, api: FakeApi) -> None:
    """It waits as for an overload, asks again, and ends with an answer; `api.script` is used up."""
    result = run_without_waiting(sdk, code, folder, api)
    assert (result.returncode, api.script) == (0, []), result.stderr
    assert "overloaded, waiting" in result.stdout
    assert result.stdout.endswith("pong\n")


def leaves_alone(sdk: Sdk, code: str, folder: Path, api: FakeApi) -> None:
    """It gives up without a wait for an overload."""
    result = run_without_waiting(sdk, code, folder, api)
    assert gave_up_cleanly(result), result.stderr
    assert "overloaded, waiting" not in result.stdout


class TestWhenRateLimited:
    @EVERY_SDK
    def test_it_succeeds_on_the_third_attempt_and_waits_as_retry_after_asks(
        self, sdk: Sdk, tmp_path: Path, api: FakeApi
    ) -> None:
        succeeds_on_the_third_attempt(sdk, limited(sdk), tmp_path, api)

    @PINNED_SDKS
    def test_it_waits_longer_each_time_when_there_is_no_retry_after(
        self, sdk: Sdk, tmp_path: Path, api: FakeApi
    ) -> None:
        api.script = [error(429, "rate_limit_error", "Slow down")] * 4
        result = run_without_waiting(sdk, limited(sdk), tmp_path, api)
        assert result.returncode == 0, result.stderr
        assert [seconds >= 2**attempt for attempt, seconds in enumerate(waits(result))] == [True] * 4

    @PINNED_SDKS
    def test_it_gives_up_cleanly_when_the_429_never_ends(self, sdk: Sdk, tmp_path: Path, api: FakeApi) -> None:
        gives_up_when_it_never_ends(sdk, limited(sdk), tmp_path, api)

    @PINNED_SDKS
    def test_it_gives_up_at_once_when_it_would_have_to_wait_an_hour(
        self, sdk: Sdk, tmp_path: Path, api: FakeApi
    ) -> None:
        api.always = rate_limited("3600")
        result = run_without_waiting(sdk, limited(sdk), tmp_path, api)
        assert gave_up_cleanly(result), result.stderr
        assert (len(api.paths), waits(result)) == (1, [])

    @pytest.mark.parametrize(
        ("language", "part", "becomes"),
        [
            ("python", 'float(headers.get("retry-after", ""))', "0.5"),
            ("python", "attempts=6", "attempts=2"),
            ("node", 'Number.parseFloat(headers?.get("retry-after"))', "0"),
            ("node", "attempts = 6", "attempts = 2"),
        ],
    )
    def test_a_broken_one_is_noticed(
        self, language: str, part: str, becomes: str, tmp_path: Path, api: FakeApi
    ) -> None:
        sdk = PINNED[language]
        with pytest.raises((AssertionError, ValueError)):
            succeeds_on_the_third_attempt(sdk, replaced(limited(sdk), part, becomes), tmp_path, api)

    @pytest.mark.parametrize(
        ("part", "becomes"),
        [('raise SystemExit(f"Gave up: {error}") from None', "raise"), ("max_retries=0", "max_retries=2")],
        ids=["gives up with a traceback", "retries inside retries"],
    )
    def test_one_that_does_not_give_up_cleanly_is_noticed(
        self, part: str, becomes: str, tmp_path: Path, api: FakeApi
    ) -> None:
        sdk = PINNED["python"]
        code = replaced(limited(sdk), part, becomes)
        with pytest.raises(AssertionError):
            gives_up_when_it_never_ends(sdk, code, tmp_path, api)


class TestWhenOverloaded:
    @EVERY_SDK
    def test_it_outlasts_529s_that_the_sdk_gives_up_on(self, sdk: Sdk, tmp_path: Path, api: FakeApi) -> None:
        api.script = [overloaded()] * 4
        outlasts(sdk, protected(sdk), tmp_path, api)
        assert len(api.paths) == 5

    @EVERY_SDK
    def test_it_starts_again_after_an_error_event_inside_a_stream(self, sdk: Sdk, tmp_path: Path, api: FakeApi) -> None:
        api.script = [overloaded_in_a_stream()]
        outlasts(sdk, protected(sdk, streaming=True), tmp_path, api)
        assert len(api.paths) == 2

    @PINNED_SDKS
    def test_it_outlasts_529s_before_a_stream(self, sdk: Sdk, tmp_path: Path, api: FakeApi) -> None:
        api.script = [overloaded()] * 4
        outlasts(sdk, protected(sdk, streaming=True), tmp_path, api)

    @EVERY_SDK
    def test_another_error_event_inside_a_stream_is_no_overload(self, sdk: Sdk, tmp_path: Path, api: FakeApi) -> None:
        api.always = error_in_a_stream("api_error", "Internal server error")
        leaves_alone(sdk, protected(sdk, streaming=True), tmp_path, api)
        assert len(api.paths) == 1

    @EVERY_SDK
    def test_a_plain_500_is_no_overload(self, sdk: Sdk, tmp_path: Path, api: FakeApi) -> None:
        api.always = NOT_OVERLOADED["a 500"]
        leaves_alone(sdk, protected(sdk), tmp_path, api)

    @PINNED_SDKS
    @pytest.mark.parametrize("answer", list(NOT_OVERLOADED.values())[1:], ids=list(NOT_OVERLOADED)[1:])
    def test_other_5xx_are_no_overload(self, sdk: Sdk, answer: Answer, tmp_path: Path, api: FakeApi) -> None:
        api.always = answer
        leaves_alone(sdk, protected(sdk), tmp_path, api)

    @PINNED_SDKS
    @pytest.mark.parametrize("answer", LIKE_OVERLOADED.values(), ids=LIKE_OVERLOADED.keys())
    def test_an_overload_in_other_clothes_is_one(self, sdk: Sdk, answer: Answer, tmp_path: Path, api: FakeApi) -> None:
        api.script = [answer] * 4
        outlasts(sdk, protected(sdk), tmp_path, api)

    @PINNED_SDKS
    def test_it_gives_up_cleanly_when_the_overload_never_ends(self, sdk: Sdk, tmp_path: Path, api: FakeApi) -> None:
        api.always = overloaded()
        result = run_without_waiting(sdk, protected(sdk), tmp_path, api)
        assert gave_up_cleanly(result), result.stderr
        assert result.stdout.count("overloaded, waiting") == 4

    @PINNED_SDKS
    def test_it_does_not_retry_a_plain_400(self, sdk: Sdk, tmp_path: Path, api: FakeApi) -> None:
        api.script = [error(400, "invalid_request_error", "prompt is too long: 3 tokens > 2 maximum")]
        result = run_without_waiting(sdk, protected(sdk), tmp_path, api)
        assert gave_up_cleanly(result), result.stderr
        assert (len(api.paths), waits(result)) == (1, [])

    def test_one_that_looks_at_the_status_only_is_noticed(self, tmp_path: Path, api: FakeApi) -> None:
        api.script = [overloaded_in_a_stream()]
        sdk = PINNED["python"]
        code = replaced(
            protected(sdk, streaming=True), "    return detail.get", "    return False\n    return detail.get"
        )
        with pytest.raises(AssertionError):
            outlasts(sdk, code, tmp_path, api)

    def test_one_that_takes_every_5xx_for_an_overload_is_noticed(self, tmp_path: Path, api: FakeApi) -> None:
        api.always = NOT_OVERLOADED["a 500"]
        sdk = PINNED["python"]
        code = replaced(protected(sdk), "error.status_code == 529", "error.status_code >= 500")
        with pytest.raises(AssertionError):
            leaves_alone(sdk, code, tmp_path, api)
