"""What the lookup answers. Offsets are code points, half-open, in the redacted text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Evidence:
    """One reason for a match. `start` and `end` are None where there is no span."""

    kind: str
    text: str
    weight: float
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Factor:
    """What holds a score down: other_status or other_code, and by how much it was multiplied."""

    reason: str
    value: float


@dataclass(frozen=True)
class Match:
    """The score is `1 - Π(1 - weight)` over the evidence, times the factors."""

    code: str
    score: float
    confidence: str
    evidence: tuple[Evidence, ...]
    factors: tuple[Factor, ...] = ()


@dataclass(frozen=True)
class RuledOut:
    """An entry that had evidence and was not answered: other_product, too_weak, far_behind or yields_to:<code>."""

    code: str
    reason: str
    score: float = 0.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Facts:
    """What could be read out of the paste; anything may be missing. `retry_after` in seconds."""

    status: str | None = None
    error_type: str | None = None
    error_code: str | None = None
    message: str | None = None
    exception: str | None = None
    model: str | None = None
    request_id: str | None = None
    retry_after: int | None = None
    host: str | None = None
    client: str | None = None


@dataclass(frozen=True)
class Redaction:
    """How many secrets of a kind were taken out; `live` when one looks like a working key."""

    kind: str
    count: int
    live: bool
    line_break: bool


@dataclass(frozen=True)
class ModelSuggestion:
    """The right ID for a model name. `reason` is a key of the texts: exact, retired, spelling …"""

    given: str
    model_id: str
    status: str
    suggested: str
    reason: str


@dataclass(frozen=True)
class Result:
    """`text` is the redacted paste, the only form in which it leaves the lookup.

    `many_errors`: it holds so many different ones that none is the answer.
    """

    text: str
    matches: tuple[Match, ...]
    ruled_out: tuple[RuledOut, ...]
    status_page: str | None
    facts: Facts
    model_suggestion: ModelSuggestion | None
    redactions: tuple[Redaction, ...]
    many_errors: bool = False
