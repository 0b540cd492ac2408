"""Finding wording in a paste: phrases and patterns in every view, the most faithful view first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from kb.lookup.facts import Reading
from kb.lookup.mapped import Mapped
from kb.lookup.model_ids import ModelIds
from kb.lookup.paste import Paste, Version
from kb.lookup.rank import Seen
from kb.lookup.rules import Signature
from kb.lookup.signatures import Hit, PatternBook, PhraseBook

Sights = dict[tuple[str, str], Seen]  # by entry and slug of the signature


@dataclass(frozen=True)
class Place:
    """Where hits are looked for: a version of a paste, `folded` when in its OCR-tolerant views."""

    paste: Paste
    version: Version
    folded: bool = False

    def note(self, seen: Sights, view: Mapped, hit: Hit) -> None:
        """Remember a hit, unless its signature was seen before. Its span counts in the redacted text."""
        rule = hit.signature
        if (rule.entry, rule.slug) in seen:
            return
        start, end = self.version.plain.span(*view.span(hit.start, hit.end))
        seen[rule.entry, rule.slug] = Seen(
            entry=rule.entry,
            strength=rule.strength,
            generic=rule.generic,
            folded=self.folded,
            text=" ".join(self.paste.text[start:end].split())[:200],
            start=start,
            end=end,
            length=hit.end - hit.start,
        )


Found = tuple[Place, Mapped, Hit]


class Wording:
    """All signatures, compiled. Raises BadPattern when one does not compile."""

    def __init__(self, signatures: Sequence[Signature], models: ModelIds) -> None:
        on_text = [signature for signature in signatures if signature.scope == "text"]
        self._phrases = PhraseBook(on_text)
        self._folded = PhraseBook(on_text, folded=True)
        self._patterns = PatternBook(on_text)
        self._on_messages = PatternBook(signature for signature in signatures if signature.scope == "message")
        self._models = models
        # Each way of looking, and what is enough not to go on to the next, less faithful one.
        self._rounds = (
            (self._as_printed, ("decisive",)),
            (self._joined, ("decisive", "strong")),
            (self._misread, ()),
        )

    def find(self, paste: Paste, today: date) -> list[Seen]:
        """Each signature at most once. Raises ManyErrors."""
        seen: Sights = {}
        for look, enough in self._rounds:
            for version in paste.versions:
                for place, view, hit in look(paste, version):
                    if self._model_fits(hit, today):
                        place.note(seen, view, hit)
            if any(sight.strength in enough for sight in seen.values()):
                break
        return list(seen.values())

    def _as_printed(self, paste: Paste, version: Version) -> Iterator[Found]:
        place = Place(paste, version)
        yield from self._in_words(place, self._phrases, version.squashed)
        yield from self._in_lines(place, [version.printed])

    def _joined(self, paste: Paste, version: Version) -> Iterator[Found]:
        """With all lines joined, as if each had been cut."""
        yield from self._in_lines(Place(paste, version), version.joined)

    def _misread(self, paste: Paste, version: Version) -> Iterator[Found]:
        """With the characters that OCR confuses taken for each other."""
        place = Place(paste, version, folded=True)
        yield from self._in_words(place, self._folded, version.folded)
        yield from self._in_lines(place, version.repaired[:1])
        for view in version.repaired[1:]:
            for hit in self._patterns.find(view.text):
                yield place, view, hit

    def _in_words(self, place: Place, book: PhraseBook, words: Mapped) -> Iterator[Found]:
        for hit in book.find(words, place.version.plain.text):
            yield place, words, hit

    def _in_lines(self, place: Place, views: Sequence[Mapped]) -> Iterator[Found]:
        for view in views:
            for hit in chain(self._patterns.find(view.text), self._in_messages(place.version, view)):
                yield place, view, hit

    def _in_messages(self, version: Version, view: Mapped) -> Iterator[Hit]:
        reading = version.reading if view.text == version.plain.text else Reading(view.text)
        messages = {message.text: message for message in reading.messages}
        if not self._on_messages.perhaps("\n".join(messages)):
            return
        for message in messages.values():
            for hit in self._on_messages.find(message.text):
                yield replace(hit, start=message.start + hit.start, end=message.start + hit.end)

    def _model_fits(self, hit: Hit, today: date) -> bool:
        state = hit.signature.model_state
        return not state or (hit.model is not None and self._models.state(hit.model, today) == state)
