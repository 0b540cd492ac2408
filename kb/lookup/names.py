"""Error codes and exception classes that one entry alone names, wherever they stand in a paste."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from kb.lookup.paste import Paste
from kb.lookup.rank import NAMED, Seen
from kb.lookup.rules import EntryRule
from kb.lookup.scan import Bytes, compile_pattern

MOST = 60  # names read from one view of a paste


class Names:
    """Every such name in one RE2 alternation; a code of a single word is too common to stand for itself."""

    def __init__(self, entries: Iterable[EntryRule]) -> None:
        self._owners = _owners(list(entries))
        self._pattern = compile_pattern(rf"\b(?:{'|'.join(map(re.escape, self._owners))})\b")

    def find(self, paste: Paste) -> list[Seen]:
        """Each name at most once, at its first place, in the order of the paste."""
        seen: dict[str, Seen] = {}
        for name, start, end in self._places(paste):
            if name not in seen:
                seen[name] = _seen(*self._owners[name], start, end)
        return list(seen.values())

    def _places(self, paste: Paste) -> Iterator[tuple[str, int, int]]:
        for version in paste.versions if self._owners else ():
            for view in version.lines:
                at = Bytes(view.text)
                for match in islice(self._pattern.finditer(at.data), MOST):
                    start, end = at.character(match.start()), at.character(match.end())
                    yield view.text[start:end].lower(), *version.plain.span(*view.span(start, end))


def _owners(entries: list[EntryRule]) -> dict[str, tuple[str, str, str]]:
    """Lower-cased name → (name, entry, kind of evidence)."""
    shared = Counter(name for entry in entries for name in set(entry.exceptions))
    owners = {}
    for entry in entries:
        for name in entry.named_exceptions:
            if shared[name] == 1:
                owners[name.lower()] = (name, entry.code, "exception")
        for code in entry.error_codes:
            if "_" in code:
                owners[code.lower()] = (code, entry.code, "error_code")
    return owners


def _seen(name: str, entry: str, kind: str, start: int, end: int) -> Seen:
    """`start` and `end` count in the redacted text."""
    return Seen(entry, NAMED[kind], True, False, name, start, end, len(name), kind)
