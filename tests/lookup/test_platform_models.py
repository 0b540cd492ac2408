"""A platform's own spelling is right on that platform, and only there needs no suggestion."""

from __future__ import annotations

from datetime import date

import pytest

from kb.handbook import current
from kb.lookup.engine import Engine
from kb.lookup.result import ModelSuggestion

TODAY = date(2026, 11, 23)
RIGHT = [
    ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "bedrock"),
    ("anthropic.claude-opus-4-6-v1", "bedrock"),
    ("anthropic.claude-3-5-sonnet-20241022-v2:0", "bedrock"),
    ("claude-sonnet-4-5@20250929", "vertex"),
    ("claude-sonnet-4@20250514", "vertex"),
    ("anthropic/claude-3.5-sonnet", "openrouter"),
]
PASTES = {
    "bedrock": "botocore.errorfactory.ThrottlingException: An error occurred (ThrottlingException) when calling the "
    "InvokeModel operation: Too many requests\nhttps://bedrock-runtime.us-east-1.amazonaws.com/model/x\nmodel: {name}",
    "vertex": "POST https://us-east5-aiplatform.googleapis.com/v1/x 429 RESOURCE_EXHAUSTED vertex ai\nmodel: {name}",
    "openrouter": "POST https://openrouter.ai/api/v1/messages 429 Too Many Requests\nmodel: {name}",
}


def engine() -> Engine:
    return current().engine


def suggestion(name: str, platform: str) -> ModelSuggestion | None:
    return engine().lookup(PASTES[platform].format(name=name), TODAY).model_suggestion


@pytest.mark.parametrize(("name", "platform"), RIGHT)
def test_a_platform_takes_its_own_spelling(name: str, platform: str) -> None:
    assert engine().models.is_right_on(platform, name)
    assert engine().models.platform(name) == platform


@pytest.mark.parametrize(("name", "platform"), RIGHT)
def test_a_paste_from_a_platform_carries_no_suggestion_for_its_spelling(name: str, platform: str) -> None:
    assert suggestion(name, platform) is None


@pytest.mark.parametrize(("name", "platform"), RIGHT[:4])
def test_the_same_spelling_sent_to_the_api_is_corrected(name: str, platform: str) -> None:
    body = f'{{"type":"error","error":{{"type":"not_found_error","message":"model: {name}"}}}}'
    for paste in (body, f"POST https://api.anthropic.com/v1/messages 404 {body}"):
        assert engine().lookup(paste, TODAY).model_suggestion is not None


def test_a_wrong_spelling_is_wrong_on_a_platform_too() -> None:
    assert not engine().models.is_right_on("bedrock", "anthropic.claude-sonnet-4.5")
    assert not engine().models.is_right_on("vertex", "claude-sonnet-4.5")


@pytest.mark.parametrize("name", ["claude-sonnet-5-5", "claude-haiku-4-5", "gpt-4o", ""])
def test_a_name_of_the_api_is_no_platforms_spelling(name: str) -> None:
    assert engine().models.platform(name) == ""
