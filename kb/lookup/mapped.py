"""Text that remembers where each of its characters stood in the source."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from kb.lookup.characters import Table

New = Callable[[re.Match[str]], str]
Span = tuple[int, int, str]  # start, end, what stands there now


class Mapped:
    """`at[i]` is the source position of `text[i]`; `at` has one item more, for the end. Worked out only when asked."""

    def __init__(self, text: str, at: Callable[[], Sequence[int]]) -> None:
        self.text = text
        self._at = at

    @cached_property
    def at(self) -> Sequence[int]:
        return self._at()

    @classmethod
    def of(cls, text: str) -> Mapped:
        return cls(text, lambda: range(len(text) + 1))

    def after(self, first: Mapped) -> Mapped:
        """The same text, leading to the source of `first`, whose text it was made from."""
        return Mapped(self.text, lambda: array("I", [first.at[index] for index in self.at]))

    def translate(self, table: Table) -> Mapped:
        """Replace single characters by single characters; positions stay."""
        return self.same_length(table.translate(self.text))

    def same_length(self, text: str) -> Mapped:
        """Another text whose characters stand where those of this one do."""
        return self if text == self.text else Mapped(text, lambda: self.at)

    def sub(self, pattern: re.Pattern[str], new: str | New = "") -> Mapped:
        """Replace every match."""
        make = (lambda _: new) if isinstance(new, str) else new
        text, count = pattern.subn(make if new else "", self.text)  # "" is quicker than a call for each match
        if not count:
            return self
        return Mapped(text, lambda: self._moved((*match.span(), make(match)) for match in pattern.finditer(self.text)))

    def replaced(self, spans: Sequence[Span]) -> Mapped:
        """Replace these spans, which stand in order and do not overlap."""
        if not spans:
            return self
        ends = [0, *(end for _, end, _ in spans)]
        parts = [self.text[done:start] + new for done, (start, _, new) in zip(ends, spans, strict=False)]
        return Mapped("".join(parts) + self.text[ends[-1] :], lambda: self._moved(spans))

    def _moved(self, spans: Iterable[Span]) -> Sequence[int]:
        source, at, done = self.at, array("I"), 0
        for start, end, new in spans:
            at.extend(source[done:start])
            at.extend([source[start]] * len(new))
            done = end
        at.extend(source[done:])
        return at

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of `text[start:end]` (not empty)."""
        return self.at[start], self.at[end - 1] + 1


def named_by(table: dict[str, str]) -> New:
    """A replacement that the first group names, in any case; `u4e2d` is the character of that number."""

    def new(match: re.Match[str]) -> str:
        name = match[1].lower()
        if name.startswith("u") and len(name) == 5:
            char = chr(int(name[1:], 16))
            return char if char.isprintable() or char == "\n" else " "
        return table[name]

    return new
