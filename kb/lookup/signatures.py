"""The compiled patterns. Everything that comes from content runs on RE2, found through one filter per view."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import re2

from kb.lookup.clean import fold_text, lower
from kb.lookup.mapped import Mapped
from kb.lookup.rules import Signature

PLACEHOLDER = re.compile(r"\{(\w+)\}")
KINDS = {"n": r"[0-9]{1,20}", "model": r"[a-z0-9]{2,80}?", "id": r"[a-z0-9]{1,80}?", "any": r".{0,120}?"}
FOLDED_KINDS = KINDS | {"n": r"[0-9olszb]{1,20}"}
SHORT = 12  # squashed characters below which a folded phrase would match by chance


class BadSignature(ValueError):
    """A phrase or pattern that cannot be compiled; the text says why."""


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
        self._filter = _Filter([(s, phrase_pattern(s.phrase, folded)) for s in chosen])

    def find(self, view: Mapped, plain: str) -> Iterator[Hit]:
        """Hits that begin and end at a word boundary of `plain`, the text the view was squashed from."""
        for signature, pattern in self._filter.candidates(view.text):
            for match in pattern.finditer(view.text):
                if _at_boundaries(view, match.start(), match.end(), plain):
                    yield Hit(signature, match.start(), match.end())
                    break


class PatternBook:
    """Patterns over the plain view or over one message."""

    def __init__(self, signatures: Iterable[Signature]) -> None:
        self._filter = _Filter([(s, s.pattern) for s in signatures if s.pattern])

    def find(self, text: str) -> Iterator[Hit]:
        for signature, pattern in self._filter.candidates(text):
            match = pattern.search(text)
            if match and match.end() > match.start():
                model = match.group("model") if "model" in pattern.groupindex else None
                yield Hit(signature, match.start(), match.end(), model)


class _Filter:
    """re2.Filter finds the candidates in one pass; only those are then searched for their span."""

    def __init__(self, rules: list[tuple[Signature, str]]) -> None:
        self._rules = [(signature, compile_pattern(pattern)) for signature, pattern in rules]
        self._filter = re2.Filter()
        for _, pattern in rules:
            self._filter.Add(pattern, _options())
        if rules:
            self._filter.Compile()

    def candidates(self, text: str) -> Iterator[tuple[Signature, re2._Regexp[str]]]:
        if self._rules and text:
            for index in self._filter.Match(text) or ():
                yield self._rules[index]


def phrase_pattern(phrase: str, folded: bool = False) -> str:
    """The RE2 pattern of a phrase over the squashed (or folded) view."""
    parts = []
    for index, part in enumerate(PLACEHOLDER.split(_without_open_ends(phrase))):
        if index % 2 == 0:
            squashed = squash_phrase(part)
            parts.append(fold_text(squashed) if folded else squashed)
        elif part not in KINDS:
            raise BadSignature(f"there is no placeholder {{{part}}}")
        else:
            parts.append((FOLDED_KINDS if folded else KINDS)[part])
    if not any(len(part) > 2 for part in parts[::2]):
        raise BadSignature("the phrase has no words")
    return "".join(parts)


def _without_open_ends(phrase: str) -> str:
    """A lazy placeholder at either end would catch nothing but its least."""
    return re.sub(r"^\W*\{(?:model|id|any)\}|\{(?:model|id|any)\}\W*$", "", phrase)


def squash_phrase(text: str) -> str:
    return "".join(re.findall(r"[^\W_]+", lower(text)))


def compile_pattern(pattern: str) -> re2._Regexp[str]:
    try:
        return re2.compile(pattern, _options())
    except re2.error as error:
        raise BadSignature(f"not an RE2 pattern: {_reason(error)}") from None


def _options() -> re2.Options:
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.never_nl = False
    options.one_line = False
    options.posix_syntax = False
    options.max_mem = 64 << 20
    return options


def _reason(error: Exception) -> str:
    text = error.args[0] if error.args else error
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)


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
