"""Texts made of other texts: tokens of the corpora moved about, hostile characters, keys, nested JSON, long lines.

Same text, same chance, same result.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from random import Random

from bench.hostile import GENERATORS, Words, cut
from tests.fuzz.rules import SECRETS
from tests.lookup.disguises import ONE

LONGEST = 64 << 10  # bytes of UTF-8, the most that is accepted
USUAL = 1000  # characters beyond which a text is not made longer, but for a few
HOSTILE = (
    "\x00", "\ud800", "\udfff", "\u202e", "\u2066", "\u2069", "\u200b", "\u200d", "\ufeff", "\u0301", "\u0489",
    "️", "İ", "ﬁ", "ß", "Ⅷ", "①", "𝒜", "😀", "\U0001f469\u200d\U0001f4bb", "\u2028", "\x85", "\x1b[", "\x1b]8;;",
    "\x07", "\x1b", "\r", "\x0b", "\\", "\\\\", "\\u", "\\u0000", "\\ud83d", "\\x1b[0m", "%", "&", "&#39;",
    "<br/>", "：", "。", "，", "（", "\u3000", "│", "╭", "▏", "⎿", "`", "'", "\"", "\\\"", "{", "}", "[", "]",
    "://", "@", "=", "sk-ant-", "sk-", "eyJ", "Bearer ", "api_key=", "-----BEGIN ",
)  # fmt: skip
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]+")
Operation = Callable[["Mutator", str, Random], str]


class Mutator:
    """Changes a text in up to four of the ways of `OPERATIONS`."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.tokens = sorted({token for text in words.pastes for token in _TOKEN.findall(text)} | {*words.phrases})

    def __call__(self, text: str, chance: Random) -> str:
        for _ in range(chance.randint(1, 4)):
            text = chance.choice(OPERATIONS)(self, text, chance)
            if len(text) > USUAL and chance.random() < 0.99:
                start = chance.randrange(len(text) - USUAL)
                text = text[start : start + USUAL]
        return text if len(text) * 4 <= LONGEST else _cut(text)

    def fresh(self, chance: Random) -> str:
        """A paste of the corpora, or one made to be slow."""
        if chance.random() < 0.9:
            return chance.choice(self.words.pastes)
        size = LONGEST if chance.random() < 0.01 else chance.randint(20, USUAL)
        return GENERATORS[chance.choice(list(GENERATORS))](chance, size, self.words)

    def token(self, chance: Random) -> str:
        return chance.choice(HOSTILE) if chance.random() < 0.4 else chance.choice(self.tokens)


def _cut(text: str) -> str:
    """The first bytes; half a pair of surrogates counts as three."""
    data = text.encode("utf-8", "surrogatepass")
    return text if len(data) <= LONGEST else data[:LONGEST].decode("utf-8", "ignore") or cut("?", 1)


def _place(text: str, chance: Random) -> int:
    return chance.randint(0, len(text))


def _span(text: str, chance: Random) -> tuple[int, int]:
    start = _place(text, chance)
    return start, min(len(text), start + int(chance.expovariate(1 / 20)))


def _insert(text: str, at: int, new: str) -> str:
    return text[:at] + new + text[at:]


def _insert_token(mutator: Mutator, text: str, chance: Random) -> str:
    return _insert(text, _place(text, chance), mutator.token(chance))


def _replace_token(mutator: Mutator, text: str, chance: Random) -> str:
    tokens = _TOKEN.findall(text) or [""]
    tokens[chance.randrange(len(tokens))] = mutator.token(chance)
    return "".join(tokens)


def _shuffle_tokens(mutator: Mutator, text: str, chance: Random) -> str:
    start, end = _span(text, chance)
    tokens = _TOKEN.findall(text[start:end])
    chance.shuffle(tokens)
    return text[:start] + "".join(tokens) + text[end:]


def _delete(mutator: Mutator, text: str, chance: Random) -> str:
    start, end = _span(text, chance)
    return text[:start] + text[end:]


def _repeat(mutator: Mutator, text: str, chance: Random) -> str:
    start, end = _span(text, chance)
    return _insert(text, end, text[start:end] * int(chance.paretovariate(0.8)) if end > start else "")[:LONGEST]


def _splice(mutator: Mutator, text: str, chance: Random) -> str:
    other = mutator.fresh(chance)
    return text[: _place(text, chance)] + chance.choice(("", "\n", " ")) + other[_place(other, chance) :]


def _near_phrase(mutator: Mutator, text: str, chance: Random) -> str:
    return _insert(text, _place(text, chance), chance.choice(mutator.words.phrases))


def _secret(mutator: Mutator, text: str, chance: Random) -> str:
    return _insert(text, _place(text, chance), chance.choice(SECRETS))


def _marks(mutator: Mutator, text: str, chance: Random) -> str:
    """Zalgo, and whatever else is hostile in numbers."""
    count = min(int(chance.paretovariate(0.5)), LONGEST // 4)
    return _insert(text, _place(text, chance), chance.choice(HOSTILE) * count)


def _disguise(mutator: Mutator, text: str, chance: Random) -> str:
    name = chance.choice(list(ONE))
    return ONE[name]("".join(char for char in text if not "\ud800" <= char <= "\udfff") or "x", chance)


def _nest(mutator: Mutator, text: str, chance: Random) -> str:
    for _ in range(chance.randint(1, 4)):
        text = json.dumps({chance.choice(("error", "message", "body", "detail")): text}, ensure_ascii=False)[:LONGEST]
    return text


def _one_line(mutator: Mutator, text: str, chance: Random) -> str:
    return text.replace("\n", chance.choice((" ", "", "\\n", "\r")))


def _byte(mutator: Mutator, text: str, chance: Random) -> str:
    return _insert(text, _place(text, chance), chr(chance.randrange(0x110000)))


OPERATIONS: Sequence[Operation] = (
    _insert_token, _insert_token, _replace_token, _replace_token, _shuffle_tokens, _delete, _delete, _repeat, _splice,
    _near_phrase, _secret, _marks, _disguise, _nest, _one_line, _byte,
)  # fmt: skip
