"""Gateways and the key and endpoint check as readers see them. Texts and HTML are keyed by language."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from kb.lookup.endpoints import KeyKind, Platform, Tables


@dataclass(frozen=True)
class Source:
    title: str
    url: str


@dataclass(frozen=True)
class Gateway:
    """A way to reach Claude. The short texts stand in the table, the others in its section."""

    slug: str
    kind: str
    name: dict[str, str]
    seen_by: dict[str, str]
    contract: dict[str, str]
    billing: dict[str, str]
    privacy: dict[str, str]
    regions: dict[str, str]
    verify: dict[str, str]
    errors: dict[str, str]
    sources: tuple[Source, ...]
    checked: date


@dataclass(frozen=True)
class Claim:
    """What a vendor said, in the month `claimed` (`2026-04`); `remark` is ours."""

    slug: str
    vendor: str
    claimed: str
    aspect: dict[str, str]
    of_official: dict[str, str]
    of_itself: dict[str, str]
    remark: dict[str, str]


@dataclass(frozen=True)
class ShownPlatform:
    rule: Platform
    name: dict[str, str]
    route: str
    note: dict[str, str]


@dataclass(frozen=True)
class ShownKey:
    rule: KeyKind
    name: dict[str, str]
    note: dict[str, str]


@dataclass(frozen=True)
class EndpointLine:
    """What to write where in a client; `template` has a place for the address."""

    slug: str
    client: str
    speaks: str
    where: dict[str, str]
    template: str
    note: dict[str, str] | None


@dataclass(frozen=True)
class Endpoints:
    """Everything the check needs and says."""

    platforms: tuple[ShownPlatform, ...] = ()
    keys: tuple[ShownKey, ...] = ()
    lines: tuple[EndpointLine, ...] = ()

    @property
    def tables(self) -> Tables:
        return Tables(tuple(row.rule for row in self.platforms), tuple(row.rule for row in self.keys))


@dataclass(frozen=True)
class Gateways:
    routes: tuple[Gateway, ...] = ()
    claims: tuple[Claim, ...] = ()
    endpoints: Endpoints = field(default_factory=Endpoints)
