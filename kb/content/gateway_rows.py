"""The shape of the rows about gateways and of the tables of the key and endpoint check."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kb.content.fields import Date, Key, Line, Position, Prose, Slug, Source, Strict, Text, Title
from kb.lookup.endpoints import KEY_LIMIT

Host = Annotated[str, StringConstraints(pattern=r"^[a-z0-9.-]*\*?[a-z0-9.-]+$")]
Prefix = Annotated[str, StringConstraints(pattern=r"^\S+$", max_length=KEY_LIMIT)]
Month = Annotated[str, StringConstraints(pattern=r"^20\d\d-[01]\d$")]


class GatewayRow(Strict):
    """A way to reach Claude, compared with the others. The short texts stand in the table."""

    slug: Slug
    position: Position
    kind: Literal["official", "cloud", "aggregator", "relay", "own"]
    name: Title
    seen_by: Title
    contract: Title
    billing: Title
    privacy: Text
    regions: Text
    verify: Text
    errors: Text
    sources: Annotated[list[Source], Field(min_length=1)]
    checked: Date


class ClaimRow(Strict):
    """What a vendor says of itself: repeated with its name and date, not verified."""

    slug: Slug
    position: Position
    vendor: Line
    claimed: Month
    aspect: Title
    of_official: Title
    of_itself: Title
    remark: Text


class PlatformRow(Strict):
    """Hosts that answer alike; one `*` in a host stands for any part of it."""

    slug: Slug
    position: Position
    name: Title
    route: Key
    hosts: Annotated[list[Host], Field(min_length=1)]
    path: Annotated[str, StringConstraints(pattern=r"^(/[a-z0-9-]+)*$")] = ""
    speaks: Literal["anthropic", "openai", "both", "own", "none"]
    note: Text


class KeyKindRow(Strict):
    """How keys of one issuer begin, and where they belong: platforms, `relay` (another host), `local`."""

    slug: Slug
    position: Position
    name: Title
    prefixes: Annotated[list[Prefix], Field(min_length=1)]
    platforms: list[Slug] = []
    perhaps: list[Slug] = []
    note: Text


class EndpointLineRow(Strict):
    """What to write where in one client; `{root}`, `{v1}` and `{host}` are put in from the address that was checked."""

    slug: Slug
    client: Key
    position: Position
    speaks: Literal["anthropic", "openai"]
    where: Title
    template: Prose
    note: Text | None = None
