"""Lines that a terminal cut at its width, put together again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.lookup.mapped import Mapped, Span

NARROWEST = 18  # columns below which nothing is taken for a terminal
MANY = 3  # lines from which those within an embedded text are enough to show the width
SHORT = 1500  # characters within which one full line is enough to show the width
_WORD = re.compile(r"\w")
_WIDE = re.compile(  # characters that take two columns
    r"[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f"
    r"\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]"
)
_TAB = 8


@dataclass(frozen=True)
class _Line:
    """`[start, end)` without blanks around, `until` with those after; `column`: where its end stood on the screen."""

    start: int
    end: int
    until: int
    indent: int
    column: int


def unwrap(view: Mapped, without_margins: Callable[[Mapped], Mapped], embedded: bool = False) -> Mapped:
    """The view without margins, the lines that fill its width joined to the next; itself when none was cut.

    The widest line shows the width; not the first or last of an `embedded` text, for they hold what is around it. A
    line that fills the width was cut there: it goes on in the next one, after a blank when the break swallowed one.
    Other line breaks stay.
    """
    bare = without_margins(Mapped.of(view.text))
    least = 1 if len(view.text) <= SHORT else 2
    if bare.text == view.text and not _full_lines(view.text, embedded) >= least:
        return view  # the quick way out of a text that was not wrapped
    lines = list(_lines(view.text, bare))
    width = _width([line.column for line in lines], embedded)
    pairs = [(line, below) for line, below in pairwise(lines) if below.end > below.start]
    cut = [(line, below) for line, below in pairs if line.column >= width - 1]
    if width < NARROWEST or len(cut) < least or not any(_inside(bare.text, *pair) for pair in cut):
        return view
    indent = min(below.indent for _, below in cut)
    return bare.replaced([*_gaps(bare.text, pairs, width, indent)]).after(view)


def _full_lines(text: str, embedded: bool) -> int:
    columns = [_columns(line.rstrip(" \t")) for line in text.split("\n")]
    width = _width(columns, embedded)
    return sum(column >= width - 1 for column in columns[:-1]) if width >= NARROWEST else 0


def _width(columns: Sequence[int], embedded: bool) -> int:
    return max(columns[1:-1] if embedded and len(columns) > MANY else columns)


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
        wide = _WIDE.match(first) is not None
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
    if "\t" in text:
        text = text.expandtabs(_TAB)
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))
