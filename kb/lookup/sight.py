"""Finding wording in a paste: phrases and patterns in every view, the most faithful view first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from kb.lookup.facts import messages
from kb.lookup.mapped import Mapped
from kb.lookup.model_ids import ModelIds
from kb.lookup.paste import Paste
from kb.lookup.rank import Seen
from kb.lookup.rules import Signature
from kb.lookup.signatures import Hit, PatternBook, PhraseBook


class Wording:
    """All signatures, compiled. Raises BadSignature when one does not compile."""

    def __init__(self, signatures: Sequence[Signature], models: ModelIds) -> None:
        on_text = [signature for signature in signatures if signature.scope == "text"]
        self._phrases = PhraseBook(on_text)
        self._folded = PhraseBook(on_text, folded=True)
        self._patterns = PatternBook(on_text)
        self._on_messages = PatternBook(signature for signature in signatures if signature.scope == "message")
        self._models = models

    def find(self, paste: Paste, today: date) -> list[Seen]:
        """Each signature at most once; the OCR-tolerant views only when nothing decisive was seen in the others."""
        seen: dict[tuple[str, str], Seen] = {}
        self._add(seen, paste, self._phrase_hits(paste, paste.squashed, self._phrases))
        for view in paste.lines:
            self._add(seen, paste, self._line_hits(view, today))
        if not any(sight.strength == "decisive" for sight in seen.values()):
            self._add(seen, paste, self._phrase_hits(paste, paste.folded, self._folded), folded=True)
            for view in paste.repaired:
                self._add(seen, paste, self._line_hits(view, today), folded=True)
        return list(seen.values())

    def _phrase_hits(self, paste: Paste, view: Mapped, book: PhraseBook) -> Iterator[tuple[Hit, int, int]]:
        for hit in book.find(view, paste.plain.text):
            yield hit, *view.span(hit.start, hit.end)

    def _line_hits(self, view: Mapped, today: date) -> Iterator[tuple[Hit, int, int]]:
        for hit in self._patterns.find(view.text):
            if self._model_fits(hit, today):
                yield hit, *view.span(hit.start, hit.end)
        for message in messages(view.text):
            for hit in self._on_messages.find(message.text):
                if self._model_fits(hit, today):
                    yield hit, *view.span(message.start + hit.start, message.start + hit.end)

    def _model_fits(self, hit: Hit, today: date) -> bool:
        state = hit.signature.model_state
        return not state or (hit.model is not None and self._models.state(hit.model, today) == state)

    def _add(
        self,
        seen: dict[tuple[str, str], Seen],
        paste: Paste,
        hits: Iterator[tuple[Hit, int, int]],
        folded: bool = False,
    ) -> None:
        for hit, start, end in hits:
            key = (hit.signature.entry, hit.signature.slug)
            if key not in seen:
                sight = _sight(paste, hit, *paste.plain.span(start, end))
                seen[key] = replace(sight, folded=True) if folded else sight


def _sight(paste: Paste, hit: Hit, start: int, end: int) -> Seen:
    """`start` and `end` count in the redacted text."""
    rule = hit.signature
    return Seen(
        entry=rule.entry,
        strength=rule.strength,
        generic=rule.generic,
        folded=False,
        text=" ".join(paste.text[start:end].split())[:200],
        start=start,
        end=end,
        length=hit.end - hit.start,
    )
