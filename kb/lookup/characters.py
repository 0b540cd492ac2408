"""Characters that stand for others, and what they stand for."""

from __future__ import annotations

import re

# ！ to ～, as Chinese input methods type them, and the ASCII characters that they stand for.
FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


class Table:
    """Single characters and what stands for each. `any` is an expression for all of them, for `re` and RE2 alike."""

    def __init__(self, new: dict[str, str]) -> None:
        self._new = new
        self.any = f"[{''.join(new)}]"
        self._found = re.compile(self.any)

    def translate(self, text: str) -> str:
        return self._found.sub(lambda match: self._new[match[0]], text)
