"""What people write for a model, and the model they mean; names of other products mean none."""

from __future__ import annotations

from datetime import date

import pytest

from kb.handbook import current
from kb.lookup.model_ids import ModelIds

TODAY = date(2026, 11, 23)
MEANT = {
    "claude-opus-5-5": """
        claude-opus-5-5|Claude Opus 5.5|opus 5.5|Opus5.5|opus-5-5|OPUS 5.5|claude opus 5.5|opus55|claude-5.5-opus
        claude-5-5-opus|claude5.5opus|claude_opus_5_5|claude-opus-5.5|claude-opus-5.5:thinking|opus
        anthropic/claude-opus-5.5|anthropic/claude-opus-5-5|openrouter/anthropic/claude-opus-5.5
        ~anthropic/claude-opus-5.5|anthropic.claude-opus-5-5|us.anthropic.claude-opus-5-5
        global.anthropic.claude-opus-5-5|claude-opus|claude-opus-5-5[1m]|opus[1m]|claude-opus-latest
        claude-opus-5-5-latest|claude-opus-5-5-20260922|claude-opus-5-5@20260922|ｃｌａｕｄｅ－ｏｐｕｓ－５－５
        claude–opus–5–5|“claude-opus-5-5”|「claude-opus-5-5」|Claude Opus 5.5 模型|最新的 opus|最新版 Opus
        推荐的模型|默认模型|官方推荐的|the recommended model|default|model: claude-opus-5-5|model=claude-opus-5.5
        claude-opsu-5-5|cluade-opus-5-5|claude-oups-5.5|claude-3-5-opus|claude-opus-9|opus-4|claude-opus-4
        claude-opus-5-5 |(claude-opus-5-5)|vercel/anthropic/claude-opus-5.5""",
    "claude-sonnet-5-5": """
        claude-sonnet-5-5|Claude Sonnet 5.5|sonnet 5.5|sonnet5.5|sonnet-5.5|sonnet55|Sonnet|claude-sonnet
        claude-5.5-sonnet|claude-5-5-sonnet|claude-sonnet-5.5|claude sonnet 5-5|anthropic/claude-sonnet-5.5
        anthropic:claude-sonnet-5-5|anthropic.claude-sonnet-5-5|eu.anthropic.claude-sonnet-5-5
        bedrock/us.anthropic.claude-sonnet-5-5
        arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-5-5
        projects/p/locations/global/publishers/anthropic/models/claude-sonnet-5-5|vertex_ai/claude-sonnet-5-5
        claude-sonnet-latest|claude-sonnet-5-5-20260928|claude-sonnet-5-5-v1:0|claude-sonnet-5-5:beta
        claude-sonnet-5-5-thinking|claude-sonet-5-5|claude-sonnnet-5.5|claude-sonett-5-5|calude-sonnet-5-5|sonet 5.5
        最新的 Sonnet|均衡的模型|balanced|性价比最高的模型|claude-3-5-sonnet|claude-3.5-sonnet|claude 3.5 sonnet
        sonnet4""",
    "claude-haiku-5-5": """
        claude-haiku-5-5|Claude Haiku 5.5|haiku 5.5|haiku5.5|haiku|claude-haiku|claude-5.5-haiku|claude-haiku-5.5
        anthropic/claude-haiku-5.5|anthropic.claude-haiku-5-5|us.anthropic.claude-haiku-5-5|claude-haiku-latest
        最便宜的|最便宜的模型|最便宜的 claude 模型|便宜的 haiku|最快的|最快的模型|速度最快的|最省钱的|省钱的模型
        最小的|轻量的|便宜|the cheapest model|cheapest|cheapest claude|fastest|the fastest one|最便宜的claude
        当前最快的模型|haiku 最新版|claude-haikou-5-5|claude-hiaku-5-5|claude-haiku-5-5-20261007|haiku-5-5[1m]
        claude-3-haiku|克劳德最便宜的模型""",
    "claude-fable-5-2": """
        claude-fable-5-2|Claude Fable 5.2|fable 5.2|fable|fable-5.2|anthropic/claude-fable-5.2
        us.anthropic.claude-fable-5-2|最强的|最强的模型|最强大的|最聪明的 claude|最厉害的模型|旗舰模型
        the most capable model|strongest|smartest claude model|the best model|目前最强的模型|claude-fabel-5-2""",
    "claude-mythos-5-2": "claude-mythos-5-2|mythos 5.2|mythos|Claude Mythos 5.2|claude-mytos-5-2",
    "claude-opus-5": """
        claude-opus-5|opus 5|Claude Opus 5|anthropic/claude-opus-5|global.anthropic.claude-opus-5|claude-5-opus""",
    "claude-opus-4-8": """
        claude-opus-4-8|opus 4.8|opus48|anthropic/claude-opus-4.8|anthropic/claude-opus-4.8-fast|claude-4.8-opus""",
    "claude-opus-4-7": """
        claude-opus-4-7|opus-4.7|us.anthropic.claude-opus-4-7|claude-opus-4-7-20260416|claude-opus-4.7""",
    "claude-opus-4-6": """
        claude-opus-4-6|opus 4.6|anthropic/claude-opus-4.6|us.anthropic.claude-opus-4-6-v1|claude-opus-4.6
        anthropic.claude-opus-4-6-v1:0|claude-opus-4-6[1m]|claude-4-6-opus|claude opus 4.6""",
    "claude-opus-4-5-20251101": """
        claude-opus-4-5|claude-opus-4-5-20251101|opus 4.5|claude-opus-4.5|claude-opus-4-5@20251101
        us.anthropic.claude-opus-4-5-20251101-v1:0|anthropic/claude-opus-4.5|opus45|claude-opus-4-5-20251124""",
    "claude-sonnet-5": """
        claude-sonnet-5|sonnet 5|Sonnet 5|claud-sonnet-5|claude-5-sonnet|anthropic.claude-sonnet-5|claude sonnet 5""",
    "claude-sonnet-4-6": """
        claude-sonnet-4-6|sonnet 4.6|sonnet46|claude-4.6-sonnet|claude-sonnet-4-6[1m]|claude-sonnet-4.6
        us.anthropic.claude-sonnet-4-6|anthropic/claude-sonnet-4.6|sonnnet 4.6|Claude Sonnet 4.6""",
    "claude-haiku-4-5-20251001": """
        claude-haiku-4-5|claude-haiku-4-5-20251001|haiku 4.5|claude-haiku-4.5|claude-4.5-haiku
        us.anthropic.claude-haiku-4-5-20251001-v1:0|claude-haiku-4-5@20251001|anthropic/claude-haiku-4.5
        claude-haiku-4.5-20250312""",
    "claude-fable-5-1": "claude-fable-5-1|fable 5.1|anthropic/claude-fable-5.1",
    "claude-fable-5": "claude-fable-5|fable 5|anthropic.claude-fable-5",
    "claude-sonnet-4-5-20250929": """
        claude-sonnet-4-5|claude-sonnet-4-5-20250929|sonnet 4.5|sonnet45|claude-sonnet-4-5@20250929
        us.anthropic.claude-sonnet-4-5-20250929-v1:0|anthropic/claude-sonnet-4.5|claude-sonnet-4-5-20250930""",
    "claude-opus-4-1-20250805": """
        claude-opus-4-1|claude-opus-4-1-20250805|opus 4.1|us.anthropic.claude-opus-4-1-20250805-v1:0""",
    "claude-opus-4-20250514": "claude-opus-4-0|claude-opus-4-20250514|claude-opus-4@20250514|anthropic/claude-opus-4",
    "claude-sonnet-4-20250514": """
        claude-sonnet-4-0|claude-sonnet-4-20250514|claude-sonnet-4@20250514|anthropic/claude-sonnet-4
        us.anthropic.claude-sonnet-4-20250514-v1:0|apac.anthropic.claude-sonnet-4-20250514-v1:0""",
    "claude-3-7-sonnet-20250219": """
        claude-3-7-sonnet-20250219|claude-3.7-sonnet|claude 3.7 sonnet|sonnet 3.7|Claude Sonnet 3.7
        claude-3-7-sonnet@20250219|anthropic/claude-3.7-sonnet:thinking|us.anthropic.claude-3-7-sonnet-20250219-v1:0""",
    "claude-3-5-sonnet-20241022": """
        claude-3-5-sonnet-latest|sonnet 3.5|claude-3-5-sonnet-20241022|claude3.5sonnet|claude-3-5-sonnet-v2@20241022
        anthropic.claude-3-5-sonnet-20241022-v2:0|anthropic/claude-3.5-sonnet|Claude Sonnet 3.5""",
    "claude-3-5-sonnet-20240620": "claude-3-5-sonnet-20240620|claude-3-5-sonnet@20240620|claude-3.5-sonnet-20240620",
    "claude-3-5-haiku-20241022": """
        claude-3-5-haiku-20241022|claude-3.5-haiku|haiku 3.5|claude-3-5-haiku@20241022|anthropic/claude-3.5-haiku""",
    "claude-3-opus-20240229": """
        claude-3-opus|claude-3-opus-20240229|opus 3|claude-3-opus-latest|claude 3 opus|claude-3-opus@20240229""",
    "claude-3-sonnet-20240229": """
        claude-3-sonnet|claude-3-sonnet-20240229|sonnet 3|anthropic.claude-3-sonnet-20240229-v1:0""",
    "claude-3-haiku-20240307": "claude-3-haiku-20240307|haiku 3|anthropic/claude-3-haiku|claude-3-haiku@20240307",
    "claude-2.1": "claude-2.1|claude 2.1|anthropic.claude-v2:1|claude-2-1",
    "claude-2.0": "claude-2.0|anthropic.claude-v2|claude 2.0",
    "claude-instant-1.2": "claude-instant-1.2|anthropic.claude-instant-v1|claude-instant-1-2",
}
UNKNOWN = """
    gpt-4o|gpt-4|gpt-5.5|gpt-4.1-mini|o3|o4-mini|chatgpt|openai/gpt-4o|gemini-2.5-pro|gemini-3.5-flash
    google/gemini-3-pro|llama-3-70b|meta-llama/llama-3.1-405b|deepseek-chat|deepseek-v3.2|deepseek/deepseek-r1
    qwen-max|qwen3-coder|kimi-k2|glm-4.7|mistral-large-latest|mixtral-8x7b|grok-4|doubao-pro|通义千问|文心一言
    最便宜的 gpt|最强的 gemini|fastest llama|command-r-plus|amazon.nova-pro-v1:0|meta.llama3-1-70b-instruct-v1:0
    text-embedding-3-small|whisper-1|claude|claude-5|claude 4|模型|最新的模型|magnum-v4-72b-opus|opus codec
    opus-mt-en-zh|sonnet-18-shakespeare|haiku generator|breakfast|hello|你好|-|5|4.5|true|null"""


