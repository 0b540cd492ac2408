"""Further views of a plain text: lines joined, words squashed, characters that OCR confuses read as one.

The *squashed* view keeps only letters and digits, so that terminal wraps, quotes, masks, Markdown and spaces from OCR
make no difference to a phrase.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, compress, pairwise
from typing import overload

from kb.lookup.mapped import Mapped, Span
from kb.lookup.steps import Steps

_BLANK = " \t\r"
_DROPPED = bytes(code for code in range(128) if not chr(code).isalnum())
_NO_WORD = re.compile(r"\W+")
_MARKS = bytes(int(chr(code).isalnum()) for code in range(128)) + bytes(128)


def squash(text: str) -> Mapped:
    """Only letters and digits, lower-cased; positions lead to `text`."""
    return Mapped(lower(_kept(text)), lambda: _Places(text.split("\n")))


def _kept(text: str) -> str:
    kept = text.encode().translate(None, _DROPPED).decode()
    return kept if kept.isascii() else _NO_WORD.sub("", kept)


class _Places(Sequence[int]):
    """Where each kept character stands in the text, worked out line by line."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._starts = [0, *accumulate(len(line) + 1 for line in lines)]
        self._counts = [0, *accumulate(len(_kept(line)) for line in lines)]
        self._known: dict[int, array[int]] = {}

    def __len__(self) -> int:
        return self._counts[-1] + 1

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[int]: ...
    def __getitem__(self, index: int | slice) -> int | Sequence[int]:
        if isinstance(index, slice):
            return self._run(*index.indices(len(self))[:2])
        if index == self._counts[-1]:
            return self._starts[-1] - 1
        line = bisect_right(self._counts, index) - 1
        return self._in_line(line)[index - self._counts[line]]

    def _run(self, start: int, stop: int) -> array[int]:
        """Places one after another, line by line."""
        found, most = array("I"), self._counts[-1]
        while start < min(stop, most):
            line = bisect_right(self._counts, start) - 1
            part = self._in_line(line)[start - self._counts[line] : stop - self._counts[line]]
            found.extend(part)
            start += len(part)
        if start < stop:
            found.append(self[most])
        return found

    def _in_line(self, number: int) -> array[int]:
        if number not in self._known:
            line, start = self._lines[number], self._starts[number]
            marks = line.encode().translate(_MARKS) if line.isascii() else map(str.isalnum, line)
            self._known[number] = array("I", compress(range(start, start + len(line)), marks))
        return self._known[number]


def lower(text: str) -> str:
    """Lower case without changing the length (some letters grow when lower-cased)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def join_lines(view: Mapped, glue: str) -> Mapped:
    """Lines of a hard-wrapped text put together again, without the blanks at the breaks."""
    return view.replaced([*_breaks(view.text, glue)])


def _breaks(text: str, glue: str) -> Iterator[Span]:
    lines, start = text.split("\n"), 0
    for line, below in pairwise(lines):
        end = start + len(line)
        yield max(start, start + len(line.rstrip(_BLANK))), end + 1 + len(below) - len(below.lstrip(_BLANK)), glue
        start = end + 1


_DIGITS_IN_WORDS = re.compile(
    r"(?<=[A-Za-z])([015])(?=[A-Za-z.:_-])|(?<![\w.])([015])(?=[a-z]{2})|(?<=[a-z]{2})([015])\b"
)
_REPAIR = Steps(
    (
        r"[A-Za-z][015][A-Za-z.:_-]|[015][a-z]{2}|[a-z]{2}[015]",
        lambda view: view.same_length(_DIGITS_IN_WORDS.sub(_letter, view.text)),
    )
)
_RN = re.compile("rn")


def repair(view: Mapped) -> Mapped:
    """Digits inside words read as the letters that OCR takes them for; same length."""
    return _REPAIR(view)


def read_rn_as_m(view: Mapped) -> Mapped:
    return view.sub(_RN, "m")


def _letter(match: re.Match[str]) -> str:
    before = match.string[match.start() - 1 : match.start()]
    letter = {"0": "o", "1": "l", "5": "s"}[match[0]]
    return letter.upper() if before.isupper() else letter


# What OCR confuses, folded to one form on both sides: 0/O, 1/l/I/|, 5/S, 8/B, rn/m, vv/w.
_LOOKS_ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", "8": "b", "2": "z"})
_PAIRS = re.compile(r"rn|vv|cl")
_PAIR = {"rn": "m", "vv": "w", "cl": "d"}


def fold(view: Mapped) -> Mapped:
    """The squashed view with look-alike characters folded together."""
    return view.same_length(fold_text(view.text, pairs=False)).sub(_PAIRS, lambda match: _PAIR[match[0]])


def fold_text(text: str, pairs: bool = True) -> str:
    """The same folding for the wording of a signature."""
    text = text.translate(_LOOKS_ALIKE)
    return _PAIRS.sub(lambda match: _PAIR[match[0]], text) if pairs else text
