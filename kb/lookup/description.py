"""A short description in a reader's own words → matches by search, when neither wording nor a status answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from kb.lookup.paste import Paste
from kb.lookup.rank import Clues, confidence
from kb.lookup.result import Evidence, Facts, Match
from kb.lookup.rules import EntryRule
from kb.lookup.search import Hit, Query, Search

LONGEST, MOST_LINES = 200, 3  # characters and lines of a description
FITS = 0.62  # the least fit that is answered
FITS_ALONE = 0.78  # the same when nothing says that it is about Claude
NEAR = 0.85  # of the best fit, below which a further entry is not worth showing
CLEAR, AHEAD = 0.90, 0.10  # fit, and lead over the next, of an answer that is likely
POSSIBLE, LIKELY = 0.60, 0.75  # score of a full fit
_MACHINE = re.compile(r"[{}<>=;|\\$@]|://|\w\(|[a-z][A-Z]\w*Error\b|\b(?:error|exception) ?:", re.IGNORECASE)


def read_description(search: Search, paste: Paste, found: Facts, clues: Clues) -> Query | None:
    """What a description asks for; None when the paste is something else."""
    return search.query(paste.plain.text, found.client) if _is_description(paste, found, clues) else None


def described(
    search: Search, query: Query, paste: Paste, clues: Clues, rules: Mapping[str, EntryRule]
) -> tuple[Match, ...]:
    """Matches of the description that a paste is, best first."""
    named = clues.context == "claude" or query.client is not None
    if not _tells(query, clues, named):
        return ()
    hits = [hit for hit in search.find(query, limit=20) if _has_status(rules.get(hit.code), clues)]
    least = FITS if named else FITS_ALONE
    near = [hit for hit in hits if hit.fit >= max(least, hits[0].fit * NEAR)]
    clear = named and len(near) > 0 and near[0].fit >= CLEAR and _lead(hits) >= AHEAD
    return tuple(_match(paste, hit, LIKELY if clear and hit is near[0] else POSSIBLE) for hit in near)


def _is_description(paste: Paste, found: Facts, clues: Clues) -> bool:
    """Whether a paste is a few plain words, with nothing in it that a machine printed."""
    text = paste.plain.text.strip()
    if len(text) > LONGEST or text.count("\n") >= MOST_LINES or clues.context in ("other", "host"):
        return False
    read = replace(found, status=None, model=None, client=None)
    return not any(vars(read).values()) and not _MACHINE.search(text)


def _tells(query: Query, clues: Clues, named: bool) -> bool:
    """Whether it says that something is wrong, and what: more than a status, and more than a word about anything."""
    wrong = clues.statuses or query.kinds & {"trouble", "alarm"}
    return bool(wrong) and query.words >= (1 if named else 2) and (named or "elsewhere" not in query.kinds)


def _has_status(rule: EntryRule | None, clues: Clues) -> bool:
    return rule is not None and (not clues.statuses or bool(set(clues.statuses) & set(rule.statuses)))


def _lead(hits: list[Hit]) -> float:
    return hits[0].fit - (hits[1].fit if len(hits) > 1 else 0.0)


def _match(paste: Paste, hit: Hit, full: float) -> Match:
    score = round(hit.fit * full, 3)
    spans = [paste.plain.span(term.start, term.end) for term in hit.terms if term.end]
    share = round(score / max(1, len(spans)), 3)
    evidence = tuple(Evidence("search", paste.text[start:end], share, start, end) for start, end in sorted(spans))
    return Match(hit.code, score, confidence(score), evidence)
