"""What the lookup is told: signatures, clients' cues, look-alikes, model IDs. Frozen, and free of HTML."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Signature:
    """Wording of one entry: a `phrase` or an RE2 `pattern`. `scope`: text or message."""

    entry: str
    slug: str
    phrase: str
    pattern: str
    strength: str
    generic: bool
    scope: str
    model_state: str


@dataclass(frozen=True)
class EntryRule:
    """What the ranking knows of an entry.

    `exceptions` only support it, but for the `named_exceptions`: classes that the SDKs raise for one error code each.
    `yields_to`: codes that win when both are seen. `wrapper`: it passes another error on, and gives way to that one.
    """

    code: str
    statuses: tuple[str, ...]
    error_types: tuple[str, ...]
    error_codes: tuple[str, ...]
    exceptions: tuple[str, ...]
    yields_to: tuple[str, ...]
    named_exceptions: tuple[str, ...] = ()
    wrapper: bool = False


@dataclass(frozen=True)
class Cues:
    """RE2 patterns by which a client (or another product) is known in a paste."""

    slug: str
    patterns: tuple[str, ...]


@dataclass(frozen=True)
class ModelRule:
    """One model ID of the native API with every spelling the platforms use, and the words that describe it."""

    model_id: str
    family: str
    current: bool
    aliases: tuple[str, ...]
    platform_ids: tuple[str, ...]
    deprecated: date | None
    retires: date | None
    replacement: str
    words: tuple[str, ...] = ()

    def on(self, platform: str) -> str:
        """The spelling of a platform: bedrock, vertex or openrouter; empty when none is known."""
        return next((name for name in self.platform_ids if _platform(name) == platform), "")

    def status(self, today: date) -> str:
        """active, legacy, deprecated or retired, as of `today`."""
        if self.retires and self.retires <= today:
            return "retired"
        if self.retires or (self.deprecated and self.deprecated <= today):
            return "deprecated"
        return "active" if self.current else "legacy"


def _platform(name: str) -> str:
    """Whose spelling it is, by its shape."""
    shapes = {"anthropic.": "bedrock", "anthropic/": "openrouter"}
    return shapes.get(name[:10], "vertex")


@dataclass(frozen=True)
class SpellingRule:
    """A wrong spelling that people send, and the model they mean."""

    wrong: str
    model_id: str


@dataclass(frozen=True)
class WordGroup:
    """Words of descriptions that mean the same. `kind`: thing, trouble (what goes wrong), client (`slug` is that
    client's), alarm (only that something is wrong), noise (nothing) or elsewhere (other products)."""

    slug: str
    kind: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class EntryText:
    """What the search reads of an entry: field → its text, in all languages at once."""

    code: str
    fields: dict[str, str]


@dataclass(frozen=True)
class Rules:
    entries: tuple[EntryRule, ...]
    signatures: tuple[Signature, ...]
    clients: tuple[Cues, ...]
    lookalikes: tuple[Cues, ...]
    models: tuple[ModelRule, ...]
    spellings: tuple[SpellingRule, ...]
    words: tuple[WordGroup, ...] = ()
