"""The lookup, composed: redact → clean → find wording → read facts → rank. Built once, then only read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import re2

from kb.lookup import facts as reading
from kb.lookup import rank as ranking
from kb.lookup.clean import fold, plain, squash
from kb.lookup.mapped import Mapped
from kb.lookup.model_ids import ModelIds
from kb.lookup.rank import Clues, Seen
from kb.lookup.redact import cut, find, summary
from kb.lookup.result import Evidence, Facts, Match, ModelSuggestion, Redaction, Result
from kb.lookup.rules import Cues, Rules
from kb.lookup.signatures import Hit, PatternBook, PhraseBook, compile_pattern

_UNSAFE = re.compile("[\ud800-\udfff\x00]")
_CLAUDE = re.compile(r"claude|anthropic|/v1/messages|x-api-key|\bsonnet\b|\bopus\b|\bhaiku\b|cherry ?studio|\bcursor\b", re.IGNORECASE)
_OURS = re.compile(r"(?:^|\.)(?:anthropic\.com|claude\.com|claude\.ai)$")
_CLAUDE_CLIENTS = {"python-sdk", "node-sdk", "claude-code", "cherry-studio", "cherry-studio-mobile", "cursor"}
ALTERNATIVE = 0.5  # of the best score, below which a further match is not worth showing


@dataclass(frozen=True)
class _Paste:
    """One paste in all its views. `text` is redacted; `plain` leads to it, `squashed` leads to `plain`."""

    text: str
    redactions: tuple[Redaction, ...]
    plain: Mapped
    squashed: Mapped


class Engine:
    """Looks pastes up by the rules it was built from. Raises BadSignature when a rule does not compile."""

    def __init__(self, rules: Rules) -> None:
        text_rules = [s for s in rules.signatures if s.on == "text"]
        self._entries = {entry.code: entry for entry in rules.entries}
        self._phrases = PhraseBook(text_rules)
        self._folded = PhraseBook(text_rules, folded=True)
        self._patterns = PatternBook(text_rules)
        self._on_messages = PatternBook(s for s in rules.signatures if s.on == "message")
        self._clients = _compiled(rules.clients)
        self._lookalikes = _compiled(rules.lookalikes)
        self.models = ModelIds(rules.models, rules.spellings)

    def lookup(self, text: str, today: date, client: str | None = None, limit: int = 3) -> Result:
        """Matches for a paste, best first, at most `limit`; empty when nothing is recognised."""
        paste = read_paste(text)
        seen = self._seen(paste, today)
        client = client or self._client(paste.plain.text)
        found = reading.read(paste.plain.text, client)
        clues = self._clues(paste.plain.text, found)
        matches, ruled_out = ranking.rank(seen, clues, self._entries)
        matches = tuple(m for m in matches if m.score >= matches[0].score * ALTERNATIVE)[:limit]
        if not matches:
            matches = self._by_status_alone(paste, clues)
        wording = any(e.kind != "status" for m in matches for e in m.evidence)
        return Result(
            text=paste.text,
            matches=tuple(_with_client(m, found.client) for m in matches),
            ruled_out=ruled_out,
            status_page=None if wording else found.status,
            facts=found,
            model_suggestion=self._suggestion(found, today),
            redactions=paste.redactions,
        )

    def _seen(self, paste: _Paste, today: date) -> list[Seen]:
        text, view = paste.plain.text, paste.squashed
        seen = [self._sight(paste, hit, *view.span(hit.start, hit.end)) for hit in self._phrases.find(view, text)]
        seen += [self._sight(paste, hit, hit.start, hit.end) for hit in self._patterns.find(text)]
        seen += self._in_messages(paste, today)
        if not any(s.strength == "decisive" for s in seen):
            known = {(s.entry, s.start) for s in seen}
            folded = fold(view)
            for hit in self._folded.find(folded, text):
                sight = self._sight(paste, hit, *folded.span(hit.start, hit.end))
                if (sight.entry, sight.start) not in known:
                    seen.append(replace(sight, folded=True))
        return seen

    def _in_messages(self, paste: _Paste, today: date) -> Iterator[Seen]:
        for message in reading.messages(paste.plain.text):
            for hit in self._on_messages.find(message.text):
                state = hit.signature.model_state
                if not state or (hit.model and self.models.state(hit.model, today) == state):
                    yield self._sight(paste, hit, message.start + hit.start, message.start + hit.end)

    def _sight(self, paste: _Paste, hit: Hit, start: int, end: int) -> Seen:
        """`start` and `end` count in the plain text."""
        source_start, source_end = paste.plain.span(start, end)
        rule = hit.signature
        return Seen(
            entry=rule.entry,
            strength=rule.strength,
            generic=rule.generic,
            folded=False,
            text=" ".join(paste.text[source_start:source_end].split())[:200],
            start=source_start,
            end=source_end,
            length=hit.end - hit.start,
        )

    def _client(self, text: str) -> str | None:
        """The client with most cues in the paste; the first in order when two have as many."""
        counted = [(sum(1 for cue in cues if cue.search(text)), slug) for slug, cues in self._clients]
        best = max((count for count, _ in counted), default=0)
        return next((slug for count, slug in counted if count == best), None) if best else None

    def _clues(self, text: str, found: Facts) -> Clues:
        return Clues(
            statuses=reading.statuses(text),
            types=reading.error_types(text),
            error_codes=[found.error_code] if found.error_code else [],
            exceptions=reading.exceptions(text),
            client=found.client,
            context=self._context(text, found),
        )

    def _context(self, text: str, found: Facts) -> str:
        """Whether the paste speaks of Claude, of another product, of a host we do not know, or of nothing."""
        hosts = reading.hosts(text)
        if _CLAUDE.search(text) or found.client in _CLAUDE_CLIENTS or any(map(_OURS.search, hosts)):
            return "claude"
        if any(cue.search(text) for _, cues in self._lookalikes for cue in cues):
            return "other"
        return "host" if hosts else "none"

    def _by_status_alone(self, paste: _Paste, clues: Clues) -> tuple[Match, ...]:
        """A bare status leads to an entry only when that status has just one."""
        if len(clues.statuses) != 1 or len(paste.text) > reading.SHORT_PASTE or clues.context == "other":
            return ()
        status = clues.statuses[0]
        having = [rule for rule in self._entries.values() if status in rule.statuses]
        if len(having) != 1 or len(having[0].statuses) > 1:
            return ()
        evidence = (Evidence("status", status, ranking.STATUS_ALONE),)
        return (Match(having[0].code, ranking.STATUS_ALONE, ranking.confidence(ranking.STATUS_ALONE), evidence),)

    def _suggestion(self, found: Facts, today: date) -> ModelSuggestion | None:
        """Only when the paste's model is not the right one to ask for."""
        suggestion = self.models.resolve(found.model, today) if found.model else None
        return suggestion if suggestion and suggestion.suggested != found.model else None


def read_paste(text: str) -> _Paste:
    """Redacted on the raw text and again after cleaning; only what passed both goes on."""
    text = _UNSAFE.sub("\ufffd", text)
    secrets = find(text)
    redacted = cut(text, secrets)
    view = plain(redacted)
    again = [replace(s, **_source_span(view, s.start, s.end)) for s in find(view.text)]
    if again:
        redacted = cut(redacted, again)
        view = plain(redacted)
    return _Paste(redacted, summary([*secrets, *again]), view, squash(view.text))


def _source_span(view: Mapped, start: int, end: int) -> dict[str, int]:
    source_start, source_end = view.span(start, end)
    return {"start": source_start, "end": source_end}


def _compiled(rules: Iterable[Cues]) -> list[tuple[str, list[re2._Regexp[str]]]]:
    return [(rule.slug, [compile_pattern(pattern) for pattern in rule.patterns]) for rule in rules]


def _with_client(match: Match, client: str | None) -> Match:
    if client is None:
        return match
    return replace(match, evidence=(*match.evidence, Evidence("client", client, ranking.CLIENT)))
