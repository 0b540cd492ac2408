"""Any paste → plain text. Small steps, each undoing one way in which an error text is disfigured; composed once."""

from __future__ import annotations

import re

from kb.lookup.characters import FULL_WIDTH, Table
from kb.lookup.mapped import Mapped, named_by
from kb.lookup.steps import Steps
from kb.lookup.unwrap import unwrap

_ONE_TO_ONE = Table(
    FULL_WIDTH
    | dict.fromkeys("‘’‚‛′＇´", "'")
    | dict.fromkeys("“”„‟″「」『』", '"')
    | dict.fromkeys("‐‑‒–—―−－", "-")
    | dict.fromkeys("\u00a0\u2002\u2003\u2009\u200a\u202f\u3000\t\x00", " ")
    | {"。": ".", "、": ","}
)
# Each begins with a character or a class, by which `re` finds its places quickly.
_COLOUR = re.compile(r"\[[0-9]{1,3}(?:;[0-9]{1,3}){0,5}m(?!\])")
_TERMINAL = re.compile("\x1b(?:\\[[0-9;?]{0,20}[A-Za-z]|\\][^\x07\x1b]{0,200}(?:\x07|\x1b\\\\))")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x01-\x08\x0b-\x1f]")
# Chinese punctuation takes the place of a mark and a blank.
_MARKS = re.compile(r"：(?=[A-Za-z0-9\"'])|，(?=[A-Za-z0-9\"'])|。(?=[A-Za-z])|(?<=[a-z])（(?=[A-Za-z]{2})")
_BLANKED = {"：": ": ", "，": ", ", "。": ". ", "（": " ("}
_BYTES = re.compile(r"(?:\\{1,4}x[0-9a-fA-F]{2}){2,}")
_ESCAPE = re.compile(r"\\(?<!\\\\)\\*(u[0-9a-fA-F]{4}|[nrt\"'/`_*])")
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
_BULLET = "[│┃┆|>#*⎿⏺●•·✻✗✘└├╰─❯»]"
_MARGIN = r"^[ \t]{0,200}(?:(?:%s|//(?=\s)|\d{1,6} [+-](?=[^\d\s]))%s){1,6}"
_LEFT = re.compile(_MARGIN % (_BULLET, r"[ \t]{0,40}"), re.MULTILINE)
_LEFT_OF_TEXT = re.compile(_MARGIN % (_BULLET, " ?"), re.MULTILINE)  # leaves the indent of what is inside
_RIGHT = re.compile(r"(?<![ \t])[ \t]{0,200}(?:[│┃║]|(?<=[ \t])\|)[ \t]{0,40}$", re.MULTILINE)
_CJK = "[\u3400-\u9fff\uf900-\ufaff]"
_SPACED_CJK = re.compile(rf" (?<={_CJK} ) {{0,2}}(?={_CJK})")


def plain(text: str) -> Mapped:
    """Escapes, entities, ANSI codes, invisible characters, typographic forms and line margins undone."""
    return _BARE(_LITERAL(_VISIBLE(Mapped.of(text))))


def plain_and_unwrapped(text: str) -> tuple[Mapped, Mapped | None]:
    """The plain text; and, if a terminal cut lines, with those joined, before escapes are undone and after."""
    shown = _VISIBLE(Mapped.of(text))
    literal = _LITERAL(shown)
    outer = unwrap(shown, _UNFRAMED)
    joined = literal if outer is shown else _LITERAL(outer)
    escaped = joined.text.count("\n") > outer.text.count("\n")
    inner = unwrap(joined, _UNFRAMED, embedded=True) if escaped else joined
    return _BARE(literal), None if inner is literal else _BARE(inner)


def _bytes(match: re.Match[str]) -> str:
    """UTF-8 that Python printed byte by byte."""
    return bytes.fromhex(re.sub(r"\\+x", "", match[0])).decode("utf-8", "replace")


_LEFT_HINT, _RIGHT_HINT = rf"(?m)^[ \t]*(?:{_BULLET}|//|[0-9]+ [+-])", r"(?m)[│┃║]|[ \t]\|[ \t]*$"
_VISIBLE = Steps(
    (r"\[[0-9;]+m", lambda view: view.sub(_COLOUR)),
    (r"\x1b", lambda view: view.sub(_TERMINAL)),
    (
        r"[\x{ad}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{2064}\x{feff}\x01-\x08\x0b-\x1f]",
        lambda view: view.sub(_INVISIBLE),
    ),
)
_LITERAL = Steps(
    (
        "：[A-Za-z0-9\"']|，[A-Za-z0-9\"']|。[A-Za-z]|[a-z]（[A-Za-z]",
        lambda view: view.sub(_MARKS, lambda match: _BLANKED[match[0]]),
    ),
    (_ONE_TO_ONE.any, lambda view: view.translate(_ONE_TO_ONE)),
    (r"\\x", lambda view: view.sub(_BYTES, _bytes).translate(_ONE_TO_ONE)),
    ("&", lambda view: view.sub(_ENTITY, named_by(_ENTITIES))),
    (r"\\", lambda view: view.sub(_ESCAPE, named_by(_ESCAPED))),
    ("&", lambda view: view.sub(_ENTITY, named_by(_ENTITIES))),
    ("(?i)<br", lambda view: view.sub(_BREAK_TAG, "\n")),
)
_BARE = Steps(
    (_LEFT_HINT, lambda view: view.sub(_LEFT)),
    (_RIGHT_HINT, lambda view: view.sub(_RIGHT)),
    (rf"{_CJK} {{1,3}}{_CJK}", lambda view: view.sub(_SPACED_CJK)),
)
_UNFRAMED = Steps(
    (_LEFT_HINT, lambda view: view.sub(_LEFT_OF_TEXT)),
    (_RIGHT_HINT, lambda view: view.sub(_RIGHT)),
)
