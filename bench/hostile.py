"""Pastes made to be slow. Each generator takes a source of chance, a size in bytes and the words of the catalogue."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Words:
    """What near misses are made of: the phrases of all signatures, and whole pastes."""

    phrases: Sequence[str]
    pastes: Sequence[str]


Generator = Callable[[Random, int, Words], str]
Piece = Callable[[Random, Words], str]

_PREFIXES = (
    "sk-ant-api03- sk-ant-oat01- sk-ant- sk-or-v1- sk-proj- sk- gsk_ hf_ ghp_ AIza AKIA eyJ npm_ cr_ xoxb-".split()
)
_SINGLE = " \n\t\\\"'`{}[]()<>|│#*-_=.,:;/%&0a1lsA中　\u200b\u0301\x1b！。"
_MARKS = "\u0301\u0308\u0323\u20dd\ufe0f\u200d"
_LABELS = ("api_key", "x-api-key", "Authorization: Bearer", "ANTHROPIC_API_KEY", "password", "token", "secret", "密钥")
_STATUS = ("HTTP/1.1 {}", "Error code: {} -", "API Error: {}", "status: {}", "({})", "状态码 {}", '"code": {}', "{} {{")
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789"


def fill(random: Random, size: int, words: Words, piece: Piece) -> str:
    """Pieces one after another, cut at `size` bytes."""
    parts: list[str] = []
    left = size
    while left > 0:
        parts.append(piece(random, words))
        left -= max(len(parts[-1].encode()), 1)
    return cut("".join(parts), size)


def cut(text: str, size: int) -> str:
    """The first `size` bytes, without half a character."""
    return text.encode()[:size].decode(errors="ignore")


def _near(random: Random, words: Words) -> str:
    """A phrase of the catalogue that is nearly, but not quite, there."""
    phrase = random.choice(words.phrases)
    at = random.randrange(len(phrase))
    return random.choice((phrase[:-1], phrase[:at] + "x" + phrase[at:], phrase[:at] + phrase[at + 1 :])) + " "


def _soup(random: Random, words: Words) -> str:
    return random.choice(random.choice(words.phrases).split()) + random.choice((" ", " ", "\n", ", ", ": "))


def _secret(random: Random, words: Words) -> str:
    length = random.choice((3, 7, 20, 40, 90, 400))
    body = "".join(random.choices(_ALPHABET, k=length))
    wrap = random.choice(("", "", "\n", "\\n", " ", '"\n"', "│\n│ "))
    return random.choice(_PREFIXES) + wrap.join((body[: length // 2], body[length // 2 :])) + random.choice("\n ,.-_/")


def _message(random: Random, words: Words) -> str:
    quote, close = random.choice("\"'"), random.choice(("", '"', "'", "\\", '"}', "'}"))
    return f"{quote}message{quote}: {quote}{_near(random, words)}{close}{random.choice((',', '}', chr(10), ' '))}"


def _wrapped(random: Random, size: int, words: Words) -> str:
    width, margin = random.randint(1, 30), random.choice(("", "  ", "│ ", "> ", "  ⎿  ", "12 + ", "# "))
    text = fill(random, size * 2 // 3, words, lambda r, w: r.choice(w.pastes) + "\n")
    return cut("\n".join(margin + text[i : i + width] for i in range(0, len(text), width)), size)


def _boxed(random: Random, words: Words) -> str:
    line = random.choice(words.pastes)[:76]
    return f"╭{'─' * 78}╮\n│ {line} {' ' * random.randint(0, 80)}│\n╰{'─' * 78}╯\n"


def _deep_json(random: Random, size: int, words: Words) -> str:
    key = random.choice(('{"error":', "{'message': ", "[", '{\\"error\\":', '{"a":['))
    return cut(key * (size // len(key) + 1), size)


def _wide_json(random: Random, size: int, words: Words) -> str:
    text = fill(random, size // 2, words, _near)
    rows = [{"type": "error", "code": str(i), "message": text[i * 60 : i * 60 + 60]} for i in range(len(text) // 60)]
    for _ in range(random.randint(0, 3)):
        rows = [{"body": json.dumps(rows)}]
    return cut(json.dumps(rows, ensure_ascii=random.random() < 0.5), size)


def _one_character(random: Random, size: int, words: Words) -> str:
    return cut(random.choice(_SINGLE) * size, size)


def _few_characters(random: Random, size: int, words: Words) -> str:
    chosen = "".join(random.sample(_SINGLE, random.randint(2, 4)))
    return cut(chosen * size, size)


def _marks(random: Random, words: Words) -> str:
    return random.choice("aeioué中") + "".join(
        random.choices("\u0301\u0308\u0323\u20dd\ufe0f\u200d", k=random.randint(1, 40))
    )


def _misread(random: Random, words: Words) -> str:
    """As OCR reads it; nothing in it is decisive, so every view is tried."""
    swapped = str.maketrans(random.choice(({"o": "0", "l": "1"}, {"i": "l", "s": "5"}, {"m": "rn", "w": "vv"})))
    return _near(random, words).translate(swapped)


def _mixture(random: Random, size: int, words: Words) -> str:
    names = random.sample([name for name in GENERATORS if name != "mixture"], 4)
    return "".join(GENERATORS[name](random, size // 4, words) for name in names)


def _pieces(piece: Piece) -> Generator:
    return lambda random, size, words: fill(random, size, words, piece)


def _chain(heads: Sequence[str], bodies: Sequence[str], most: int, tails: Sequence[str]) -> Generator:
    """Head, one body up to `most` times, tail; and again."""
    return _pieces(lambda r, w: r.choice(heads) + r.choice(bodies) * r.randint(1, most) + r.choice(tails))


def _status(random: Random, words: Words) -> str:
    return random.choice(_STATUS).format(random.randint(390, 540)) + random.choice(" \n,")


def _labelled(random: Random, words: Words) -> str:
    sign = random.choice((" = ", ": ", "=", '": "'))
    return random.choice(_LABELS) + sign + _secret(random, words)[random.randint(0, 9) :]


def _dotted(random: Random, words: Words) -> str:
    return "eyJ" + "".join(random.choices(_ALPHABET + "..", k=random.randint(10, 300))) + random.choice("\n .")


def _invisible(random: Random, words: Words) -> str:
    return random.choice("\u200b\u200d\u00ad\u2060\ufeff").join(_near(random, words))


def _full_width(random: Random, words: Words) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in _near(random, words))


def _any_character(random: Random, words: Words) -> str:
    return chr(random.randint(*random.choice(((32, 126), (0xA0, 0x2FFF), (0x4E00, 0x9FFF)))))


GENERATORS: dict[str, Generator] = {
    "one-character": _one_character,
    "few-characters": _few_characters,
    "backslashes": _chain(("",), ("\\",), 60, ("n", '"', "'", "`", "/", "u0022", "u00", "x22", "t")),
    "nested-quotes": _chain(("", "message", ": "), ('"', "'", "`", '\\"'), 9, ("", ": ", ",", "}")),
    "near-phrases": _pieces(_near),
    "one-near-phrase": lambda random, size, words: cut(_near(random, words) * (size // 4 + 1), size),
    "word-soup": _pieces(_soup),
    "every-phrase": _pieces(lambda random, words: random.choice(words.phrases) + random.choice(" \n")),
    "many-pastes": _pieces(lambda random, words: random.choice(words.pastes) + "\n"),
    "messages": _pieces(_message),
    "tails": _chain(("", "\n"), ("API Error: 400 ", "anthropic.X.YError: ", "error: ", "curl: (7) "), 5, ("", "x ")),
    "statuses": _pieces(_status),
    "types": _chain(("type: ", "'type': '"), ("rate_", "a_", "invalid_request_"), 12, ("error ", "erro", "error' ")),
    "error-codes": _chain(('"code": "', "error_code='"), ("a.b:", "Ab-", "x_"), 30, ('" ', "' ", " ")),
    "exceptions": _chain(("", "a_b.", "x.y.z."), ("AbC", "A", "Error", "Timeout"), 30, ("Error ", "Erro ", ".", " ")),
    "models": _chain(
        ("", "model: ", "anthropic."), ("claude-", "claude ", "opus-", "claude_3"), 20, (" ", "\n", "[1m]")
    ),
    "hosts": _chain(("https://", "host='", "ENOTFOUND ", "connect to "), ("a-b.", "a", "."), 90, (" ", "/", "'", "\n")),
    "request-ids": _chain(("req_", "request id: ", "retry-after "), ("A1b-", "9", "x_"), 30, (" ", "\n", ". ")),
    "fake-keys": _pieces(_secret),
    "one-prefix": lambda random, size, words: cut(random.choice(_PREFIXES) * size, size),
    "labelled-keys": _pieces(_labelled),
    "key-blocks": _chain(
        ("-----BEGIN ", "-----BEGIN PRIVATE KEY-----", "-----END "), ("MIIEv", "A ", "-"), 40, ("\n", "")
    ),
    "dotted-tokens": _pieces(_dotted),
    "combining-marks": _pieces(_marks),
    "invisible": _pieces(_invisible),
    "full-width": _pieces(_full_width),
    "terminal-codes": _chain(("\x1b", "", "\\u001b"), ("[31m", "[0;1;", "]8;;", "["), 9, ("a", " ", "\n", "m")),
    "entities": _chain(("", " "), ("&quot;", "&amp;quot;", "&#39;", "<br/>", "<br   ", "&lt", "&"), 9, ("", "p>")),
    "spaced-chinese": _chain(tuple("错误请求模型无效的令牌连接失败"), (" ",), 4, ("", "，", "\n")),
    "wraps": _wrapped,
    "boxes": _pieces(_boxed),
    "misread": _pieces(_misread),
    "deep-json": _deep_json,
    "wide-json": _wide_json,
    "margins": _chain(("", "12 + "), tuple("│|>#*⎿● \t"), 40, ("", "x", "\n")),
    "random-text": _pieces(_any_character),
    "mixture": _mixture,
}
