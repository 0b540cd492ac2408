"""Any paste → plain text. Small steps, each undoing one way in which an error text is disfigured; composed once.

Two views come out. The *plain* view keeps lines and punctuation, for patterns and facts. The *squashed* view keeps only
letters and digits, so that terminal wraps, quotes, masks, Markdown and spaces from OCR make no difference to a phrase.
"""

from __future__ import annotations

import re
from array import array

from kb.lookup.mapped import Mapped

_ONE_TO_ONE: dict[int, str] = (
    {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | {ord(char): "'" for char in "‘’‚‛′＇´"}
    | {ord(char): '"' for char in "“”„‟″「」『』"}
    | {ord(char): "-" for char in "‐‑‒–—―−－"}
    | {ord(char): " " for char in "\u00a0\u2002\u2003\u2009\u200a\u202f\u3000\t\x00"}
    | {ord("。"): ".", ord("、"): ",", ord("…"): "…"}
)
_INVISIBLE = re.compile(
    "\\[[0-9]{1,3}(?:;[0-9]{1,3}){0,5}m(?!\\])|\x1b\\[[0-9;?]{0,20}[A-Za-z]|\x1b\\][^\x07\x1b]{0,200}(?:\x07|\x1b\\\\)|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x01-\x08\x0b-\x1f]"
)
_ESCAPE = re.compile(r"(?<!\\)\\+(u[0-9a-fA-F]{4}|[nrt\"'/`_*])")
_ESCAPED = {"n": "\n", "r": " ", "t": " "} | {char: char for char in "\"'/`_*"}
_ENTITY = re.compile(r"&(quot|amp|lt|gt|nbsp|apos|#39|#x27|#34);", re.IGNORECASE)
_ENTITIES = {
    "quot": '"',
    "amp": "&",
    "lt": "<",
    "gt": ">",
    "nbsp": " ",
    "apos": "'",
    "#39": "'",
    "#x27": "'",
    "#34": '"',
}
_BREAK_TAG = re.compile(r"<br\s{0,5}/?>", re.IGNORECASE)
_MARGIN = re.compile(
    r"^[ \t]{0,200}(?:(?:[│┃┆|>#*⎿⏺●•·✻✗✘└├╰─❯»]|//|\d{1,6} [+-](?=[^\d\s]))[ \t]{0,40}){1,6}", re.MULTILINE
)
_CJK = "[\u3400-\u9fff\uf900-\ufaff]"
_SPACED_CJK = re.compile(rf"(?<={_CJK})[ ]{{1,3}}(?={_CJK})")
_LINE_END = re.compile(r"[ \t]{0,200}\r?\n[ \t]{0,200}")
_RIGHT_MARGIN = re.compile(r"[ \t]{0,200}[│┃║][ \t]{0,40}$", re.MULTILINE)
_KEPT = re.compile(r"[^\W_]+")


def plain(text: str) -> Mapped:
    """Escapes, entities, ANSI codes, invisible characters, typographic forms and line margins undone."""
    view = Mapped.of(text).translate(_ONE_TO_ONE)
    view = view.sub(_INVISIBLE).sub(_ESCAPE, _ESCAPED, group=1)
    view = view.sub(_ENTITY, _ENTITIES, group=1).sub(_BREAK_TAG, "\n")
    return view.sub(_MARGIN).sub(_RIGHT_MARGIN).sub(_SPACED_CJK)


def squash(text: str) -> Mapped:
    """Only letters and digits, lower-cased; positions lead to `text`."""
    parts: list[str] = []
    at: array[int] = array("I")
    for match in _KEPT.finditer(text):
        parts.append(lower(match[0]))
        at += array("I", range(*match.span()))
    at.append(len(text))
    return Mapped("".join(parts), at)


def lower(text: str) -> str:
    """Lower case without changing the length (some letters grow when lower-cased)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def join_lines(view: Mapped, glue: str) -> Mapped:
    """Lines of a hard-wrapped text put together again."""
    return view.sub(_LINE_END, glue)


_RN = re.compile(r"rn")
_DIGITS_IN_WORDS = re.compile(
    r"(?<=[A-Za-z])([015])(?=[A-Za-z.:_-])|(?<![\w.])([015])(?=[a-z]{2})|(?<=[a-z]{2})([015])\b"
)


def repair(view: Mapped) -> Mapped:
    """Digits inside words read as the letters that OCR takes them for; same length."""
    return Mapped(_DIGITS_IN_WORDS.sub(_letter, view.text), view.at)


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
    return Mapped(fold_text(view.text, pairs=False), view.at).sub(_PAIRS, _PAIR)


def fold_text(text: str, pairs: bool = True) -> str:
    """The same folding for the wording of a signature."""
    text = text.translate(_LOOKS_ALIKE)
    return _PAIRS.sub(lambda match: _PAIR[match[0]], text) if pairs else text
