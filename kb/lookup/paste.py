"""One paste in all the views that the lookup reads. Redacted twice before any view leaves here."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from kb.lookup.clean import fold, join_lines, plain, read_rn_as_m, repair, squash
from kb.lookup.mapped import Mapped
from kb.lookup.redact import Secret, cut, find, summary
from kb.lookup.result import Redaction

_UNSAFE = re.compile("[\ud800-\udfff\x00]")


@dataclass(frozen=True)
class Paste:
    """`text` is redacted; `plain` leads to it; every other view leads to `plain`."""

    text: str
    redactions: tuple[Redaction, ...]
    plain: Mapped

    @cached_property
    def squashed(self) -> Mapped:
        return squash(self.plain.text)

    @cached_property
    def folded(self) -> Mapped:
        """Squashed, with characters that OCR confuses folded together."""
        return fold(self.squashed)

    @cached_property
    def lines(self) -> tuple[Mapped, ...]:
        """The plain text as it is, with its lines joined by a space, and joined as if cut inside words."""
        as_it_is = Mapped.of(self.plain.text)
        if "\n" not in as_it_is.text.strip():
            return (as_it_is,)
        return as_it_is, join_lines(as_it_is, " "), join_lines(as_it_is, "")

    @cached_property
    def repaired(self) -> tuple[Mapped, ...]:
        """The same with characters that OCR mistakes read as the letters they resemble."""
        views = [repair(view) for view in self.lines]
        views += [read_rn_as_m(view) for view in views if "rn" in view.text]
        return tuple(view for view in views if view.text != self.lines[0].text)


def read_paste(text: str) -> Paste:
    """Redacted on the raw text and again after cleaning; only what passed both goes on."""
    text = _UNSAFE.sub("\ufffd", text)
    secrets = find(text)
    redacted = cut(text, secrets)
    view = plain(redacted)
    again = [_at_source(view, secret) for secret in find(view.text)]
    if again:
        redacted = cut(redacted, again)
        view = plain(redacted)
    return Paste(redacted, summary([*secrets, *again]), view)


def _at_source(view: Mapped, secret: Secret) -> Secret:
    start, end = view.span(secret.start, secret.end)
    return replace(secret, start=start, end=end)
