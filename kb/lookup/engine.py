"""The lookup, composed: redact → clean → find wording → read facts → rank. Built once, then only read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import re2

from kb.lookup import facts as reading
from kb.lookup import rank as ranking
from kb.lookup.model_ids import ModelIds
from kb.lookup.paste import Paste, read_paste
from kb.lookup.rank import Clues
from kb.lookup.result import Evidence, Facts, Match, ModelSuggestion, Result
from kb.lookup.rules import Cues, Rules
from kb.lookup.sight import Wording
from kb.lookup.signatures import compile_pattern

_CLAUDE = re.compile(
    r"claude|anthropic|/v1/messages|x-api-key|\bsonnet\b|\bopus\b|\bhaiku\b|cherry ?studio|\bcursor\b", re.IGNORECASE
)
_CLAUDE_CLIENTS = {"python-sdk", "node-sdk", "claude-code", "cherry-studio", "cherry-studio-mobile", "cursor"}
STATUS_ONLY = 40  # characters within which a status is all that a paste says
ALTERNATIVE = 0.5  # of the best score, below which a further match is not worth showing


class Engine:
    """Looks pastes up by the rules it was built from. Raises BadSignature when a rule does not compile."""

    def __init__(self, rules: Rules) -> None:
        self._entries = {entry.code: entry for entry in rules.entries}
        self._clients = _compiled(rules.clients)
        self._lookalikes = _compiled(rules.lookalikes)
        self.models = ModelIds(rules.models, rules.spellings)
        self._wording = Wording(rules.signatures, self.models)

    def lookup(self, text: str, today: date, client: str | None = None, limit: int = 3) -> Result:
        """Matches for a paste, best first, at most `limit`; empty when nothing is recognised."""
        paste = read_paste(text)
        found = reading.read(paste.plain.text, client or self._client(paste.plain.text))
        clues = self._clues(paste, found)
        matches, ruled_out = ranking.rank(self._wording.find(paste, today), clues, self._entries)
        matches = tuple(m for m in matches if m.score >= matches[0].score * ALTERNATIVE)[:limit]
        by_wording = bool(matches)
        return Result(
            text=paste.text,
            matches=tuple(_with_client(m, found.client) for m in matches or self._by_status_alone(paste, clues, found)),
            ruled_out=ruled_out,
            status_page=None if by_wording else found.status,
            facts=found,
            model_suggestion=self._suggestion(found, today),
            redactions=paste.redactions,
        )

    def _client(self, text: str) -> str | None:
        """The client with most cues in the paste; the first in order when two have as many."""
        counted = [(sum(1 for cue in cues if cue.search(text)), slug) for slug, cues in self._clients]
        best = max((count for count, _ in counted), default=0)
        return next((slug for count, slug in counted if count == best), None) if best else None

    def _clues(self, paste: Paste, found: Facts) -> Clues:
        text = paste.plain.text
        return Clues(
            statuses=reading.statuses(text),
            types=reading.error_types(text),
            error_codes=[found.error_code] if found.error_code else [],
            exceptions=reading.exceptions(text),
            client=found.client,
            context=self._context(paste, found),
        )

    def _context(self, paste: Paste, found: Facts) -> str:
        """Whether the paste speaks of Claude, of another product, of a host we do not know, or of nothing."""
        text = paste.plain.text
        if found.client in _CLAUDE_CLIENTS or any(_CLAUDE.search(view.text) for view in (paste.plain, *paste.repaired)):
            return "claude"
        if any(cue.search(text) for _, cues in self._lookalikes for cue in cues):
            return "other"
        return "host" if reading.hosts(text) else "none"

    def _by_status_alone(self, paste: Paste, clues: Clues, found: Facts) -> tuple[Match, ...]:
        """A bare status leads to an entry only when that status has just one, and no other words explain it."""
        if len(clues.statuses) != 1 or len(paste.text) > STATUS_ONLY or clues.context == "other" or found.message:
            return ()
        status = clues.statuses[0]
        having = [rule for rule in self._entries.values() if status in rule.statuses]
        if len(having) != 1 or having[0].statuses[0] != status:
            return ()
        evidence = (Evidence("status", status, ranking.STATUS_ALONE),)
        return (Match(having[0].code, ranking.STATUS_ALONE, ranking.confidence(ranking.STATUS_ALONE), evidence),)

    def _suggestion(self, found: Facts, today: date) -> ModelSuggestion | None:
        """Only when the paste's model is not the right one to ask for."""
        suggestion = self.models.resolve(found.model, today) if found.model else None
        return suggestion if suggestion and suggestion.suggested != found.model else None


def _compiled(rules: Iterable[Cues]) -> list[tuple[str, list[re2._Regexp[str]]]]:
    return [(rule.slug, [compile_pattern(pattern) for pattern in rule.patterns]) for rule in rules]


def _with_client(match: Match, client: str | None) -> Match:
    if client is None:
        return match
    return replace(match, evidence=(*match.evidence, Evidence("client", client, ranking.CLIENT)))
