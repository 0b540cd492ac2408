"""Thousands of patterns over one text: one pass names those that match, and only those are searched for their span."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import re2

from kb.lookup.rules import Signature
from kb.lookup.scan import BadPattern, Bytes, compile_pattern, options

SHARD = 2000  # patterns of one re2.Filter to begin with; how many it can compile depends on their words


class Filter:
    """Patterns of signatures. Raises BadPattern when one does not compile."""

    def __init__(self, rules: Sequence[tuple[Signature, str]]) -> None:
        parts = (rules[start : start + SHARD] for start in range(0, len(rules), SHARD))
        self._shards = [shard for part in parts for shard in _shards(part)]

    def matching(self, at: Bytes, perhaps: bool = False) -> Iterator[tuple[Signature, re2._Regexp[bytes]]]:
        """The signatures that match somewhere, each with its pattern, to be searched in `at.data`.

        `perhaps`: those whose literal parts are all there, which is quicker to tell and, of a phrase, as good.
        """
        for shard, signatures in self._shards if at.data else ():
            for index in shard.Match(at.data, perhaps) or ():
                yield signatures[index], shard.re(index)


def _shards(rules: Sequence[tuple[Signature, str]]) -> Iterator[tuple[re2.Filter, list[Signature]]]:
    """One filter, or two of half the patterns each where one is too much for RE2."""
    shard = re2.Filter()
    for _, pattern in rules:
        _add(shard, pattern)
    try:
        shard.Compile()
    except re2.error:
        if len(rules) == 1:
            raise BadPattern(f"RE2 has no room for it: {rules[0][1][:80]}") from None
        half = len(rules) // 2
        yield from _shards(rules[:half])
        yield from _shards(rules[half:])
    else:
        yield shard, [signature for signature, _ in rules]


def _add(shard: re2.Filter, pattern: str) -> None:
    try:
        shard.Add(pattern, options())
    except re2.error:
        compile_pattern(pattern)  # tells why
        raise
