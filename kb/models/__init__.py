"""What editors write. Readers never touch these: they are served from the snapshot."""

from kb.models.bookkeeping import LoadedRow
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
    "ClaudeModel",
    "Client",
    "Entry",
    "Fact",
    "Howto",
    "LoadedRow",
    "Lookalike",
    "Redirect",
    "Remedy",
    "Signature",
    "Snippet",
    "Spelling",
    "Symptom",
    "WordGroup",
]
