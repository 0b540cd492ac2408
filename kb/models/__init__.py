"""What editors write. Readers never touch these: they are served from the snapshot."""

from kb.models.bookkeeping import LoadedRow, Publication
from kb.models.gateways import Claim, EndpointLine, Gateway, KeyKind, Platform
from kb.models.handbook import Cause, Entry, Remedy, Signature, Snippet, Symptom
from kb.models.reference import (
    ClaudeModel,
    Client,
    Fact,
    Howto,
    Lookalike,
    Redirect,
    Spelling,
    WordGroup,
)

__all__ = [
    "Cause",
    "Claim",
    "ClaudeModel",
    "Client",
    "EndpointLine",
    "Entry",
    "Fact",
    "Gateway",
    "Howto",
    "KeyKind",
    "LoadedRow",
    "Lookalike",
    "Platform",
    "Publication",
    "Redirect",
    "Remedy",
    "Signature",
    "Snippet",
    "Spelling",
    "Symptom",
    "WordGroup",
]
