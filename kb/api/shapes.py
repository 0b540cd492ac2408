"""What the JSON API answers, field by field; the OpenAPI document is made from these."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Side = Literal["you", "provider", "network", "relay", "plan"]
Retry = Literal["never", "after_wait", "after_fix"]
Confidence = Literal["certain", "likely", "possible"]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Problem(Shape):
    """An error as RFC 9457 has it. The detail never repeats what was sent."""

    type: str = Field(description="always about:blank: title and status say what it is")
    title: str
    status: int
    detail: str
    reason: str = Field(description="the phrase of the status")
    request_id: str = Field(description="the number of the request, as in the header X-Request-ID")


class Versions(Shape):
    engine: str
    content: str = Field(description="changes whenever the content was published anew")


class Prose(Shape):
    """A text in the language asked for. Links in the HTML are relative to the origin of the site."""

    text: str
    html: str


class Source(Shape):
    title: str
    url: str | None = Field(description="null for a package that was read on disk")


class Evidence(Shape):
    kind: str = Field(description="message, error_code, type, exception, status, host, client or search")
    text: str
    start: int | None = Field(description="code points into the redacted text; null where there is no span")
    end: int | None = Field(description="half-open")


class Match(Shape):
    code: str
    title: str
    url: str
    permalink: str
    score: float = Field(ge=0, le=1)
    confidence: Confidence
    evidence: list[Evidence]
    client: str | None


class StatusPage(Shape):
    status: int
    url: str


class Facts(Shape):
    status: int | None
    error_type: str | None
    error_code: str | None
    message: str | None
    exception: str | None
    model: str | None
    request_id: str | None
    retry_after: float | None = Field(description="seconds")
    host: str | None
    client: str | None


class Suggestion(Shape):
    given: str
    model: str
    status: str = Field(description="active, legacy, deprecated or retired, today")
    suggested: str
    reason: str
    url: str


class Redaction(Shape):
    kind: str
    count: int


class LookupOut(Shape):
    """`matches` is best first, and empty when nothing is recognised."""

    matches: list[Match]
    status_page: StatusPage | None
    facts: Facts
    model_suggestion: Suggestion | None
    redactions: list[Redaction]
    versions: Versions
    text: str | None = Field(None, description="the redacted text, only with echo")


class EntryLine(Shape):
    """An entry in the list. Status 0 is curl's 000: no answer at all."""

    code: str
    title: str
    statuses: list[int]
    error_types: list[str]
    side: Side
    retry: Retry
    url: str
    permalink: str
    checked: date


class Entries(Shape):
    entries: list[EntryLine]
    total: int = Field(description="how many pass the filters, whatever limit and offset are")
    lang: str
    versions: Versions


class NamedCode(Shape):
    code: str
    status: int
    exception: str
    means: Prose
    fix: Prose
    url: str


class ResponseSample(Shape):
    """What the server answers."""

    status: int
    headers: dict[str, str]
    body: str
    provenance: str


class Cause(Shape):
    slug: str
    title: str
    check: Prose
    fix: Prose
    url: str


class Remedy(Shape):
    client: str
    steps: Prose
    howtos: list[str]


class Symptom(Shape):
    client: str
    slug: str
    sample: str
    where: Prose
    provenance: str = Field(description="recorded, observed, documented or illustration")
    command: str
    client_version: str
    platform: str
    seen: date
    source: str | None


class Snippet(Shape):
    slug: str
    language: str
    title: str
    code: str
    runnable: bool
    needs: str


class Neighbour(Shape):
    """Looks like this entry, but is not."""

    code: str
    difference: Prose
    permalink: str


class Question(Shape):
    question: str
    answer: Prose


class EntryOut(EntryLine):
    """One entry with everything that its page shows."""

    message: str
    error_codes: list[str]
    named_codes: list[NamedCode]
    exceptions: list[str]
    retry_note: Prose
    meaning: Prose
    response: ResponseSample | None
    causes: list[Cause]
    remedies: list[Remedy]
    symptoms: list[Symptom]
    snippets: list[Snippet]
    neighbours: list[Neighbour]
    faq: list[Question]
    sources: list[Source]
    withdrawn: Prose | None = Field(description="why the entry was withdrawn; null while it stands")
    lang: str
    versions: Versions


class ClientOut(Shape):
    slug: str
    name: str
    kind: str
    platforms: str
    shows: Prose
    sources: list[Source]
    url: str
    checked: date


class Clients(Shape):
    clients: list[ClientOut]
    lang: str
    versions: Versions


class ModelOut(Shape):
    """A model ID. `status` is computed from the dates, as of today in UTC."""

    id: str
    name: str
    family: str
    status: Literal["active", "legacy", "deprecated", "retired"]
    current: bool
    restricted: bool
    aliases: list[str]
    deprecated: date | None
    retires: date | None
    not_before: date | None = Field(description="not retired before this day")
    replacement: str | None
    bedrock: str | None
    vertex: str | None
    openrouter: str | None
    context: int | None = Field(description="the context window, in tokens")
    output: int | None = Field(description="the most that max_tokens may be")
    rejects: list[str] = Field(description="what a request may not contain: sampling, prefill, forced_tool_choice …")
    note: Prose | None
    sources: list[Source]
    url: str
    checked: date


class Models(Shape):
    models: list[ModelOut]
    today: date
    lang: str
    versions: Versions


class Resolved(Shape):
    """`known` is false, and `suggestion` null, when the name means no model we know."""

    known: bool
    suggestion: Suggestion | None
    versions: Versions
