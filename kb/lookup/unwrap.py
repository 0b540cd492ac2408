"""Lines that a terminal cut at its width, put together again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import east_asian_width

from kb.lookup.mapped import Mapped, Span

NARROWEST = 18  # columns below which nothing is taken for a terminal
SHORT = 1500  # characters within which one full line is enough to show the width
_WORD, _INDENT = re.compile(r"\w"), re.compile(r"[ \t]*")
_TAB = 8


@dataclass(frozen=True)
class _Line:
    """`[start, end)` without blanks around, `until` with those after; `column`: where its end stood on the screen."""

    start: int
    end: int
    until: int
    indent: int
    column: int


def unwrap(view: Mapped, without_margins: Callable[[Mapped], Mapped]) -> Mapped:
    """The view without margins, the lines that fill its width joined to the next; itself when none was cut.

    The widest line shows the width. A line that fills it was cut there: it goes on in the next one, after a blank when
    the break swallowed one. Other line breaks stay.
    """
    bare = without_margins(Mapped.of(view.text))
    lines = list(_lines(view.text, bare))
    width = max((line.column for line in lines), default=0)
    if width < NARROWEST:
        return view
    pairs = [(line, below) for line, below in pairwise(lines) if below.end > below.start]
    cut = [(line, below) for line, below in pairs if line.column >= width - 1]
    if len(cut) < (1 if len(view.text) <= SHORT else 2) or not any(_inside(bare.text, *pair) for pair in cut):
        return view
    indent = min(below.indent for _, below in cut)
    return bare.replaced([*_gaps(bare.text, pairs, width, indent)]).after(view)


def _lines(screen: str, bare: Mapped) -> Iterator[_Line]:
    """The lines of `bare`; a column is counted in `screen`, the text with its margins. Rules of a frame have none."""
    start = 0
    for text in bare.text.split("\n"):
        indent = len(text) - len(text.lstrip(" \t"))
        end = start + max(indent, len(text.rstrip(" \t")))
        column = 0
        if _WORD.search(text):
            last = bare.at[end - 1] + 1
            column = _columns(screen[screen.rfind("\n", 0, last) + 1 : last])
        yield _Line(start + indent, end, start + len(text), indent, column)
        start += len(text) + 1


def _gaps(text: str, pairs: list[tuple[_Line, _Line]], width: int, indent: int) -> Iterator[Span]:
    """The breaks that are none, each with what stands there instead."""
    for line, below in pairs:
        first, last = text[below.start], text[line.end - 1 : line.end]
        wide = east_asian_width(first) in "WF"
        if last == "-" and first.isalnum() and text[line.end - 2 : line.end - 1].isalnum():
            yield line.end, below.start, ""
        elif line.column >= width - (2 if wide else 1):
            swallowed = not wide and (line.until > line.end or line.column < width)
            yield line.end, below.start, " " if swallowed or below.indent > indent else ""


def _inside(text: str, line: _Line, below: _Line) -> bool:
    """Whether a line ends where no sentence or bracket does, or the next begins where none does."""
    last, first = text[line.end - 1], text[below.start]
    return not (last in ".!?;:{}[]()>`" and (first.isupper() or first in "{}[]<>#-*`"))


def _columns(text: str) -> int:
    """Columns of a terminal: two for a Chinese character, up to eight for a tab."""
    text = text.expandtabs(_TAB)
    return len(text) if text.isascii() else sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
