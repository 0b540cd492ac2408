"""Made-up entries whose signatures look like real ones: API error wordings that share their vocabulary.

Four in ten are RE2 patterns, one in twelve is Chinese, three or four stand in an entry, as in the real catalogue's
less detailed entries. The same number and seed give the same rules.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from kb.lookup.rules import EntryRule, EntryText, Rules, Signature

_NOUNS = (
    "request model token message tool_use tool_result content cache_control thinking api_key organization workspace "
    "account project deployment region endpoint gateway channel quota credit balance subscription session connection "
    "certificate proxy header body parameter schema property array image document file attachment batch stream event "
    "upload container snapshot cluster node replica bucket queue topic webhook signature callback scope role policy "
    "tenant licence seat invoice plan tier key secret variable temperature max_tokens top_p stop_sequences metadata "
    "system_prompt betas service_tier context_window output_config response_format embedding vector index job run"
).split()
_ADJECTIVES = (
    "invalid missing expired unknown unsupported duplicate empty malformed disabled revoked suspended unavailable "
    "inactive conflicting oversized truncated unexpected restricted exhausted deprecated archived locked pending stale"
).split()
_VERBS = (
    "create update delete resolve parse decode encode validate authorize refresh load store fetch forward route "
    "schedule allocate reserve deploy publish verify sign decrypt compress replicate restore attach detach rotate"
).split()
_CHINESE_NOUNS = (
    "请求 模型 令牌 消息 工具 内容 账号 项目 区域 渠道 额度 余额 订阅 会话 证书 代理 参数 图片 文件 任务 密钥 分组"
).split()
_CHINESE_ENDS = (
    "不存在 已过期 无权访问 超过限制 暂不可用 格式错误 已被禁用 不能为空 正在维护 与当前套餐不符 请稍后再试"
).split()
_STATUSES = ("400", "401", "402", "403", "404", "408", "409", "413", "422", "429", "500", "502", "503", "504", "529")
_TYPES = ("invalid_request_error", "authentication_error", "permission_error", "not_found_error", "api_error")

Words = Callable[[str], str]


def _words(random: Random) -> Words:
    """What draws a word of a kind."""
    kinds = {"noun": _NOUNS, "adjective": _ADJECTIVES, "verb": _VERBS, "名词": _CHINESE_NOUNS, "结尾": _CHINESE_ENDS}
    return lambda kind: random.choice(kinds[kind])


_PHRASES: tuple[Callable[[Words, int], str], ...] = (
    lambda w, n: f"The {w('noun')} {w('noun')} is {w('adjective')} for this {w('noun')}",
    lambda w, n: f"{w('noun')}.{{n}}.{w('noun')}: {w('noun')} must have at least {n} {w('noun')}",
    lambda w, n: f"Cannot {w('verb')} {w('noun')} {{id}} while its {w('noun')} is {w('adjective')}",
    lambda w, n: f"{w('noun')} exceeds the {w('noun')} limit of {{n}} per {w('noun')} ({n})",
    lambda w, n: f"Failed to {w('verb')} the {w('adjective')} {w('noun')}: {w('noun')} {w('adjective')}",
    lambda w, n: f"`{w('noun')}` and `{w('noun')}` cannot both be {w('adjective')} in one {w('noun')}",
    lambda w, n: f"Your {w('noun')} does not have access to {w('adjective')} {w('noun')} {w('noun')}",
    lambda w, n: f"{w('noun')} {{model}} does not support {w('adjective')} {w('noun')} {w('noun')}",
    lambda w, n: f"E{n}: {w('adjective')} {w('noun')}, {w('verb')} it and try the {w('noun')} again",
)
_PATTERNS: tuple[Callable[[Words, int], str], ...] = (
    lambda w, n: rf"\b{w('noun')} (?:is|was) {w('adjective')}\b.{{0,40}}\b{w('verb')} (?:the |a )?{w('noun')}\b",
    lambda w, n: rf"\b(?:{w('verb')}|{w('verb')}) {w('noun')} (?:failed|refused): {w('adjective')} {w('noun')}\b",
    lambda w, n: rf"\b{w('noun')}\W{{1,4}}{w('noun')}\W{{1,4}}(?:Field required|Input should be) {w('adjective')}\b",
    lambda w, n: rf"\bcode\W{{1,6}}{w('noun').upper()}_{w('adjective').upper()}_{n}\b",
    lambda w, n: (
        rf"\b{w('adjective')} {w('noun')} {w('noun')}\b|\b{w('noun')} {w('noun')} (?:must|should) {w('verb')}\b"
    ),
    lambda w, n: rf"\bno {w('adjective')} {w('noun')} (?:for|in) {w('noun')} \S{{1,60}} with {w('noun')}\b",
)
_CHINESE: tuple[Callable[[Words, int], str], ...] = (
    lambda w, n: f"当前{w('名词')}的{w('名词')}{w('结尾')}，{w('名词')}{w('结尾')}",
    lambda w, n: f"{w('名词')}{w('名词')}{w('结尾')}（错误码 {n}）",
)


def enlarge(rules: Rules, entries: int, seed: int = 1) -> Rules:
    """The rules with made-up entries added until there are `entries`; those already there stay as they are."""
    random = Random(seed)
    taken = {(signature.phrase or signature.pattern).lower() for signature in rules.signatures}
    added: list[EntryRule] = []
    signatures: list[Signature] = []
    for number in range(entries - len(rules.entries)):
        entry = _entry(rules.entries[0], f"made-up-{number}", random)
        added.append(entry)
        signatures += [
            _signature(rules.signatures[0], entry.code, slot, random, taken) for slot in range(3 + number % 2)
        ]
    return replace(rules, entries=(*rules.entries, *added), signatures=(*rules.signatures, *signatures))


def enlarge_texts(texts: Sequence[EntryText], entries: int, seed: int = 1) -> list[EntryText]:
    """The texts with those of made-up entries: each field is that of some real entry."""
    random = Random(seed)
    made_up = [
        EntryText(f"made-up-{number}", {field: random.choice(texts).fields.get(field, "") for field in texts[0].fields})
        for number in range(entries - len(texts))
    ]
    return [*texts, *made_up]


def _entry(like: EntryRule, code: str, random: Random) -> EntryRule:
    return replace(
        like,
        code=code,
        statuses=(random.choice(_STATUSES),),
        error_types=(random.choice(_TYPES),),
        error_codes=(f"{random.choice(_NOUNS)}_{random.choice(_ADJECTIVES)}_{code.rpartition('-')[2]}",),
        exceptions=(),
        yields_to=(),
    )


def _signature(like: Signature, entry: str, slot: int, random: Random, taken: set[str]) -> Signature:
    """A wording that no other entry has."""
    pattern = random.random() < 0.42
    forms = _PATTERNS if pattern else _CHINESE if random.random() < 0.14 else _PHRASES
    wording = random.choice(forms)(_words(random), random.randint(1000, 9999))
    while wording.lower() in taken:
        wording = random.choice(forms)(_words(random), random.randint(1000, 9999))
    taken.add(wording.lower())
    return replace(
        like,
        entry=entry,
        slug=f"wording-{slot}",
        phrase="" if pattern else wording,
        pattern=wording if pattern else "",
        strength=random.choices(("decisive", "strong", "hint"), (5, 4, 1))[0],
        generic=random.random() < 0.3,
        scope="text",
        model_state="",
    )
