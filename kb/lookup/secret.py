"""A secret found in a text: its mark in place of it, what is told of several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kb.lookup.result import Redaction


@dataclass(frozen=True)
class Secret:
    """A key found at `[start, end)` of the source."""

    start: int
    end: int
    kind: str
    live: bool
    line_break: bool


def cut(text: str, secrets: Sequence[Secret]) -> str:
    """The text with these secrets replaced by their marks."""
    ends = [0, *(secret.end for secret in secrets)]
    parts = [f"{text[end : s.start]}[redacted:{s.kind}]" for end, s in zip(ends, secrets, strict=False)]
    return "".join(parts) + text[ends[-1] :]


def summary(secrets: Sequence[Secret]) -> tuple[Redaction, ...]:
    """The secrets counted by kind, in order of appearance."""
    groups = [[s for s in secrets if s.kind == kind] for kind in dict.fromkeys(s.kind for s in secrets)]
    return tuple(Redaction(g[0].kind, len(g), any(s.live for s in g), any(s.line_break for s in g)) for g in groups)


def merged(secrets: Iterable[Secret]) -> list[Secret]:
    """In order; two that overlap become one that covers both and keeps the kind of the first."""
    kept: list[Secret] = []
    for secret in sorted(secrets, key=lambda s: s.start):
        if kept and secret.start < kept[-1].end:
            last = max(first := kept.pop(), secret, key=lambda s: s.end)
            secret = replace(first, end=last.end, live=first.live or secret.live, line_break=last.line_break)
        kept.append(secret)
    return kept
