"""Thousands of patterns over one text: one pass names those that match, and only those are searched for their span."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import re2

from kb.lookup.rules import Signature
from kb.lookup.scan import Bytes, compile_pattern, options

SHARD = 1000  # patterns of one re2.Filter; somewhere between 1,500 and 2,000 it no longer compiles


class Filter:
    """Patterns of signatures. Raises BadPattern when one does not compile."""

    def __init__(self, rules: Sequence[tuple[Signature, str]]) -> None:
        parts = [rules[start : start + SHARD] for start in range(0, len(rules), SHARD)]
        self._shards = [
            (_shard([pattern for _, pattern in part]), [signature for signature, _ in part]) for part in parts
        ]

    def matching(self, at: Bytes) -> Iterator[tuple[Signature, re2._Regexp[bytes]]]:
        """The signatures that match somewhere, each with its pattern, to be searched in `at.data`."""
        for shard, signatures in self._shards if at.data else ():
            for index in shard.Match(at.data) or ():
                yield signatures[index], shard.re(index)


def _shard(patterns: Sequence[str]) -> re2.Filter:
    shard = re2.Filter()
    for pattern in patterns:
        compile_pattern(pattern)
        shard.Add(pattern, options())
    shard.Compile()
    return shard
