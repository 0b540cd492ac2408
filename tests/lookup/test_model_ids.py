"""Any spelling of a model leads to the right ID, or to none."""

from __future__ import annotations

from datetime import date

import pytest

from kb.handbook.labels import MODEL_REASON
from kb.lookup.model_ids import ModelIds
from kb.lookup.result import ModelSuggestion
from tests.rules import MODELS, SPELLINGS, TODAY, lookup

SONNET, OPUS, HAIKU = "claude-sonnet-5-5", "claude-opus-5", "claude-haiku-4-5-20251001"
# spelling → (the model it means, what to use today, why)
TABLE = [
    ("claude-sonnet-5-5", SONNET, SONNET, "active"),
    ("claude-opus-4-6", "claude-opus-4-6", "claude-opus-4-6", "legacy"),
    ("claude-haiku-4-5", HAIKU, "claude-haiku-4-5", "active"),
    (HAIKU, HAIKU, HAIKU, "active"),
    ("claude-sonnet-4-20250514", "claude-sonnet-4-20250514", SONNET, "retired"),
    ("claude-sonnet-4-0", "claude-sonnet-4-20250514", SONNET, "retired"),
    ("claude-sonnet-4-6", "claude-sonnet-4-6", SONNET, "deprecated"),
    ("claude-2.1", "claude-2.1", OPUS, "retired"),
    ("Claude-Sonnet-5-5", SONNET, SONNET, "spelling"),
    ("`claude-sonnet-5-5`", SONNET, SONNET, "spelling"),
    ("claude-best", OPUS, OPUS, "spelling"),
    ("CLAUDE-BEST", OPUS, OPUS, "spelling"),
    ("claude-3.7-opus", OPUS, OPUS, "spelling"),
    ("anthropic/claude-best", OPUS, OPUS, "spelling"),
    ("anthropic.claude-sonnet-5-5", SONNET, SONNET, "platform"),
    ("claude-sonnet-5.5", SONNET, SONNET, "prefix"),
    ("claude_sonnet_5_5", SONNET, SONNET, "prefix"),
    ("Claude Sonnet 5.5", SONNET, SONNET, "prefix"),
    ("claude-sonnet-5-5-latest", SONNET, SONNET, "prefix"),
    ("claude-sonnet-5-5[1m]", SONNET, SONNET, "prefix"),
    ("claude-opus-4-6:thinking", "claude-opus-4-6", "claude-opus-4-6", "prefix"),
    ("anthropic/claude-sonnet-5.5", SONNET, SONNET, "prefix"),
    ("openrouter/anthropic/claude-sonnet-5.5:beta", SONNET, SONNET, "prefix"),
    ("us.anthropic.claude-sonnet-5-5-v1:0", SONNET, SONNET, "prefix"),
    ("bedrock/eu.anthropic.claude-sonnet-5-5", SONNET, SONNET, "platform"),
    ("vertex_ai/claude-sonnet-5-5@20261001", SONNET, SONNET, "prefix"),
    ("claude-sonnet-5-5-20260101", SONNET, SONNET, "date"),
    ("claude-haiku-4-5-20240101", HAIKU, HAIKU, "date"),
    ("claude-sonnet-4", "claude-sonnet-4-20250514", SONNET, "date"),
    ("sonnet", SONNET, SONNET, "word_order"),
    ("opus 5", OPUS, OPUS, "word_order"),
    ("claude-5.5-sonnet", SONNET, SONNET, "word_order"),
    ("claude-3.5-sonnet", "claude-3-5-sonnet-20241022", SONNET, "word_order"),
    ("claude-3-5-sonnet-latest", "claude-3-5-sonnet-20241022", SONNET, "word_order"),
    ("claude-opus-9", OPUS, OPUS, "word_order"),
    ("最便宜的模型", HAIKU, HAIKU, "description"),
    ("The best value", HAIKU, HAIKU, "description"),
    ("便宜的 Opus", OPUS, OPUS, "description"),
    ("claude-sonet-5-5", SONNET, SONNET, "typo"),
    ("cluade-haikou-4-5", HAIKU, HAIKU, "typo"),
]


def resolve(given: str, today: date = TODAY) -> ModelSuggestion | None:
    return ModelIds(MODELS, SPELLINGS).resolve(given, today)


@pytest.mark.parametrize(("given", "model_id", "suggested", "reason"), TABLE, ids=[row[0] for row in TABLE])
def test_a_spelling_leads_to_the_right_id(given: str, model_id: str, suggested: str, reason: str) -> None:
    found = resolve(given)
    assert found is not None
    assert (found.given, found.model_id, found.suggested, found.reason) == (given, model_id, suggested, reason)


def test_every_reason_has_words_on_the_pages() -> None:
    assert {reason for *_, reason in TABLE} == set(MODEL_REASON)


@pytest.mark.parametrize("given", ["", " ", "claude", "gpt-4", "gemini-2.5-pro", "llama-3-70b", "你好", "-", "5"])
def test_a_name_that_means_no_model_leads_to_none(given: str) -> None:
    assert resolve(given) is None


@pytest.mark.parametrize(
    ("today", "status", "suggested"),
    [
        (date(2026, 9, 30), "deprecated", SONNET),
        (date(2026, 11, 30), "deprecated", SONNET),
        (date(2026, 12, 1), "retired", SONNET),
    ],
)
def test_the_status_is_computed_from_the_date(today: date, status: str, suggested: str) -> None:
    found = resolve("claude-sonnet-4-6", today)
    assert found is not None
    assert (found.status, found.suggested) == (status, suggested)


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("claude-2.1", "retired"),
        ("`Claude-2.1`.", "retired"),
        ("claude-sonnet-4-0", "retired"),
        ("claude-3.5-sonnet", "not_retired"),
        ("claude-sonnet-4-6", "not_retired"),
        ("gpt-4", "not_retired"),
    ],
)
def test_what_the_api_knows_as_retired_is_asked_by_exact_name(name: str, state: str) -> None:
    assert ModelIds(MODELS, SPELLINGS).state(name, TODAY) == state


def test_a_replacement_that_leads_in_a_circle_comes_to_an_end() -> None:
    old = next(rule for rule in MODELS if rule.model_id == "claude-sonnet-4-6")
    circle = ModelIds([type(old)(**{**vars(old), "replacement": old.model_id})], [])
    found = circle.resolve(old.model_id, TODAY)
    assert found is not None
    assert found.suggested == old.model_id


def test_a_paste_with_a_wrong_model_carries_the_suggestion() -> None:
    suggestion = lookup('{"error":{"message":"model: claude-3.5-sonnet"}}').model_suggestion
    assert suggestion is not None
    assert (suggestion.given, suggestion.suggested) == ("claude-3.5-sonnet", SONNET)


@pytest.mark.parametrize("name", ["claude-sonnet-5-5", "claude-haiku-4-5"])
def test_a_paste_with_a_right_model_carries_none(name: str) -> None:
    assert lookup(f'{{"error":{{"message":"model: {name}"}}}}').model_suggestion is None
