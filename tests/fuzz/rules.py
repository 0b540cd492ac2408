"""What holds for the lookup whatever is pasted. Each rule raises AssertionError, or whatever the lookup raises."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from kb.lookup.clean import plain
from kb.lookup.endpoints import KEY_LIMIT, check
from kb.lookup.mapped import Mapped
from kb.lookup.paste import read_paste
from kb.lookup.redact import find, redact
from kb.lookup.result import Evidence, Result
from kb.lookup.views import lower, squash

if TYPE_CHECKING:
    from kb.handbook import Handbook

TODAY = date(2026, 11, 23)
_BODY = "Qz7Vw2Kx9RmT4bYp8LnJ3cHd6FgS5tXe1WqZ0uAiOvPkMjNhBgVfCdXsZaQwErTyUiOpLkJhGfDsAzXcVbNm"
SECRETS = tuple(f"{prefix}{_BODY}" for prefix in ("sk-ant-api03-", "sk-ant-oat01-", "sk-ant-admin01-"))
LONGEST_NAME = 200  # characters of a model ID or address that is typed in


def hold(handbook: Handbook, text: str) -> None:
    """Ask every stage about the text."""
    paste_is_read(text)
    result = handbook.engine.lookup(text, TODAY, limit=10)
    assert handbook.engine.lookup(text, TODAY, limit=10) == result, "the second answer is another"
    told = json.dumps(asdict(result))
    told.encode()
    result.text.encode()
    no_secret_is_left(text, result.text, told)
    assert redact(result.text) == (result.text, ()), "a second redaction takes out more"
    evidence_stands_where_it_says(result)
    answers_are_ranked(result)
    the_rest_answers(handbook, text)


def no_secret_is_left(text: str, redacted: str, told: str) -> None:
    """Whole secrets are gone; what of them stood in pieces may stay."""
    whole = sum(map(text.count, SECRETS))
    assert redacted.count(_BODY) <= text.count(_BODY) - whole, "a secret is left"
    assert not any(secret in told for secret in SECRETS), "a secret is told"


def paste_is_read(text: str) -> None:
    """Redaction, cleaning, unwrapping and views: every character of a view leads to its source."""
    secrets = find(text)
    assert all(0 <= secret.start < secret.end <= len(text) for secret in secrets), "a secret outside the text"
    assert all(a.end <= b.start for a, b in pairwise(secrets)), "secrets overlap"
    paste = read_paste(text)
    for version in paste.versions:
        leads_into(version.plain, paste.text)
        words = version.squashed.text
        assert words == lower("".join(filter(str.isalnum, version.plain.text))), "squashed otherwise"
        for view in (version.squashed, version.folded, *version.joined, *version.repaired):
            leads_into(view, version.plain.text)


def leads_into(view: Mapped, source: str) -> None:
    at: Sequence[int] = list(view.at)
    assert len(at) == len(view.text) + 1, "not one position for each character"
    assert at == sorted(at), "positions run backwards"
    assert at[0] >= 0, "a position before the text"
    assert at[-1] <= len(source), "a position behind the text"


def evidence_stands_where_it_says(result: Result) -> None:
    for match in (*result.matches, *result.ruled_out):
        for evidence in match.evidence:
            assert (evidence.start is None) == (evidence.end is None), "half a span"
            if evidence.start is not None and evidence.end is not None:
                assert 0 <= evidence.start < evidence.end <= len(result.text), "a span outside the text"
                assert _says(evidence, result.text[evidence.start : evidence.end]), "a span of something else"


def _says(evidence: Evidence, there: str) -> bool:
    """Wording is shown as it stands there, a name as its entry writes it, even where a terminal cut it in two."""
    if evidence.kind == "message":
        return evidence.text == " ".join(there.split())[:200]
    if evidence.kind == "search":
        return evidence.text == there
    return squash(evidence.text).text in squash(plain(there).text).text


def answers_are_ranked(result: Result) -> None:
    scores = [round(match.score, 2) for match in result.matches]
    assert scores == sorted(scores, reverse=True), "a worse answer stands before a better one"
    assert all(0 < match.score < 1 for match in result.matches), "a score that is none"
    assert len({match.code for match in result.matches}) == len(scores), "an entry is answered twice"
    assert not (result.many_errors and scores), "an answer to a list of errors"


def the_rest_answers(handbook: Handbook, text: str) -> None:
    """Models, addresses and the search, asked about the lines of a text."""
    tables = handbook.document.gateways.endpoints.tables
    for line in _lines(text):
        model = handbook.engine.models.resolve(line, TODAY)
        assert model is None or model.suggested, "a model without a name"
        verdict = check(tables, line, line[-KEY_LIMIT:])
        assert verdict.root == "" or verdict.root.startswith(("http://", "https://")), "an address of no scheme"
        hits = handbook.engine.search.find(handbook.engine.search.query(line), limit=5)
        assert all(0 < hit.fit <= 1.000001 for hit in hits), "a fit that is none"


def _lines(text: str) -> Iterator[str]:
    """The beginning of the text, and its first line; no longer than the pages and the API take them."""
    for line in dict.fromkeys((text, text.partition("\n")[0])):
        yield line[:LONGEST_NAME]
