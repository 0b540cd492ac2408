"""What terminals, logs, editors and other days do to an error text without changing what it says.

A disguise takes a text and a source of chance, and returns the text disguised. Same chance, same disguise.
"""

from __future__ import annotations

import html
import json
import textwrap
from collections.abc import Callable
from random import Random
from unicodedata import east_asian_width

Disguise = Callable[[str, Random], str]
ASCII_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
FULL_WIDTH = {ord(char): chr(ord(char) + 0xFEE0) for char in ASCII_PUNCTUATION}
TYPED_IN_CHINESE = {", ": "，", ". ": "。", ": ": "：", "; ": "；", "! ": "！", "? ": "？", " (": "（", ") ": "）"}
NARROWEST, WIDEST = 20, 120  # columns of a terminal


def columns(text: str) -> int:
    """The width of a text in a terminal, where a Chinese character takes two columns."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def cut(line: str, width: int, indent: int = 0) -> list[str]:
    """The pieces of a line as a terminal shows them: cut wherever the width ends, all but the first indented."""
    pieces, used = [""], 0
    for char in line:
        if used + columns(char) > width:
            pieces.append(" " * indent)
            used = indent
        pieces[-1] += char
        used += columns(char)
    return pieces


def wrap(text: str, width: int, indent: int = 0) -> str:
    """Every line cut at `width`."""
    return "\n".join(piece for line in text.splitlines() for piece in cut(line, width, indent))


def box(text: str, width: int) -> str:
    """The wrapped text in a frame."""
    pieces = [piece for line in text.splitlines() for piece in cut(line, width)]
    rows = [f"│ {piece}{' ' * (width - columns(piece))} │" for piece in pieces]
    return "\n".join([f"╭{'─' * (width + 2)}╮", *rows, f"╰{'─' * (width + 2)}╯"])


def any_width(text: str, chance: Random) -> int:
    """A width that cuts the longest line, when that is long enough to be cut."""
    longest = max(map(columns, text.splitlines()), default=0)
    return chance.randint(NARROWEST, max(NARROWEST, min(WIDEST, longest - 1)))


def between_words(text: str, chance: Random) -> str:
    width = any_width(text, chance)
    return "\n".join(textwrap.fill(line, width, drop_whitespace=True) for line in text.splitlines())


def before_each_line(text: str, margin: str) -> str:
    return "\n".join(margin + line for line in text.splitlines())


def typed_in_chinese(text: str) -> str:
    for ours, theirs in TYPED_IN_CHINESE.items():
        text = text.replace(ours, theirs)
    return text


def curly(text: str) -> str:
    """Straight quotes as a word processor sets them: one that follows a letter or a digit closes."""
    quotes = {'"': "“”", "'": "‘’"}
    before = " " + text
    pairs = zip(before, text, strict=False)
    return "".join(quotes[char][last.isalnum()] if char in quotes else char for last, char in pairs)


def quoted_by(margin: str) -> Disguise:
    return lambda text, _: before_each_line(text, margin)


def after(first: Disguise, then: Disguise) -> Disguise:
    """Two disguises, one upon the other."""
    return lambda text, chance: then(first(text, chance), chance)


WRAPS: dict[str, Disguise] = {
    "wrapped": lambda text, chance: wrap(text, any_width(text, chance)),
    "wrapped and indented": lambda text, chance: wrap(text, any_width(text, chance), chance.randint(1, 8)),
    "wrapped in a box": lambda text, chance: box(text, any_width(text, chance)),
    "wrapped between words": between_words,
}
MARGINS: dict[str, Disguise] = {
    "indented by spaces": lambda text, chance: before_each_line(text, " " * chance.randint(1, 12)),
    "indented by tabs": lambda text, chance: before_each_line(text, "\t" * chance.randint(1, 3)),
    **{f"quoted by {margin!r}": quoted_by(margin) for margin in ("> ", "> > ", "# ", "// ", " * ")},
    "in a table": lambda text, _: "\n".join(f"| {line} |" for line in text.splitlines()),
}
ESCAPES: dict[str, Disguise] = {
    "a JSON string": lambda text, _: json.dumps(text, ensure_ascii=False),
    "a JSON string in ASCII": lambda text, _: json.dumps(text),
    "a JSON string in a JSON string": lambda text, _: json.dumps(json.dumps(text)),
    "a JSON field": lambda text, _: json.dumps({"error": text}, ensure_ascii=False),
    "a JSON field in ASCII": lambda text, _: json.dumps({"error": text}),
    "a JSON field in a JSON field": lambda text, _: json.dumps({"body": json.dumps({"error": text})}),
    "a Python string": lambda text, _: repr(text),
    "a Python string in a Python string": lambda text, _: repr(repr(text)),
    "Python bytes": lambda text, _: repr(text.encode()),
    "HTML": lambda text, _: html.escape(text),
}
FORMS: dict[str, Disguise] = {
    "CRLF": lambda text, _: text.replace("\r\n", "\n").replace("\n", "\r\n"),
    "full-width punctuation": lambda text, _: text.translate(FULL_WIDTH),
    "Chinese punctuation": lambda text, _: typed_in_chinese(text),
    "curly quotes": lambda text, _: curly(text),
    "an ellipsis after the end": lambda text, _: text + "…",
    "three dots after the end": lambda text, _: text + "...",
}
ONE = WRAPS | MARGINS | ESCAPES | FORMS
TWO: dict[str, Disguise] = {
    f"{first}, then {then}": after(ONE[first], ONE[then])
    for first, then in (
        ("wrapped", "quoted by '> '"),
        ("quoted by '> '", "wrapped"),
        ("wrapped in a box", "quoted by '# '"),
        ("a JSON string", "wrapped"),
        ("a JSON field in ASCII", "wrapped and indented"),
        ("a Python string", "wrapped in a box"),
        ("a JSON string in a JSON string", "wrapped between words"),
        ("wrapped", "a JSON field"),
        ("wrapped", "CRLF"),
        ("curly quotes", "wrapped"),
        ("full-width punctuation", "wrapped"),
        ("a JSON field", "full-width punctuation"),
    )
}
