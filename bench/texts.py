"""What the other ways of searching are given: the texts of every entry, and its wordings one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from kb.content.yaml_files import fixture_paths, read_rows
from kb.lookup.rules import Rules
from kb.lookup.signatures import PLACEHOLDER

if TYPE_CHECKING:
    from kb.handbook.types import Entry

_TOKEN = re.compile(r"[A-Za-z0-9_À-ɏЀ-ӿ가-힣]+|[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff]+")


@dataclass(frozen=True)
class Source:
    """`texts`: code → title, prose and samples, in both languages. `wordings`: (code, wording) as people see it."""

    texts: dict[str, tuple[str, str, str]]
    wordings: Sequence[tuple[str, str]]
    rules: Rules

    def phrases(self) -> list[tuple[str, str]]:
        """(code, phrase without its placeholders) of every signature that is a phrase."""
        return phrases(self.rules)


def gather(entries: Sequence[Entry], rules: Rules) -> Source:
    wordings = list(dict.fromkeys([*phrases(rules), *_samples(entries), *_signature_samples()]))
    codes = {rule.code for rule in rules.entries}
    wordings = [(code, text) for code, text in wordings if code in codes]
    by_code: dict[str, list[str]] = {}
    for code, text in wordings:
        by_code.setdefault(code, []).append(text)
    texts = {
        entry.code: (
            " ".join([*entry.title.values(), entry.message]),
            " ".join([*entry.summary.values(), *entry.statuses, *entry.error_types, *entry.exceptions]),
            "\n".join(by_code.get(entry.code, [])),
        )
        for entry in entries
        if entry.code in codes
    }
    return Source(texts, wordings, rules)


def phrases(rules: Rules) -> list[tuple[str, str]]:
    split = ((s.entry, PLACEHOLDER.split(s.phrase)[::2]) for s in rules.signatures if s.phrase)
    return [(code, " ".join(part.strip() for part in parts)) for code, parts in split]


def _samples(entries: Sequence[Entry]) -> list[tuple[str, str]]:
    return [(entry.code, symptom.sample) for entry in entries for symptom in entry.symptoms]


def _signature_samples() -> list[tuple[str, str]]:
    rows = [row for path in fixture_paths(settings.FIXTURES) for row in read_rows(settings.FIXTURES, path)[0]]
    return [(str(row.fields["entry"][0]), str(row.fields["sample"])) for row in rows if row.model == "kb.signature"]


def tokens(text: str) -> list[str]:
    """Words in lower case; Chinese as pairs of characters, since it has no spaces. Each once, in order."""
    found: list[str] = []
    for run in _TOKEN.findall(text.lower()):
        found += [run] if run[0] < "\u3040" or run[0] > "\ufaff" or len(run) < 3 else _pairs(run)
    return list(dict.fromkeys(found))


def spread(text: str) -> str:
    """The text as its tokens, for an index; a word counts as often as it stands."""
    return " ".join(token for run in _TOKEN.findall(text) for token in tokens(run))


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]
