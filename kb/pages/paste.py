"""A paste as it comes from a form: trimmed to what the lookup takes, and marked where evidence stands."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from kb.lookup.result import Result

GAP = "\n…\n"


@dataclass(frozen=True)
class Part:
    """A piece of the redacted paste; `kind` names the evidence it is, empty for the rest."""

    text: str
    kind: str = ""


def trim(text: str) -> tuple[str, bool]:
    """Head and tail of a text over the limit (bytes of UTF-8), and whether it was cut."""
    data = text.encode("utf-8", "replace")
    limit = settings.LOOKUP_BYTES
    if len(data) <= limit:
        return text, False
    half = (limit - len(GAP.encode())) // 2
    head, tail = data[:half].decode("utf-8", "ignore"), data[-half:].decode("utf-8", "ignore")
    return head + GAP + tail, True


def marked(result: Result) -> list[Part]:
    """The redacted paste in pieces, evidence of the first match marked."""
    spans = sorted(
        (e.start, e.end, e.kind)
        for match in result.matches[:1]
        for e in match.evidence
        if e.start is not None and e.end is not None
    )
    parts, done = [], 0
    for start, end, kind in spans:
        if start >= done:
            parts += [Part(result.text[done:start]), Part(result.text[start:end], kind)]
            done = end
    return [part for part in [*parts, Part(result.text[done:])] if part.text]
