"""Rules for the lookup, made by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from kb.lookup.engine import Engine
from kb.lookup.result import Result
from kb.lookup.rules import Cues, EntryRule, ModelRule, Rules, Signature, SpellingRule

TODAY = date(2026, 11, 23)


def signature(entry: str = "401-key", **fields: Any) -> Signature:
    plain: dict[str, Any] = {
        "slug": "message",
        "phrase": "",
        "pattern": "",
        "strength": "decisive",
        "generic": False,
        "scope": "text",
        "model_state": "",
    }
    return Signature(entry=entry, **{**plain, **fields})


def entry(code: str, *statuses: str, **fields: Any) -> EntryRule:
    plain: dict[str, Any] = {"error_types": (), "error_codes": (), "exceptions": (), "yields_to": ()}
    return EntryRule(code=code, statuses=statuses, **{**plain, **fields})


def model(model_id: str, family: str, **fields: Any) -> ModelRule:
    plain: dict[str, Any] = {
        "current": False,
        "aliases": (),
        "platform_ids": (),
        "deprecated": None,
        "retires": None,
        "replacement": "",
    }
    return ModelRule(model_id=model_id, family=family, **{**plain, **fields})


MODELS = (
    model("claude-sonnet-5-5", "sonnet", current=True, platform_ids=("anthropic.claude-sonnet-5-5", "s5.5")),
    model("claude-opus-5", "opus", current=True),
    model("claude-haiku-4-5-20251001", "haiku", current=True, aliases=("claude-haiku-4-5",),
          words=("最便宜", "便宜", "cheapest", "best value")),
    model("claude-sonnet-4-20250514", "sonnet", aliases=("claude-sonnet-4-0",), replacement="claude-sonnet-4-6",
          retires=date(2026, 6, 15)),
    model("claude-sonnet-4-6", "sonnet", replacement="claude-sonnet-5-5", deprecated=date(2026, 10, 1),
          retires=date(2026, 12, 1)),
    model("claude-opus-4-6", "opus"),
    model("claude-3-5-sonnet-20241022", "sonnet", replacement="claude-sonnet-4-6", retires=date(2025, 10, 28)),
    model("claude-2.1", "claude", retires=date(2025, 7, 21), replacement="claude-opus-5"),
)  # fmt: skip
SPELLINGS = (SpellingRule("claude-best", "claude-opus-5"), SpellingRule("claude-3.7-opus", "claude-opus-5"))

ENTRIES = (
    entry("401-key", "401", error_types=("authentication_error",), exceptions=("AuthenticationError",)),
    entry("401-token", "401"),
    entry("404-model", "404", error_types=("not_found_error",)),
    entry("404-old-model", "404"),
    entry("429-limit", "429", error_types=("rate_limit_error",), error_codes=("usage_limit",)),
    entry("529-load", "529"),
    entry("000-line", "000", yields_to=("000-names",)),
    entry("000-names", "000"),
)
SIGNATURES = (
    signature(phrase="invalid x-api-key"),
    signature(slug="card", phrase="身份验证失败，请检查密钥", strength="strong"),
    signature("401-token", phrase="Invalid token", strength="strong", generic=True),
    signature("404-model", pattern="^model: (?P<model>[a-z0-9.-]+)$", scope="message", model_state="not_retired"),
    signature("404-old-model", pattern="^model: (?P<model>[a-z0-9.-]+)$", scope="message", model_state="retired"),
    signature("429-limit", phrase="exceed your limit of {n} tokens per minute"),
    signature("429-limit", slug="hint", phrase="slow down please", strength="hint"),
    signature("529-load", phrase="Overloaded", strength="strong"),
    signature("000-line", phrase="Connection error.", strength="strong", generic=True),
    signature("000-names", phrase="getaddrinfo ENOTFOUND", generic=True),
)
CLIENTS = (
    Cues("python-sdk", (r"\banthropic\.\w+Error\b", r"site-packages/anthropic/")),
    Cues("curl", (r"\bcurl: \(\d+\)",)),
)
LOOKALIKES = (Cues("other", (r"\bapi\.other\.example\b",)),)


def rules() -> Rules:
    return Rules(ENTRIES, SIGNATURES, CLIENTS, LOOKALIKES, MODELS, SPELLINGS)


def lookup(text: str, client: str | None = None, limit: int = 3) -> Result:
    return Engine(rules()).lookup(text, TODAY, client, limit)
