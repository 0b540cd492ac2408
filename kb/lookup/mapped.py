"""Text that remembers where each of its characters stood in the source."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass


@dataclass(frozen=True)
class Mapped:
    """`at[i]` is the source position of `text[i]`; `at` has one item more, for the end."""

    text: str
    at: array[int]

    @classmethod
    def of(cls, text: str) -> Mapped:
        return cls(text, array("I", range(len(text) + 1)))

    def translate(self, table: dict[int, str]) -> Mapped:
        """Replace single characters by single characters; positions stay."""
        return Mapped(self.text.translate(table), self.at)

    def sub(self, pattern: re.Pattern[str], replace: str | dict[str, str] = "", group: int = 0) -> Mapped:
        """Replace every match. With a dict, the text of `group` (lower-cased) names the replacement."""
        texts: list[str] = []
        at: array[int] = array("I")
        done = 0
        for match in pattern.finditer(self.text):
            start, end = match.span()
            new = replace if isinstance(replace, str) else _named(replace, match[group].lower())
            texts += (self.text[done:start], new)
            at += self.at[done:start]
            at += array("I", [self.at[start]]) * len(new)
            done = end
        if not done:
            return self
        texts.append(self.text[done:])
        at += self.at[done:]
        return Mapped("".join(texts), at)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of `text[start:end]` (not empty)."""
        return self.at[start], self.at[end - 1] + 1


def _named(table: dict[str, str], name: str) -> str:
    if name.startswith("u") and len(name) == 5:
        char = chr(int(name[1:], 16))
        return char if char.isprintable() or char == "\n" else " "
    return table[name]
