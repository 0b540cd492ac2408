"""Plain data as YAML in one form: the same data is always the same text, and reads well in a diff."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

WIDTH = 100  # characters of a list in brackets
_RESOLVER: Any = yaml.resolver.Resolver()
_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_WORD = re.compile(r"[\w./@+-]+(?: [\w./@+-]+)*")
_INDICATORS = "-?:,[]{}#&*!|>'\"%@`"


def lines(value: dict[str, Any], indent: str) -> Iterator[str]:
    """The lines of a mapping, each beginning with `indent`."""
    for key, item in value.items():
        yield from _item(f"{indent}{_quoted(key)}:", item, indent + "  ")


def _item(lead: str, value: Any, inner: str) -> Iterator[str]:
    """`lead` and the value after it; what does not fit on the line is indented by `inner`."""
    if isinstance(value, dict) and value:
        yield lead
        yield from lines(value, inner)
    elif isinstance(value, list) and not _short(value):
        yield lead
        for item in value:
            yield from _member(item, inner)
    else:
        first, *rest = scalar(value).split("\n")
        yield f"{lead} {first}"
        yield from (inner + line if line else "" for line in rest)


def _member(value: Any, inner: str) -> Iterator[str]:
    """One item of a list: a mapping begins on the line of its dash."""
    if not isinstance(value, dict):
        yield from _item(f"{inner}-", value, inner + "  ")
        return
    first, *rest = lines(value, inner + "  ")
    yield f"{inner}- {first.lstrip()}"
    yield from rest


def scalar(value: Any) -> str:
    """A value on one line, or a block scalar whose further lines are still to be indented."""
    if isinstance(value, str):
        return _block(value) if _reads_as_block(value) else _quoted(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_quoted, value))}]"
    return json.dumps(value)


def _short(value: list[Any]) -> bool:
    """A list of words that fits in brackets on one line."""
    words = all(isinstance(item, str) and _WORD.fullmatch(item) for item in value)
    return words and len(", ".join(value)) <= WIDTH


def _reads_as_block(text: str) -> bool:
    if _UNPRINTABLE.search(text) or text.endswith("\n\n") or not text.strip("\n\t "):
        return False
    return "\n" in text or (not _plain(text) and "'" in text and ('"' in text or "\\" in text))


def _block(text: str) -> str:
    """A literal block scalar; its lines are not indented yet."""
    mark = "2" if text[0] in " \t\n" else ""
    chomp = "" if text.endswith("\n") else "-"
    return f"|{mark}{chomp}\n" + text.removesuffix("\n")


def _quoted(text: str) -> str:
    """On one line: bare where that is safe, else in the quotes that need no escapes."""
    if _plain(text):
        return text
    if _UNPRINTABLE.search(text) or "\n" in text or ("'" in text and ('"' in text or "\\" in text)):
        return '"' + _escaped(text) + '"'
    return f"'{text}'" if '"' in text or "\\" in text else f'"{text}"'


def _plain(text: str) -> bool:
    """May stand without quotes. What begins with a digit (code, status, version, date) never does."""
    return not (
        text != text.strip()
        or not text
        or text[0] in _INDICATORS
        or text[0].isdigit()
        or text.endswith(":")
        or re.search(r": | #|[\\\t\n]", text)
        or _UNPRINTABLE.search(text)
        or _RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) != "tag:yaml.org,2002:str"
    )


def _escaped(text: str) -> str:
    text = json.dumps(text, ensure_ascii=False)[1:-1]
    return _UNPRINTABLE.sub(lambda match: f"\\U{ord(match[0]):08X}", text)
