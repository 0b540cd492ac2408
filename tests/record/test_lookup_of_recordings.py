"""What a client printed when an entry was replayed to it leads back to that entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.content.recordings import Recording, read_recordings
from kb.handbook import current

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
RECORDINGS = read_recordings(FIXTURES)
# Client, mode and entry of those that do not lead there, each with the reason why they cannot.
CANNOT = {
    ("curl", "error", "html-instead-of-json"): "a bare page: nothing in it speaks of an API",
    (
        "litellm",
        "stream-during",
        "504-gateway-timeout",
    ): "LiteLLM prints the same when no answer came",
    ("openai-sdk", "line", "403-blocked-by-cloudflare"): "only “Error code: 403”: this SDK does not print an HTML body",
    ("openai-sdk", "stream-during", "504-gateway-timeout"): "“Request timed out”, as when no answer came",
    ("python-sdk", "async", "000-connection-reset"): "“ReadError” without a reason: anyio does not pass it on",
}


def key(recording: Recording) -> tuple[str, str, str]:
    return recording.client, recording.mode, recording.entry


def first(recording: Recording) -> str | None:
    matches = current().lookup(recording.text).matches
    return matches[0].code if matches else None


def test_there_are_hundreds_of_every_client_that_is_recorded() -> None:
    assert len(RECORDINGS) >= 400
    clients = {recording.client for recording in RECORDINGS}
    assert clients == {"python-sdk", "node-sdk", "curl", "openai-sdk", "litellm", "langchain", "bedrock"}


def test_each_leads_to_its_own_entry_first() -> None:
    wrong = [r for r in RECORDINGS if first(r) != r.entry and key(r) not in CANNOT]
    assert [(*key(r), r.version, first(r)) for r in wrong] == []


def test_those_that_cannot_are_no_more_than_the_list_says() -> None:
    assert {key(r) for r in RECORDINGS if key(r) in CANNOT and first(r) != r.entry} == set(CANNOT)


def test_none_is_answered_with_certainty_by_another_entry_but_for_the_general_one() -> None:
    """`000-connection-error` is what remains when the reason is not told."""
    for recording in RECORDINGS:
        if key(recording) in CANNOT:
            for match in current().lookup(recording.text).matches:
                assert match.confidence != "certain" or match.code == "000-connection-error", key(recording)


@pytest.mark.parametrize("trace", ["/work", "/tmp/", "/root", "X-KB-Replay", "x-kb-replay", "/replay/", "gunicorn"])
def test_nothing_of_the_machine_or_of_replay_is_left_in_them(trace: str) -> None:
    assert [key(recording) for recording in RECORDINGS if trace in recording.text] == []
