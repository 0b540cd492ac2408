"""Bedrock's binary event streams, read by the AWS SDK itself."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, EventStreamError

from tests.replay.asked import ask, told

MODEL = "anthropic.claude-sonnet-4-20250514-v1:0"
TEXT = "Replayed: no model was asked."


def client(base: str) -> Any:
    return boto3.client(
        "bedrock-runtime",
        endpoint_url=base,
        region_name="us-east-1",
        aws_access_key_id="dummy-key",
        aws_secret_access_key="dummy-key",
        config=Config(retries={"max_attempts": 0}),
    )


def invoked(base: str) -> list[dict[str, Any]]:
    body = client(base).invoke_model_with_response_stream(modelId=MODEL, body=b"{}")["body"]
    return [json.loads(event["chunk"]["bytes"]) for event in body]


def conversed(base: str) -> list[dict[str, Any]]:
    hello = [{"role": "user", "content": [{"text": "hi"}]}]
    return list(client(base).converse_stream(modelId=MODEL, messages=hello)["stream"])


class TestSuccess:
    def test_invoke_with_response_stream_holds_the_events_of_the_messages_api(self, origin: str) -> None:
        events = invoked(f"{origin}/replay/bedrock-throttled/times=0")
        assert [event["type"] for event in events][::6] == ["message_start", "message_stop"]
        assert "".join(event["delta"].get("text", "") for event in events if "delta" in event) == TEXT

    def test_converse_stream_holds_its_own_events(self, origin: str) -> None:
        events = conversed(f"{origin}/replay/bedrock-throttled/times=0")
        deltas = [event["contentBlockDelta"]["delta"]["text"] for event in events if "contentBlockDelta" in event]
        assert "".join(deltas) == TEXT
        assert events[-2:][0] == {"messageStop": {"stopReason": "end_turn"}}
        assert events[-1]["metadata"]["usage"]["totalTokens"] == 9


@pytest.mark.parametrize("read", [invoked, conversed])
class TestFailure:
    def test_before_the_stream_it_is_raised_with_its_code(self, read: Any, origin: str) -> None:
        with pytest.raises(ClientError) as raised:
            read(f"{origin}/replay/bedrock-throttled")
        assert raised.value.response["Error"]["Code"] == "ThrottlingException"

    def test_inside_the_stream_it_is_an_exception_event_after_some_text(self, read: Any, origin: str) -> None:
        with pytest.raises(EventStreamError, match="throttlingException"):
            read(f"{origin}/replay/bedrock-throttled/stream=during")


def test_what_no_stream_of_bedrock_carries_is_refused() -> None:
    for code in ("bedrock-model-access-denied", "529-overloaded"):
        answer = ask(f"{code}/stream=during/model/{MODEL}/converse-stream")
        assert (answer.status_code, told(answer)["title"]) == (404, "Not inside a stream")
