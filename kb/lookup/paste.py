"""One paste in all the views that the lookup reads. Redacted on the raw text and on every cleaned one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from kb.lookup.clean import plain, plain_and_unwrapped
from kb.lookup.facts import Reading
from kb.lookup.mapped import Mapped
from kb.lookup.redact import find
from kb.lookup.result import Redaction
from kb.lookup.secret import Secret, cut, merged, summary
from kb.lookup.views import fold, join_lines, read_rn_as_m, repair, squash

LONG = 16_000  # characters; several screens
SCREEN = 6000  # characters; nobody reads more out of a screenshot
_UNSAFE = re.compile("[\ud800-\udfff\x00]")


@dataclass(frozen=True)
class Version:
    """The paste cleaned in one way. `plain` leads to the redacted text, every other view to `plain`."""

    plain: Mapped
    joints: tuple[str, ...]

    @cached_property
    def reading(self) -> Reading:
        return Reading(self.plain.text)

    @cached_property
    def squashed(self) -> Mapped:
        return squash(self.plain.text)

    @cached_property
    def folded(self) -> Mapped:
        """Squashed, with characters that OCR confuses folded together."""
        return fold(self.squashed)

    @cached_property
    def printed(self) -> Mapped:
        """The plain text as it is."""
        return Mapped.of(self.plain.text)

    @cached_property
    def joined(self) -> tuple[Mapped, ...]:
        """With all its lines joined, in each of the ways of `joints`."""
        return self._joined(self.printed)

    @cached_property
    def repaired(self) -> tuple[Mapped, ...]:
        """All these with characters that OCR mistakes read as the letters they resemble; none of a long text."""
        if len(self.plain.text) > SCREEN:
            return ()
        letters = repair(self.printed)
        found = {view.text: view for view in (letters, read_rn_as_m(letters)) if view.text != self.plain.text}
        return tuple(again for view in found.values() for again in (view, *self._joined(view)))

    def _joined(self, view: Mapped) -> tuple[Mapped, ...]:
        if "\n" not in view.text.strip():
            return ()
        return tuple(join_lines(view, joint) for joint in self.joints)


@dataclass(frozen=True)
class Paste:
    """`text` is redacted. `versions`: as it stands, and where a terminal cut its lines, with those lines joined."""

    text: str
    redactions: tuple[Redaction, ...]
    versions: tuple[Version, ...]

    @property
    def plain(self) -> Mapped:
        return self.versions[0].plain


def read_paste(text: str) -> Paste:
    """Only what passed the redaction in every version goes on."""
    text = _safe(text)
    secrets = find(text)
    redacted = cut(text, secrets) if secrets else text
    versions = tuple(_versions(redacted))
    again = [_at_source(v.plain, secret) for v in versions if v.plain.text != text for secret in find(v.plain.text)]
    if again:
        again = merged(again)
        redacted = cut(redacted, again)
        versions = tuple(_versions(redacted))
    return Paste(redacted, summary([*secrets, *again]), versions)


def _versions(text: str) -> Iterator[Version]:
    """As it stands, all lines also joined by a blank and, as if cut inside words, by nothing; and unwrapped.

    A long text is only read as it stands: it is a log, and what a wrap breaks there is found in other lines.
    """
    if len(text) > LONG:
        yield Version(plain(text), ())
        return
    as_it_stands, joined = plain_and_unwrapped(text)
    yield Version(as_it_stands, (" ", ""))
    if joined:
        yield Version(joined, (" ",))


def _safe(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return _UNSAFE.sub("\ufffd", text)
    return text.replace("\0", "\ufffd")


def _at_source(view: Mapped, secret: Secret) -> Secret:
    start, end = view.span(secret.start, secret.end)
    return replace(secret, start=start, end=end)
