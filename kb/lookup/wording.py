"""One signature against one sample, for those who write signatures."""

from __future__ import annotations

from kb.lookup.clean import plain
from kb.lookup.facts import Reading
from kb.lookup.rules import Signature
from kb.lookup.signatures import PatternBook, PhraseBook
from kb.lookup.views import squash


def matches_sample(signature: Signature, sample: str) -> bool:
    """Whether the signature is seen in the sample (its model_state is not asked)."""
    text = plain(sample).text
    if signature.phrase:
        return any(PhraseBook([signature]).find(squash(text), text))
    book = PatternBook([signature])
    parts = [message.text for message in Reading(text).messages] if signature.scope == "message" else [text]
    return any(True for part in parts for _ in book.find(part))