def names(text: str) -> list[str]:
    """What stands between bars or on lines of its own."""
    return [name for line in text.strip("\n").splitlines() for name in line.lstrip().split("|")]


SPELLINGS = [(spelling, model) for model, text in MEANT.items() for spelling in names(text)]
STRANGERS = names(UNKNOWN)


def models() -> ModelIds:
    return current().engine.models


@pytest.mark.parametrize(("spelling", "meant"), SPELLINGS)
def test_a_spelling_means_this_model(spelling: str, meant: str) -> None:
    found = models().resolve(spelling, TODAY)
    assert found is not None
    assert found.model_id == meant, found.reason


@pytest.mark.parametrize("spelling", [spelling for spelling, _ in SPELLINGS])
def test_what_is_suggested_can_be_asked_for_today(spelling: str) -> None:
    found = models().resolve(spelling, TODAY)
    assert found is not None
    assert models().resolve(found.suggested, TODAY).status in ("active", "legacy")  # type: ignore[union-attr]


@pytest.mark.parametrize("spelling", STRANGERS)
def test_what_means_no_model_is_not_guessed_at(spelling: str) -> None:
    assert models().resolve(spelling, TODAY) is None


def test_there_are_enough_spellings_and_none_stands_twice() -> None:
    listed = [spelling for spelling, _ in SPELLINGS] + STRANGERS
    assert len(SPELLINGS) >= 200
    assert len(STRANGERS) >= 25
    assert len(set(listed)) == len(listed)


def test_every_id_alias_and_platform_spelling_means_its_own_model() -> None:
    for model_id, model in current().models.items():
        for name in (model_id, *model.rule.aliases, *model.rule.platform_ids):
            found = models().resolve(name, TODAY)
            assert found is not None
            assert found.model_id == model_id, name
