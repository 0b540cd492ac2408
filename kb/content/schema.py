"""The shape of every fixture row. Strict: unknown keys, wrong types and missing languages are refused."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from kb.content.fields import LANGUAGES as LANGUAGES
from kb.content.fields import (
    Date,
    Key,
    Line,
    Position,
    Prose,
    Provenance,
    Slug,
    Source,
    Status,
    Strict,
    Text,
    Title,
    Url,
)
from kb.content.gateway_rows import ClaimRow, EndpointLineRow, GatewayRow, KeyKindRow, PlatformRow

Tokens = Annotated[int, Field(ge=1, le=100_000_000)]
Rejected = Literal[
    "sampling",
    "sampling_pair",
    "thinking_enabled",
    "thinking_adaptive",
    "thinking_disabled",
    "thinking_disabled_at_xhigh",
    "prefill",
    "forced_tool_choice",
]


class Neighbour(Strict):
    """Looks like, but is not. `yields`: when a paste shows both, the other is the answer."""

    code: Slug
    difference: Text
    yields: bool = False


class Question(Strict):
    question: Title
    answer: Text


class Response(Strict):
    """What the server answers: status, the headers that matter, the body as sent."""

    status: Status
    headers: dict[str, str]
    body: Prose
    provenance: Provenance


class NamedCode(Strict):
    """A value of `error.details.error_code`, the SDKs' class for it, what was refused and what to do."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]
    status: Status
    exception: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9]*Error$")]
    means: Text
    fix: Text


class EntryRow(Strict):
    code: Slug
    title: Title
    message: str = ""
    statuses: list[Status]
    error_types: list[Line] = []
    error_codes: list[Line] = []
    named_codes: list[NamedCode] = []
    exceptions: list[Line] = []
    side: Literal["you", "provider", "network", "relay", "plan"]
    retry: Literal["never", "after_wait", "after_fix"]
    wrapper: bool = False
    retry_note: Text
    meaning: Text
    response: Response | None = None
    neighbours: list[Neighbour]
    faq: list[Question] = []
    article_note: Text | None = None
    sources: Annotated[list[Source], Field(min_length=1)]
    checked: Date
    withdrawn: Text | None = None


class CauseRow(Strict):
    entry: Key
    slug: Slug
    position: Position
    title: Title
    check_steps: Text
    fix_steps: Text


class RemedyRow(Strict):
    entry: Key
    client: Key
    position: Position
    steps: Text
    howtos: list[Slug] = []


class SymptomRow(Strict):
    entry: Key
    client: Key
    slug: Slug
    position: Position
    sample: Prose
    where: Text
    provenance: Provenance
    command: str = ""
    client_version: str = ""
    platform: str = ""
    seen: Date
    source: Url | Literal[""] = ""

    @model_validator(mode="after")
    def recorded_names_its_command(self) -> SymptomRow:
        if self.provenance == "recorded" and not (self.command and self.client_version):
            raise ValueError("a recorded sample names its command and client_version")
        return self


class SignatureRow(Strict):
    entry: Key
    slug: Slug
    position: Position
    phrase: str = ""
    pattern: str = ""
    strength: Literal["decisive", "strong", "hint"]
    generic: bool = False
    scope: Literal["text", "message"] = "text"
    model_state: Literal["", "retired", "not_retired"] = ""
    sample: Prose

    @model_validator(mode="after")
    def phrase_or_pattern(self) -> SignatureRow:
        if bool(self.phrase) == bool(self.pattern):
            raise ValueError("give either phrase or pattern")
        return self


class SnippetRow(Strict):
    slug: Slug
    entry: Key | None = None
    howto: Key | None = None
    position: Position
    language: Literal["python", "node", "bash", "powershell", "cmd", "json", "http", "text"]
    title: Title
    runnable: bool = False
    needs: str = ""
    code: Prose

    @model_validator(mode="after")
    def one_owner(self) -> SnippetRow:
        if (self.entry is None) == (self.howto is None):
            raise ValueError("give either entry or howto")
        return self


class ClientRow(Strict):
    slug: Slug
    position: Position
    name: Title
    kind: Literal["sdk", "cli", "desktop", "mobile", "editor", "gateway", "cloud", "library"]
    platforms: Line
    shows: Text
    cues: list[Line] = []
    sources: list[Source] = []
    checked: Date


class HowtoRow(Strict):
    slug: Slug
    position: Position
    title: Title
    steps: Text
    sources: list[Source] = []
    checked: Date


class ClaudeModelRow(Strict):
    """A model ID. `context` and `output` in tokens; `words` describe it in a reader's language (“cheapest”)."""

    model_id: Slug
    position: Position
    name: Line
    family: Literal["opus", "sonnet", "haiku", "fable", "mythos", "claude"]
    aliases: list[Line] = []
    current: bool = False
    restricted: bool = False
    deprecated: Date | None = None
    retires: Date | None = None
    not_before: Date | None = None
    replacement: str = ""
    bedrock: str = ""
    vertex: str = ""
    openrouter: str = ""
    context: Tokens | None = None
    output: Tokens | None = None
    rejects: list[Rejected] = []
    words: list[Line] = []
    note: Text | None = None
    sources: list[Source] = []
    checked: Date


class SpellingRow(Strict):
    wrong: Line
    position: Position
    wanted: Title
    model: Key
    reason: Text
    article_said: str = ""


class FactRow(Strict):
    slug: Slug
    value: Line
    source: Line
    checked: Date


class LookalikeRow(Strict):
    slug: Slug
    name: Line
    cues: Annotated[list[Line], Field(min_length=1)]


class WordGroupRow(Strict):
    slug: Slug
    kind: Literal["thing", "trouble", "client", "alarm", "noise", "elsewhere"]
    words: Annotated[list[Line], Field(min_length=1)]


class RedirectRow(Strict):
    old_code: Slug
    new_code: Slug


ROWS: dict[str, type[Strict]] = {
    "kb.fact": FactRow,
    "kb.lookalike": LookalikeRow,
    "kb.wordgroup": WordGroupRow,
    "kb.client": ClientRow,
    "kb.claudemodel": ClaudeModelRow,
    "kb.spelling": SpellingRow,
    "kb.howto": HowtoRow,
    "kb.gateway": GatewayRow,
    "kb.claim": ClaimRow,
    "kb.platform": PlatformRow,
    "kb.keykind": KeyKindRow,
    "kb.endpointline": EndpointLineRow,
    "kb.entry": EntryRow,
    "kb.cause": CauseRow,
    "kb.remedy": RemedyRow,
    "kb.symptom": SymptomRow,
    "kb.signature": SignatureRow,
    "kb.snippet": SnippetRow,
    "kb.redirect": RedirectRow,
}
