"""The retrying snippets against replay: they outlast what passes, wait as they are told, and give up cleanly."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.replay.sockets import Companion
from tests.fake_api import Answer, FakeApi, error
from tests.replayed import Endpoint, Replay
from tests.snippet_runs import EVERY, PINNED, SAID, Sdk, code_of, gave_up_cleanly, replaced, run_without_waiting, waits

EVERY_SDK = pytest.mark.parametrize("sdk", EVERY, ids=str)
PINNED_SDKS = pytest.mark.parametrize("sdk", [PINNED["python"], PINNED["node"]], ids=str)
STREAMING = {"python": ("(ask_at_once)", "(ask_streaming)"), "node": ("(askAtOnce)", "(askStreaming)")}
SPEND_CAPS = ("enforced_spend_limit_reached", "contract_spend_limit_reached")
OTHER_5XX = ("502-bad-gateway", "503-service-unavailable", "504-gateway-timeout", "relay-no-available-channel")
OF_ITSELF = 3  # requests that an SDK makes before it raises a 5xx
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


def succeeds_on_the_third_attempt(sdk: Sdk, code: str, folder: Path, replay: Replay) -> None:
    endpoint = replay("429-rate-limited", times=2, after=20)
    result = run_without_waiting(sdk, code, folder, endpoint.url)
    assert (result.returncode, endpoint.requests()) == (0, 3), result.stderr
    assert result.stdout.endswith(SAID)
    assert [20 <= wait < 25 for wait in waits(result)] == [True] * 2


def gives_up_when_it_never_ends(sdk: Sdk, code: str, folder: Path, replay: Replay) -> None:
    endpoint = replay("429-rate-limited", after=1)
    result = run_without_waiting(sdk, code, folder, endpoint.url)
    assert gave_up_cleanly(result), result.stderr
    assert endpoint.requests() == len(waits(result)) + 1 == 6


def outlasts(sdk: Sdk, code: str, folder: Path, base: str, said: str = SAID) -> None:
    """It waits as for an overload, asks again, and ends with an answer."""
    result = run_without_waiting(sdk, code, folder, base)
    assert result.returncode == 0, result.stderr
    assert "overloaded, waiting" in result.stdout
    assert result.stdout.endswith(said)


def leaves_alone(sdk: Sdk, code: str, folder: Path, endpoint: Endpoint, requests: int) -> None:
    """It gives up after that many requests, without a wait for an overload."""
    result = run_without_waiting(sdk, code, folder, endpoint.url)
    assert gave_up_cleanly(result), result.stderr
    assert "overloaded, waiting" not in result.stdout
    assert endpoint.requests() == requests


class TestWhenRateLimited:
    @EVERY_SDK
    def test_it_succeeds_on_the_third_attempt_and_waits_as_retry_after_asks(
        self, sdk: Sdk, tmp_path: Path, replay: Replay
    ) -> None:
        succeeds_on_the_third_attempt(sdk, limited(sdk), tmp_path, replay)

    @PINNED_SDKS
    def test_it_waits_longer_each_time_when_there_is_no_retry_after(
        self, sdk: Sdk, tmp_path: Path, replay: Replay
    ) -> None:
        endpoint = replay("429-concurrent-connections", times=4)
        result = run_without_waiting(sdk, limited(sdk), tmp_path, endpoint.url)
        assert (result.returncode, endpoint.requests()) == (0, 5), result.stderr
        assert [seconds >= 2**attempt for attempt, seconds in enumerate(waits(result))] == [True] * 4

    @PINNED_SDKS
    def test_it_gives_up_cleanly_when_the_429_never_ends(self, sdk: Sdk, tmp_path: Path, replay: Replay) -> None:
        gives_up_when_it_never_ends(sdk, limited(sdk), tmp_path, replay)

    @PINNED_SDKS
    def test_it_gives_up_at_once_when_it_would_have_to_wait_an_hour(
        self, sdk: Sdk, tmp_path: Path, replay: Replay
    ) -> None:
        endpoint = replay("429-rate-limited", after=3600)
        result = run_without_waiting(sdk, limited(sdk), tmp_path, endpoint.url)
        assert gave_up_cleanly(result), result.stderr
        assert (endpoint.requests(), waits(result)) == (1, [])

    @PINNED_SDKS
    @pytest.mark.parametrize("named", SPEND_CAPS)
    def test_it_gives_up_at_once_at_a_spend_cap(self, sdk: Sdk, named: str, tmp_path: Path, replay: Replay) -> None:
        endpoint = replay("429-spend-cap-reached", code=named)
        result = run_without_waiting(sdk, limited(sdk), tmp_path, endpoint.url)
        assert gave_up_cleanly(result), result.stderr
        assert (endpoint.requests(), waits(result)) == (1, [])

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
        self, language: str, part: str, becomes: str, tmp_path: Path, replay: Replay
    ) -> None:
        sdk = PINNED[language]
        with pytest.raises(AssertionError):
            succeeds_on_the_third_attempt(sdk, replaced(limited(sdk), part, becomes), tmp_path, replay)

    @pytest.mark.parametrize(
        ("part", "becomes"),
        [('raise SystemExit(f"Gave up: {error}") from None', "raise"), ("max_retries=0", "max_retries=2")],
        ids=["gives up with a traceback", "retries inside retries"],
    )
    def test_one_that_does_not_give_up_cleanly_is_noticed(
        self, part: str, becomes: str, tmp_path: Path, replay: Replay
    ) -> None:
        sdk = PINNED["python"]
        code = replaced(limited(sdk), part, becomes)
        with pytest.raises(AssertionError):
            gives_up_when_it_never_ends(sdk, code, tmp_path, replay)


class TestWhenOverloaded:
    @EVERY_SDK
    def test_it_outlasts_529s_that_the_sdk_gives_up_on(self, sdk: Sdk, tmp_path: Path, replay: Replay) -> None:
        endpoint = replay("529-overloaded", times=4)
        outlasts(sdk, protected(sdk), tmp_path, endpoint.url)
        assert endpoint.requests() == 5

    @EVERY_SDK
    def test_it_starts_again_after_an_error_event_inside_a_stream(
        self, sdk: Sdk, tmp_path: Path, replay: Replay
    ) -> None:
        endpoint = replay("529-overloaded", times=1, stream="during")
        outlasts(sdk, protected(sdk, streaming=True), tmp_path, endpoint.url)
        assert endpoint.requests() == 2

    @EVERY_SDK
    def test_it_outlasts_529s_before_a_stream(self, sdk: Sdk, tmp_path: Path, replay: Replay) -> None:
        endpoint = replay("529-overloaded", times=4)
        outlasts(sdk, protected(sdk, streaming=True), tmp_path, endpoint.url)
        assert endpoint.requests() == 5

    @EVERY_SDK
    def test_another_error_event_inside_a_stream_is_no_overload(self, sdk: Sdk, tmp_path: Path, replay: Replay) -> None:
        endpoint = replay("500-internal-server-error", stream="during")
        leaves_alone(sdk, protected(sdk, streaming=True), tmp_path, endpoint, requests=1)

    @EVERY_SDK
    def test_a_plain_500_is_no_overload(self, sdk: Sdk, tmp_path: Path, replay: Replay) -> None:
        leaves_alone(sdk, protected(sdk), tmp_path, replay("500-internal-server-error"), OF_ITSELF)

    @PINNED_SDKS
    @pytest.mark.parametrize("code", OTHER_5XX)
    def test_other_5xx_are_no_overload(self, sdk: Sdk, code: str, tmp_path: Path, replay: Replay) -> None:
        leaves_alone(sdk, protected(sdk), tmp_path, replay(code), OF_ITSELF)

    @PINNED_SDKS
    def test_it_gives_up_cleanly_when_the_overload_never_ends(self, sdk: Sdk, tmp_path: Path, replay: Replay) -> None:
        endpoint = replay("529-overloaded")
        result = run_without_waiting(sdk, protected(sdk), tmp_path, endpoint.url)
        assert gave_up_cleanly(result), result.stderr
        assert result.stdout.count("overloaded, waiting") == 4
        assert endpoint.requests() == 5 * OF_ITSELF

    @PINNED_SDKS
    def test_it_does_not_retry_a_plain_400(self, sdk: Sdk, tmp_path: Path, replay: Replay) -> None:
        leaves_alone(sdk, protected(sdk), tmp_path, replay("400-prompt-too-long"), requests=1)

    def test_one_that_looks_at_the_status_only_is_noticed(self, tmp_path: Path, replay: Replay) -> None:
        sdk = PINNED["python"]
        code = replaced(
            protected(sdk, streaming=True), "    return detail.get", "    return False\n    return detail.get"
        )
        with pytest.raises(AssertionError):
            outlasts(sdk, code, tmp_path, replay("529-overloaded", times=1, stream="during").url)

    def test_one_that_takes_every_5xx_for_an_overload_is_noticed(self, tmp_path: Path, replay: Replay) -> None:
        sdk = PINNED["python"]
        code = replaced(protected(sdk), "error.status_code == 529", "error.status_code >= 500")
        with pytest.raises(AssertionError):
            leaves_alone(sdk, code, tmp_path, replay("500-internal-server-error"), OF_ITSELF)


class TestWhenAStreamIsCut:
    @pytest.mark.parametrize("sdk", [sdk for sdk in EVERY if sdk.language == "python"], ids=str)
    def test_it_asks_again_twice_and_then_says_what_happened(self, sdk: Sdk, tmp_path: Path) -> None:
        with Companion("cut") as companion:
            result = run_without_waiting(sdk, code_of("retry-cut-stream-python"), tmp_path, companion.url)
        assert (result.returncode, waits(result)) == (1, [2, 4]), result.stderr
        assert "RemoteProtocolError: peer closed connection" in result.stderr


class TestAnswersThatNoEntryHolds:
    """Replay gives an entry's own answer, which is one; an overload was seen in others, too."""

    @PINNED_SDKS
    @pytest.mark.parametrize("answer", LIKE_OVERLOADED.values(), ids=LIKE_OVERLOADED.keys())
    def test_an_overload_in_other_clothes_is_one(self, sdk: Sdk, answer: Answer, tmp_path: Path, api: FakeApi) -> None:
        api.script = [answer] * 4
        outlasts(sdk, protected(sdk), tmp_path, api.url, said="pong\n")
        assert len(api.paths) == 5

    @PINNED_SDKS
    def test_a_503_without_a_body_is_no_overload(self, sdk: Sdk, tmp_path: Path, api: FakeApi) -> None:
        api.always = Answer(503, "")
        result = run_without_waiting(sdk, protected(sdk), tmp_path, api.url)
        assert gave_up_cleanly(result), result.stderr
        assert "overloaded, waiting" not in result.stdout
