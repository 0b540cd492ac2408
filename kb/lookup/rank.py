"""Evidence → ranked matches, or none. Every number of the ranking stands here; docs/matching.md explains them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import prod

from kb.lookup.result import Evidence, Factor, Match, RuledOut
from kb.lookup.rules import EntryRule

WORDING = {"decisive": 0.90, "strong": 0.72, "hint": 0.30}  # a signature seen, by its strength
ERROR_CODE = 0.90  # error.details.error_code names the entry
NAMED = {"error_code": "decisive", "exception": "strong"}  # named by one entry alone, anywhere: as generic wording
MORE_WORDING = 0.20  # each further signature of the same entry
TYPE, EXCEPTION, STATUS = 0.15, 0.12, 0.12  # support: never a match on their own
CLIENT = 0.0  # shown, because the fix depends on it; it speaks for no entry
OCR = 0.92  # factor: seen only after folding characters that OCR confuses
OTHER_STATUS = 0.75  # factor: the paste states a status that the entry never has
OTHER_SPEAKER = 0.50  # factor: "<product> API error", and nothing in the paste speaks of Claude
OTHER_CODE = 0.50  # factor: only hints speak for the entry, and an error code names something else
NO_CONTEXT = 0.92  # factor: generic wording, and nothing says which service it was
AMONG_OTHERS = 0.50  # factor: a code or class among other words, and nothing says which service it was
MOSTLY = 0.6  # share of a paste from which a code or class is all that it says
OTHER_HOST = 0.50  # factor: generic wording beside a host that is not known to serve Claude
SURE, FAIR, LEAST = 0.88, 0.65, 0.28  # certain, likely, possible
STATUS_ALONE = 0.70  # the only entry of the only thing known, a status


@dataclass(frozen=True)
class Seen:
    """A signature or a name found in the paste; `length` is the squashed length of what it matched."""

    entry: str
    strength: str
    generic: bool
    folded: bool
    text: str
    start: int
    end: int
    length: int
    kind: str = "message"


@dataclass(frozen=True)
class Clues:
    """Everything around the wording that supports or contradicts. `context`: claude, other, host or none.

    `length`: characters of the paste. `speaker`: another product whose API error it says it is.
    """

    statuses: Sequence[str]
    types: Sequence[str]
    error_codes: Sequence[str]
    exceptions: Sequence[str]
    client: str | None
    context: str
    length: int = 0
    speaker: str | None = None

    @cached_property
    def classes(self) -> dict[str, str]:
        """The exceptions by their last name."""
        return {name.rpartition(".")[2]: name for name in self.exceptions}


@dataclass
class _Case:
    """The case for one entry, while it is being made."""

    rule: EntryRule
    evidence: list[Evidence] = field(default_factory=list)
    factors: list[Factor] = field(default_factory=list)
    told: bool = False
    length: int = 0
    first: int = 0
    score: float = 0.0


class Entries(dict[str, EntryRule]):
    """What is known of the entries, by code; `naming` leads from an error code to the entries that name it."""

    def __init__(self, rules: Iterable[EntryRule]) -> None:
        super().__init__((rule.code, rule) for rule in rules)
        self.naming: dict[str, list[str]] = {}
        for rule in self.values():
            for error_code in rule.error_codes:
                self.naming.setdefault(error_code, []).append(rule.code)


def rank(seen: Sequence[Seen], clues: Clues, entries: Entries) -> tuple[tuple[Match, ...], tuple[RuledOut, ...]]:
    """Matches best first, and what was ruled out with the reason."""
    cases = {code: _build(entries[code], group, clues) for code, group in _by_entry(seen, clues, entries).items()}
    kept: list[_Case] = []
    ruled_out: list[RuledOut] = []
    for case in cases.values():
        reason = _against(case, cases)
        if reason:
            ruled_out.append(RuledOut(case.rule.code, reason, round(case.score, 3), tuple(case.evidence)))
        else:
            kept.append(case)
    kept.sort(key=lambda case: (-round(case.score, 2), -case.length, case.first, case.rule.code))
    return tuple(_match(case) for case in kept), tuple(ruled_out)


def confidence(score: float) -> str:
    return "certain" if score >= SURE else "likely" if score >= FAIR else "possible"


def _by_entry(seen: Sequence[Seen], clues: Clues, entries: Entries) -> dict[str, list[Seen]]:
    groups: dict[str, list[Seen]] = {}
    for sight in seen:
        groups.setdefault(sight.entry, []).append(sight)
    for error_code in clues.error_codes:
        for code in entries.naming.get(error_code, ()):
            groups.setdefault(code, [])
    return groups


def _build(rule: EntryRule, seen: Sequence[Seen], clues: Clues) -> _Case:
    case = _Case(rule)
    weighed = sorted(((_weight(s, clues), s) for s in seen), key=lambda pair: (-pair[0], -pair[1].length))
    for index, (weight, sight) in enumerate(weighed):
        value = weight if index == 0 else min(weight, MORE_WORDING)
        case.evidence.append(Evidence(sight.kind, sight.text, round(value, 3), sight.start, sight.end))
    if weighed:
        case.length, case.first = max(s.length for _, s in weighed), weighed[0][1].start
    by_class = any(sight.kind == "exception" for sight in seen)
    case.evidence += [one for one in _support(rule, clues) if not (by_class and one.kind == "exception")]
    case.told = any(sight.strength != "hint" and not sight.generic and not sight.folded for sight in seen)
    case.factors = list(_factors(rule, seen, clues))
    case.score = 1 - prod(1 - evidence.weight for evidence in case.evidence)
    case.score *= prod(factor.value for factor in case.factors)
    if not any(weight for weight, _ in weighed) and not set(rule.error_codes) & set(clues.error_codes):
        case.score = 0.0
    return case


def _factors(rule: EntryRule, seen: Sequence[Seen], clues: Clues) -> Iterator[Factor]:
    """What in the paste speaks against the entry."""
    if rule.statuses and clues.statuses and not set(rule.statuses) & set(clues.statuses):
        yield Factor("other_status", OTHER_STATUS)
    if clues.speaker and clues.context != "claude":
        yield Factor("other_speaker", OTHER_SPEAKER)
    only_hints = all(sight.strength == "hint" for sight in seen)
    if clues.error_codes and only_hints and not set(rule.error_codes) & set(clues.error_codes):
        yield Factor("other_code", OTHER_CODE)


def _weight(sight: Seen, clues: Clues) -> float:
    weight = WORDING[sight.strength] * (OCR if sight.folded else 1)
    if not sight.generic:
        return weight
    if sight.kind in NAMED and clues.context == "none" and sight.length < MOSTLY * clues.length:
        return weight * AMONG_OTHERS
    return weight * _trust(clues)


def _trust(clues: Clues) -> float:
    """How far words that others use as well are taken for ours."""
    return {"claude": 1.0, "none": NO_CONTEXT, "host": OTHER_HOST, "other": 0.0}[clues.context]


def _support(rule: EntryRule, clues: Clues) -> list[Evidence]:
    trust = 1.0 if clues.types or clues.context == "claude" else OTHER_HOST
    found = [Evidence("error_code", code, ERROR_CODE * trust) for code in clues.error_codes if code in rule.error_codes]
    found += [Evidence("type", name, TYPE) for name in clues.types if name in rule.error_types][:1]
    shown = [clues.classes[name] for name in rule.exceptions if name in clues.classes]
    found += [Evidence("exception", name, EXCEPTION) for name in shown[:1]]
    found += [Evidence("status", status, STATUS) for status in clues.statuses if status in rule.statuses][:1]
    return found


def _against(case: _Case, cases: Mapping[str, _Case]) -> str | None:
    if case.score == 0:
        return "other_product"
    if case.score < LEAST:
        return "too_weak"
    for code in case.rule.yields_to:
        other = cases.get(code)
        if other and other.score >= FAIR and other.score >= case.score * 0.7:
            return f"yields_to:{code}"
    return _inner(case, cases) if case.rule.wrapper else None


def _inner(case: _Case, cases: Mapping[str, _Case]) -> str | None:
    """The error inside a wrapper, told by its own wording: whatever status the wrapper gave it."""
    inner = [other for other in cases.values() if other.told and not other.rule.wrapper]
    best = max(inner, key=lambda other: other.score, default=None)
    return f"yields_to:{best.rule.code}" if best and best.score >= LEAST else None


def _match(case: _Case) -> Match:
    score = round(min(case.score, 0.999), 3)
    return Match(case.rule.code, score, confidence(case.score), tuple(case.evidence), tuple(case.factors))
