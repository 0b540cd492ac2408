"""The lookup, composed: redact → clean → find wording → read facts → rank. Built once, then only read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from itertools import chain

from kb.lookup import rank as ranking
from kb.lookup.cues import CueBook
from kb.lookup.description import described, read_description
from kb.lookup.facts import Reading
from kb.lookup.model_ids import ModelIds
from kb.lookup.names import Names
from kb.lookup.paste import Paste, read_paste
from kb.lookup.rank import Clues, Entries, Seen
from kb.lookup.result import Evidence, Facts, Match, ModelSuggestion, Result, RuledOut
from kb.lookup.rules import EntryText, Rules
from kb.lookup.scan import compile_pattern, encode
from kb.lookup.search import Search
from kb.lookup.sight import Wording
from kb.lookup.signatures import ManyErrors

_CLAUDE = compile_pattern(  # with the digits that OCR reads for letters
    r"c[l1I|]aude|anthr[o0]p[i1l]c|/v1/(?:m|rn)essages|x-api-key"
    r"|\bs[o0]nnet\b|\b[o0]pus\b|\bha[i1l]ku\b|cherry ?studi[o0]|\bcurs[o0]r\b"
)
_CLAUDE_CLIENTS = {"python-sdk", "node-sdk", "claude-code", "cherry-studio", "cherry-studio-mobile", "cursor"}
_PLATFORMS = (("amazonaws.com", "bedrock"), ("googleapis.com", "vertex"), ("openrouter.ai", "openrouter"))
STATUS_ONLY = 40  # characters within which a status is all that a paste says
ALTERNATIVE = 0.5  # of the best score, below which a further match is not worth showing


class Engine:
    """Looks pastes up by the rules it was built from, descriptions by the texts of the entries.

    Raises BadPattern when a rule does not compile.
    """

    def __init__(self, rules: Rules, texts: Iterable[EntryText] = ()) -> None:
        self._entries = Entries(rules.entries)
        self._cues = CueBook(rules.clients, rules.lookalikes)
        self.models = ModelIds(rules.models, rules.spellings)
        self._wording = Wording(rules.signatures, self.models)
        self._names = Names(rules.entries)
        self._words = rules.words
        self.search = Search(texts, rules.words)

    def with_texts(self, texts: Iterable[EntryText]) -> Engine:
        """The same rules with other texts to search."""
        other = copy(self)
        other.search = Search(texts, self._words)
        return other

    def lookup(self, text: str, today: date, client: str | None = None, limit: int = 3) -> Result:
        """Matches for a paste, best first, at most `limit`; empty when nothing is recognised."""
        paste = read_paste(text)
        found, clues = self._read(paste, client)
        try:
            wording = self._wording.find(paste, today)
        except ManyErrors:
            return Result(paste.text, (), (), None, found, None, paste.redactions, many_errors=True)
        named = self._names.find(paste)
        seen = [*wording, *(name for name in named if name.text not in clues.error_codes)]
        matches, ruled_out = ranking.rank(seen, clues, self._entries)
        behind = [m for m in matches if m.score < matches[0].score * ALTERNATIVE]
        ruled_out += tuple(RuledOut(m.code, "far_behind", m.score, m.evidence) for m in behind)
        matches = matches[: min(limit, len(matches) - len(behind))]
        by_wording = bool(matches)
        matches = matches or self._by_status_alone(paste, clues, found)
        query = read_description(self.search, paste, found, clues)
        if query and not matches:
            matches = described(self.search, query, paste, clues, self._entries)[:limit]
        if query and matches and not found.client:
            found = replace(found, client=query.client)
        return Result(
            text=paste.text,
            matches=tuple(_with_client(m, found.client) for m in matches),
            ruled_out=ruled_out,
            status_page=None if by_wording else found.status,
            facts=self._with_code(found, named),
            model_suggestion=self._suggestion(found, today),
            redactions=paste.redactions,
        )

    def _read(self, paste: Paste, client: str | None) -> tuple[Facts, Clues]:
        """What the paste says around its wording, in all its versions. `client` is what the reader named."""
        readings = [version.reading for version in paste.versions]
        cues = [self._cues.read(text) for text in dict.fromkeys([*(reading.text for reading in readings), paste.text])]
        recognised = next((slug for slug, _ in cues if slug), None)
        found = readings[-1].facts(client or recognised)
        return found, Clues(
            statuses=_all(reading.statuses for reading in readings[::-1]),
            types=_all(reading.error_types for reading in readings[::-1]),
            error_codes=[found.error_code] if found.error_code else [],
            exceptions=_all(reading.exceptions for reading in readings[::-1]),
            client=found.client,
            context=_context(readings, found.client, any(other for _, other in cues)),
            length=len(paste.plain.text.strip()),
            speaker=next((reading.speaker for reading in readings if reading.speaker), None),
        )

    def _with_code(self, found: Facts, named: Sequence[Seen]) -> Facts:
        """A code that an entry names goes before one that no entry knows."""
        codes = [name.text for name in named if name.kind == "error_code"]
        return replace(found, error_code=codes[0]) if codes and found.error_code not in codes else found

    def _by_status_alone(self, paste: Paste, clues: Clues, found: Facts) -> tuple[Match, ...]:
        """A bare status leads to an entry only when that status has just one, and no other words explain it."""
        foreign = clues.context == "other" or clues.speaker is not None
        if len(clues.statuses) != 1 or len(paste.text) > STATUS_ONLY or foreign or found.message:
            return ()
        status = clues.statuses[0]
        having = [rule for rule in self._entries.values() if status in rule.statuses]
        if len(having) != 1 or having[0].statuses[0] != status:
            return ()
        evidence = (Evidence("status", status, ranking.STATUS_ALONE),)
        return (Match(having[0].code, ranking.STATUS_ALONE, ranking.confidence(ranking.STATUS_ALONE), evidence),)

    def _suggestion(self, found: Facts, today: date) -> ModelSuggestion | None:
        """Only when the paste's model is not the right one to ask for, where it was asked for."""
        if found.model is None or self._is_right_there(found.model, found):
            return None
        suggestion = self.models.resolve(found.model, today)
        return suggestion if suggestion and suggestion.suggested != found.model else None

    def _is_right_there(self, model: str, found: Facts) -> bool:
        """Whether the platform of the paste takes this spelling. The API's own “not found” is not a platform's."""
        here = [platform for host, platform in _PLATFORMS if host in (found.host or "")]
        if not here and found.host is None and found.error_type != "not_found_error":
            here = [platform for _, platform in _PLATFORMS if platform == found.client]
        return bool(here) and self.models.is_right_on(here[0], model)


def _all(lists: Iterable[list[str]]) -> list[str]:
    return list(dict.fromkeys(chain.from_iterable(lists)))


def _context(readings: Sequence[Reading], client: str | None, other: bool) -> str:
    """Whether the paste speaks of Claude, of another product, of a host we do not know, or of nothing."""
    if client in _CLAUDE_CLIENTS or any(_CLAUDE.search(encode(reading.text)) for reading in readings):
        return "claude"
    if other:
        return "other"
    return "host" if any(reading.hosts for reading in readings) else "none"


def _with_client(match: Match, client: str | None) -> Match:
    if client is None:
        return match
    return replace(match, evidence=(*match.evidence, Evidence("client", client, ranking.CLIENT)))
