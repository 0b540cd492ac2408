"""No input makes the lookup slow. The bound is generous, in processor time: backtracking would take minutes."""

from __future__ import annotations

import time

import pytest

from kb.handbook import current

SIZE = 64 * 1024
SECONDS = 3.0


def filled(piece: str, size: int = SIZE) -> str:
    return piece * (size // len(piece.encode()))


INPUTS = {
    "arrays nested 10,000 deep": "[" * 10_000 + "]" * 10_000,
    "objects nested 10,000 deep": '{"a":' * 10_000 + "1" + "}" * 10_000,
    "escaped objects nested deep": filled('{\\"error\\":'),
    "60,000 backslashes": "\\" * 60_000,
    "backslashes before quotes": filled('\\\\"'),
    "60,000 quotes": '"' * 60_000,
    "60,000 apostrophes": "'" * 60_000,
    "messages that never end": filled('message":"'),
    "messages in apostrophes that never end": filled("'message': '"),
    "one message over everything": '"message": "' + "a" * (SIZE - 20),
    "error tails": filled("Error: "),
    "short error lines": filled("error:x y z\n"),
    "a run of digits": "1" * SIZE,
    "statuses": filled("status code 529 "),
    "100,000 combining marks": "e" + "\u0301" * 100_000,
    "spaces": " " * SIZE,
    "line breaks": "\n" * SIZE,
    "lines of spaces": filled(" " * 250 + "\n"),
    "margins": filled("│ > # "),
    "terminal colours": filled("\x1b[31m"),
    "unfinished terminal links": filled("\x1b]8;;"),
    "ampersands": "&" * SIZE,
    "unfinished tags": filled("<br "),
    "prefixes of keys": filled("sk-ant-"),
    "one key over everything": "sk-ant-api03-" + "Ab1" * (SIZE // 3 - 10),
    "a key wrapped a thousand times": "sk-ant-api03-" + filled("Ab1cdefgh\n"),
    "unfinished credentials": filled("api_key="),
    "tokens": filled("eyJ"),
    "dotted names": filled("a.b.c.d.E"),
    "capital words": filled("aA."),
    "model names": filled("claude-"),
    "model fields": filled("model: claude"),
    "hosts": filled("https://a"),
    "rn for m": filled("rn"),
    "digits in words": filled("a0b1c5"),
    "spaced Chinese": filled("连 "),
    "full-width letters": filled("ｅ"),
    "escaped characters": filled("\\u65e0"),
    "one wording over and over": filled("invalid x-api-key "),
    "one error code over and over": filled("thread_not_found "),
    "half an error code over and over": filled("thread_not_"),
    "a half-known wording over and over": filled("prompt is too long: 1 tokens > "),
    "words of many signatures": filled("invalid token model not found rate limit connection error "),
    "unpaired surrogates": "\ud800" * 20_000,
    "NUL bytes": "\x00" * SIZE,
}


@pytest.mark.parametrize("text", INPUTS.values(), ids=INPUTS.keys())
def test_a_hostile_paste_is_answered_in_time(text: str) -> None:
    handbook = current()
    begun = time.process_time()
    result = handbook.lookup(text)
    assert time.process_time() - begun < SECONDS
    assert result.text
