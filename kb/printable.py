"""Text from outside, made fit for a terminal: nothing in it acts, all of it is seen."""

from __future__ import annotations

import re

# C0 but tab and newline, DEL and C1 (a terminal acts on them), line separators, and what turns the writing direction.
_ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def printable(text: str) -> str:
    r"""Each such character as its escape, `\u001b`; inside a JSON string that is still the same character."""
    return _ACTS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
