"""Error codes and exception classes that one entry alone names, wherever they stand in a paste."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from kb.lookup.paste import Paste
from kb.lookup.rank import NAMED, Seen
from kb.lookup.rules import EntryRule
from kb.lookup.views import lower

_WORD = re.compile("[a-z][a-z0-9_]+")


class Names:
    """Every such name; a code of a single word is too common to stand for itself."""

    def __init__(self, entries: Iterable[EntryRule]) -> None:
        self._owners = _owners(list(entries))

    def find(self, paste: Paste) -> list[Seen]:
        """Each name at most once, where it stands first, in the order of the paste."""
        seen: dict[str, Seen] = {}
        for version in paste.versions:
            for name, start in self._names(version.plain.text):
                if name not in seen:
                    span = version.plain.span(start, start + len(name))
                    seen[name] = _seen(*self._owners[name], *span)
        return sorted(seen.values(), key=lambda name: name.start)

    def _names(self, text: str) -> Iterator[tuple[str, int]]:
        text = lower(text)
        for name in self._owners.keys() & set(_WORD.findall(text)):
            place = re.search(rf"\b{name}\b", text, re.ASCII)
            if place:
                yield name, place.start()


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
