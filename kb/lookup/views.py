"""Further views of a plain text: lines joined, words squashed, characters that OCR confuses read as one.

The *squashed* view keeps only letters and digits, so that terminal wraps, quotes, masks, Markdown and spaces from OCR
make no difference to a phrase.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from itertools import compress, pairwise

from kb.lookup.mapped import Mapped, Span
from kb.lookup.steps import Steps

_BLANK = " \t\r"
_LETTERS = bytes(range(256)).lower()
_DROPPED = bytes(code for code in range(128) if not chr(code).isalnum())
_KEPT = bytes(int(chr(code).isalnum()) for code in range(128)) + bytes(128)


def squash(text: str) -> Mapped:
    """Only letters and digits, lower-cased; positions lead to `text`."""
    if text.isascii():
        return Mapped(text.encode().translate(_LETTERS, _DROPPED).decode(), lambda: _kept(text))
    return Mapped(lower("".join(filter(str.isalnum, text))), lambda: _kept(text))


def _kept(text: str) -> Sequence[int]:
    kept = text.encode().translate(_KEPT) if text.isascii() else map(str.isalnum, text)
    at = array("I", compress(range(len(text)), kept))
    at.append(len(text))
    return at


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
