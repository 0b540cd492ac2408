"""Fixed expressions on RE2: one pass of a set tells which of many can match at all, and only those are searched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

import re2

MEMORY = 32 << 20  # bytes that one compiled set may keep of what it has worked out


class BadPattern(ValueError):
    """A phrase or pattern that cannot be compiled; the text says why."""


def options(case_sensitive: bool = False) -> re2.Options:
    """Options of every RE2 expression: UTF-8, Perl's classes, nothing written to stderr."""
    chosen = re2.Options()
    chosen.case_sensitive = case_sensitive
    chosen.log_errors = False
    chosen.max_mem = MEMORY
    return chosen


def compile_pattern(pattern: str, case_sensitive: bool = False) -> re2._Regexp[str]:
    """An expression on RE2. Raises BadPattern."""
    try:
        return re2.compile(pattern, options(case_sensitive))
    except re2.error as error:
        raise BadPattern(f"not an RE2 pattern: {_reason(error)}") from None


def _reason(error: Exception) -> str:
    text = error.args[0] if error.args else error
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)


class Scan:
    """Expressions by name. Raises BadPattern when one does not compile."""

    def __init__(self, patterns: Mapping[str, str], case_sensitive: bool = False) -> None:
        self.expressions = {name: compile_pattern(pattern, case_sensitive) for name, pattern in patterns.items()}
        self._names = list(patterns)
        self._set = re2.Set.SearchSet(options(case_sensitive))
        for pattern in patterns.values():
            self._set.Add(pattern)
        self._set.Compile()

    def names(self, text: str) -> set[str]:
        """Which expressions match somewhere in the text."""
        return self.names_in(encode(text))

    def names_in(self, data: bytes) -> set[str]:
        return {self._names[index] for index in self._set.Match(data) or ()}

    def places(self, name: str, text: str) -> Iterator[int]:
        """Every character from which an expression may match, each the first after the one before."""
        expression, at = self.expressions[name], Bytes(text)
        byte = 0
        while match := expression.search(at.data, byte):
            yield at.character(match.start())
            byte = match.start() + 1
            while byte < len(at.data) and at.data[byte] & 0xC0 == 0x80:
                byte += 1

    def read(self, text: str) -> Matches:
        return Matches(self, text)


class Matches:
    """One text, and the matches of a scan's expressions in it."""

    def __init__(self, scan: Scan, text: str) -> None:
        self.text = text
        self._scan = scan
        self._bytes = Bytes(text)
        self._names = scan.names_in(self._bytes.data)

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def all(self, name: str, most: int | None = None) -> Iterator[str]:
        """What the expression caught, in order, `most` times at most."""
        for start, end in self._caught(name, most):
            yield self._bytes.data[start:end].decode()

    def first(self, name: str) -> str | None:
        return next(self.all(name), None)

    def spans(self, name: str, most: int | None = None) -> Iterator[tuple[int, int]]:
        """Where that stands, in characters."""
        for start, end in self._caught(name, most):
            yield self._bytes.character(start), self._bytes.character(end)

    def _caught(self, name: str, most: int | None) -> Iterator[tuple[int, int]]:
        """The bytes of the first group that took part; of the whole match where none did."""
        if name in self._names:
            for match in islice(self._scan.expressions[name].finditer(self._bytes.data), most):
                yield next((span for span in match._spans[1:] if span[0] >= 0), match._spans[0])


class Bytes:
    """A text in UTF-8, and the way back from bytes to characters, quick when asked in ascending order."""

    def __init__(self, text: str) -> None:
        self.data = encode(text)
        self._plain = len(self.data) == len(text)
        self._byte = self._character = 0

    def character(self, byte: int) -> int:
        if self._plain:
            return byte
        if byte < self._byte:
            self._byte = self._character = 0
        self._character += len(self.data[self._byte : byte].decode())
        self._byte = byte
        return self._character


def encode(text: str) -> bytes:
    return text.encode("utf-8", "replace")
