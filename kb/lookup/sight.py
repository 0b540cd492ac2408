"""Finding wording in a paste: phrases and patterns in every view, the most faithful view first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

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


class Wording:
    """All signatures, compiled. Raises BadPattern when one does not compile."""

    def __init__(self, signatures: Sequence[Signature], models: ModelIds) -> None:
        on_text = [signature for signature in signatures if signature.scope == "text"]
        self._phrases = PhraseBook(on_text)
        self._folded = PhraseBook(on_text, folded=True)
        self._patterns = PatternBook(on_text)
        self._on_messages = PatternBook(signature for signature in signatures if signature.scope == "message")
        self._models = models

    def find(self, paste: Paste, today: date) -> list[Seen]:
        """Each signature at most once; the OCR-tolerant views only when nothing decisive was seen in the others."""
        seen: Sights = {}
        for version in paste.versions:
            self._read(seen, Place(paste, version), self._phrases, version.squashed, version.lines, today)
        if not any(sight.strength == "decisive" for sight in seen.values()):
            for version in paste.versions:
                place = Place(paste, version, folded=True)
                self._read(seen, place, self._folded, version.folded, version.repaired, today)
        return list(seen.values())

    def _read(
        self, seen: Sights, place: Place, book: PhraseBook, words: Mapped, lines: Sequence[Mapped], today: date
    ) -> None:
        for hit in book.find(words, place.version.plain.text):
            place.note(seen, words, hit)
        for view in lines:
            for hit in self._in_lines(place.version, view):
                if self._model_fits(hit, today):
                    place.note(seen, view, hit)

    def _in_lines(self, version: Version, view: Mapped) -> Iterator[Hit]:
        yield from self._patterns.find(view.text)
        reading = version.reading if view.text == version.plain.text else Reading(view.text)
        for message in {message.text: message for message in reading.messages}.values():
            for hit in self._on_messages.find(message.text):
                yield replace(hit, start=message.start + hit.start, end=message.start + hit.end)

    def _model_fits(self, hit: Hit, today: date) -> bool:
        state = hit.signature.model_state
        return not state or (hit.model is not None and self._models.state(hit.model, today) == state)
