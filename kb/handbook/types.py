"""The immutable handbook that readers are served from. Texts are keyed by language; `Html` is rendered and clean."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property

from kb.content.accuracy import Accuracy
from kb.handbook.gateway_types import Gateways
from kb.handbook.gateway_types import Source as Source
from kb.lookup.rules import ModelRule, Rules

Text = dict[str, str]
Html = dict[str, str]


def in_language(text: Text, lang: str) -> str:
    """The text in a language; English where a partial language has none."""
    return text.get(lang) or text["en"]


@dataclass(frozen=True)
class Snippet:
    """Code to copy; `html` is the highlighted form, the same in every language."""

    slug: str
    language: str
    title: Text
    code: str
    html: str
    runnable: bool
    needs: str


@dataclass(frozen=True)
class Client:
    slug: str
    name: Text
    kind: str
    platforms: str
    shows: Html
    sources: tuple[Source, ...]
    checked: date


@dataclass(frozen=True)
class Howto:
    slug: str
    title: Text
    steps: Html
    snippets: tuple[Snippet, ...]
    sources: tuple[Source, ...]
    checked: date


@dataclass(frozen=True)
class Cause:
    slug: str
    title: Text
    check: Html
    fix: Html


@dataclass(frozen=True)
class Remedy:
    client: str
    steps: Html
    markdown: Text
    plain: Text
    howtos: tuple[str, ...]


@dataclass(frozen=True)
class Symptom:
    client: str
    slug: str
    sample: str
    where: Html
    provenance: str
    command: str
    client_version: str
    platform: str
    seen: date
    source: str

    @property
    def long(self) -> bool:
        """Too long to be shown whole: a traceback."""
        return self.sample.count("\n") > 16


@dataclass(frozen=True)
class Neighbour:
    code: str
    difference: Html


@dataclass(frozen=True)
class Question:
    question: Text
    answer: Html


@dataclass(frozen=True)
class NamedCode:
    """A value of `error.details.error_code`, and the class that the SDKs raise for it."""

    code: str
    status: str
    exception: str
    means: Html
    fix: Html

    @property
    def anchor(self) -> str:
        return f"code-{self.code}"


@dataclass(frozen=True)
class Response:
    status: str
    headers: dict[str, str]
    body: str
    provenance: str


@dataclass(frozen=True, repr=False)
class Entry:
    """One error with everything a page about it needs. `summary` is the meaning as plain text; `recordings` are further
    symptoms, recorded by `make record`.

    Its `repr` is short and still tells all: pages are compared by that of what they are made of.
    """

    code: str
    title: Text
    message: str
    statuses: tuple[str, ...]
    error_types: tuple[str, ...]
    error_codes: tuple[str, ...]
    named_codes: tuple[NamedCode, ...]
    exceptions: tuple[str, ...]
    side: str
    retry: str
    retry_note: Html
    retry_plain: Text
    meaning: Html
    summary: Text
    response: Response | None
    causes: tuple[Cause, ...]
    remedies: tuple[Remedy, ...]
    symptoms: tuple[Symptom, ...]
    snippets: tuple[Snippet, ...]
    neighbours: tuple[Neighbour, ...]
    faq: tuple[Question, ...]
    article_note: Html | None
    sources: tuple[Source, ...]
    checked: date
    withdrawn: Html | None
    recordings: tuple[Symptom, ...] = ()

    def __repr__(self) -> str:
        return f"Entry({self.code!r}, {self._digest})"

    @cached_property
    def _digest(self) -> str:
        values = [getattr(self, part.name) for part in fields(self)]
        return hashlib.sha256(repr(values).encode()).hexdigest()[:32]

    @property
    def clients(self) -> tuple[str, ...]:
        """Clients that this entry says something about, in the order of its symptoms."""
        shown = [symptom.client for symptom in (*self.symptoms, *self.recordings)]
        return tuple(dict.fromkeys([*shown, *(remedy.client for remedy in self.remedies)]))

    def named_code(self, code: str | None) -> NamedCode | None:
        """What the entry says about an error code, if it names it."""
        return next((named for named in self.named_codes if named.code == code), None)

    @property
    def provider_side(self) -> bool:
        return self.side == "provider"


@dataclass(frozen=True)
class Model:
    """A model ID as readers see it; `rule` holds what the lookup needs and computes its status. Limits in tokens."""

    rule: ModelRule
    name: str
    restricted: bool
    not_before: date | None
    bedrock: str
    vertex: str
    openrouter: str
    context: int | None
    output: int | None
    rejects: tuple[str, ...]
    note: Html | None
    sources: tuple[Source, ...]
    checked: date


@dataclass(frozen=True)
class Spelling:
    wrong: str
    wanted: Text
    model_id: str
    reason: Html
    article_said: str


@dataclass(frozen=True)
class Document:
    """Everything that was published, as it is written to disk."""

    entries: tuple[Entry, ...]
    clients: tuple[Client, ...]
    howtos: tuple[Howto, ...]
    models: tuple[Model, ...]
    spellings: tuple[Spelling, ...]
    facts: dict[str, str]
    redirects: dict[str, str]
    rules: Rules
    accuracy: Accuracy = field(default_factory=Accuracy)
    gateways: Gateways = field(default_factory=Gateways)
