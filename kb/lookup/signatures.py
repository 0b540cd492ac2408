"""The compiled patterns. Everything that comes from content runs on RE2, found through one filter per view."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from kb.lookup.filters import Filter
from kb.lookup.mapped import Mapped
from kb.lookup.rules import Signature
from kb.lookup.scan import BadPattern, Bytes, encode
from kb.lookup.views import fold_text, lower

MODEL = "(?P<model>"
PLACEHOLDER = re.compile(r"\{(\w+)\}")
KINDS = {"n": r"[0-9]{1,20}", "model": r"[a-z0-9]{2,80}?", "id": r"[a-z0-9]{1,80}?", "any": r".{0,120}?"}
FOLDED_KINDS = KINDS | {"n": r"[0-9olszb]{1,20}"}
MOST_ERRORS = 60  # wordings in one text; one error shows ten at most
MOST = 100  # places of one phrase that are tried
SHORT = 12  # squashed characters below which a folded phrase would match by chance


class ManyErrors(Exception):
    """So many different wordings stand in one text that it is a list of errors, not one of them."""


@dataclass(frozen=True)
class Hit:
    """A signature seen at `[start, end)` of the view; `model` is what its group of that name caught."""

    signature: Signature
    start: int
    end: int
    model: str | None = None


class PhraseBook:
    """Phrases over the squashed view (or, `folded`, over the OCR-tolerant one)."""

    def __init__(self, signatures: Iterable[Signature], folded: bool = False) -> None:
        chosen = [s for s in signatures if s.phrase and not (folded and len(squash_phrase(s.phrase)) < SHORT)]
        patterns = [(s, phrase_pattern(s.phrase, folded)) for s in chosen]
        self._filter = Filter(patterns)
        self._literals = {(s.entry, s.slug): encode(pattern) for s, pattern in patterns if pattern.isalnum()}

    def find(self, view: Mapped, plain: str) -> Iterator[Hit]:
        """Hits that begin and end at a word boundary of `plain`, the text the view was squashed from.

        Raises ManyErrors.
        """
        at = Bytes(view.text)
        candidates = list(self._filter.matching(at, perhaps=True))
        if len(candidates) > MOST_ERRORS:
            raise ManyErrors
        for signature, pattern in candidates:
            literal = self._literals.get((signature.entry, signature.slug))
            spans = _places(at.data, literal) if literal else (match.span() for match in pattern.finditer(at.data))
            for first, last in islice(spans, MOST):
                start, end = at.character(first), at.character(last)
                if _at_boundaries(view, start, end, plain):
                    yield Hit(signature, start, end)
                    break


def _places(data: bytes, literal: bytes) -> Iterator[tuple[int, int]]:
    """What RE2 would find of a phrase without placeholders, without the memory that it keeps for each expression."""
    at = data.find(literal)
    while at >= 0:
        yield at, at + len(literal)
        at = data.find(literal, at + len(literal))


class PatternBook:
    """Patterns over the plain view or over one message."""

    def __init__(self, signatures: Iterable[Signature]) -> None:
        self._filter = Filter([(s, s.pattern) for s in signatures if s.pattern])

    def perhaps(self, text: str) -> bool:
        """Whether the literal parts of any pattern are there."""
        return any(True for _ in self._filter.matching(Bytes(text), perhaps=True))

    def find(self, text: str) -> Iterator[Hit]:
        at = Bytes(text)
        for signature, pattern in self._filter.matching(at):
            match = pattern.search(at.data)
            if match and match.end() > match.start():
                model = match["model"] if MODEL in signature.pattern else None
                start, end = at.character(match.start()), at.character(match.end())
                yield Hit(signature, start, end, model.decode() if model else None)


def phrase_pattern(phrase: str, folded: bool = False) -> str:
    """The RE2 pattern of a phrase over the squashed (or folded) view."""
    parts = []
    for index, part in enumerate(PLACEHOLDER.split(_without_open_ends(phrase))):
        if index % 2 == 0:
            squashed = squash_phrase(part)
            parts.append(fold_text(squashed) if folded else squashed)
        elif part not in KINDS:
            raise BadPattern(f"there is no placeholder {{{part}}}")
        else:
            parts.append((FOLDED_KINDS if folded else KINDS)[part])
    if not any(len(part) > 2 for part in parts[::2]):
        raise BadPattern("the phrase has no words")
    return "".join(parts)


def _without_open_ends(phrase: str) -> str:
    """A lazy placeholder at either end would catch nothing but its least."""
    return re.sub(r"^\W*\{(?:model|id|any)\}|\{(?:model|id|any)\}\W*$", "", phrase)


def squash_phrase(text: str) -> str:
    return "".join(re.findall(r"[^\W_]+", lower(text)))


def _at_boundaries(view: Mapped, start: int, end: int, plain: str) -> bool:
    """True when no letter or digit of the source touches the match (Chinese has no word boundaries)."""
    source_start, source_end = view.span(start, end)
    return not (_joined(plain, source_start - 1) or _joined(plain, source_end - 1))


def _joined(text: str, index: int) -> bool:
    """Whether the characters at `index` and after it stand in one word; `loginError` is two."""
    pair = text[max(index, 0) : index + 2]
    if len(pair) < 2 or index < 0 or not (pair.isascii() and pair.isalnum()):
        return False
    return not (pair[0].islower() and pair[1].isupper())
