"""Entry x client: what each client raises on the replay of an entry, beside what the entry says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.handbook.types import Entry
from kb.replay.clients import Ask, Seen
from kb.replay.failure import api_error, failure, replayable


@dataclass(frozen=True)
class Row:
    """One answer: an entry, or one of the codes that it names. `names`: classes that the entry speaks of."""

    entry: str
    named: str
    status: int
    names: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"{self.entry} {self.named}".rstrip()

    @property
    def path(self) -> str:
        return f"/replay/{self.entry}" + (f"/code={self.named}" if self.named else "")

    def fits(self, client: str, seen: Seen) -> bool:
        raises = client != "curl" and self.status >= 400
        return seen.status == self.status and (seen.name in self.names if raises else not seen.name)


def rows(entries: Iterable[Entry]) -> list[Row]:
    """Every answer that replay can give."""
    found: list[Row] = []
    for entry in entries:
        found += [_row(entry, "")] if replayable(entry) else []
        found += [_row(entry, named.code) for named in entry.named_codes]
    return found


def ask_all(base: str, wanted: list[Row], clients: dict[str, Ask]) -> dict[str, list[Seen]]:
    """What each client saw, in the order of the rows."""
    urls = [base + row.path for row in wanted]
    return {name: ask(urls) for name, ask in clients.items()}


def _row(entry: Entry, code: str) -> Row:
    answer = failure(entry, "v1/messages", during=False, named=code)
    body = api_error(answer) or {}
    told = code or body.get("error", {}).get("details", {}).get("error_code")
    named = entry.named_code(told)
    return Row(entry.code, code, answer.status, (named.exception,) if named else entry.exceptions)
