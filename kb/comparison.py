"""What an edit moves: the same pastes answered by two handbooks. Used by `manage.py try`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kb.confusables import Confusable, read_confusables
from kb.content.yaml_files import Row
from kb.evaluation import judge, read_corpus
from kb.handbook.current import Handbook
from kb.lookup.result import Result

GROUPS = ("right before, wrong now", "a sample of the file, answered otherwise", "wrong before, right now", "moved")


@dataclass(frozen=True)
class Question:
    """A paste with the test of its answer. `own`: the sample of a signature in the file that is tried."""

    where: str
    text: str
    wanted: str
    right: Callable[[Result], bool]
    own: bool = False


@dataclass(frozen=True)
class Move:
    """A paste that is answered otherwise, or an own sample that is answered wrongly. `group` counts from 0."""

    question: Question
    before: Result
    after: Result
    group: int

    def __str__(self) -> str:
        told = f"{_first(self.before)} → {_first(self.after)}, wanted {self.question.wanted}"
        return f"  {self.question.where}: {told}: {' '.join(self.question.text.split())[:120]}"


def corpus_questions(path: Path) -> Iterator[Question]:
    """The rows of a corpus, or of confusables when the file is YAML. Raises ValueError naming a row that is none."""
    if path.suffix == ".yaml":
        for row in read_confusables(path):
            yield Question(path.name, row.text, f"{row.wanted} and not {row.other}", _confusable(row))
    else:
        for number, labelled in enumerate(read_corpus(path), 1):
            wanted = labelled["label"]
            yield Question(f"{path.name}:{number}", labelled["text"], wanted, _labelled(labelled))


def sample_questions(rows: Iterable[Row], handbook: Handbook) -> Iterator[Question]:
    """The sample of each signature that is more than a hint; its entry or one that looks alike is the answer."""
    for row in rows:
        if row.model == "kb.signature" and row.fields["strength"] != "hint":
            code, slug = row.fields["entry"][0], row.fields["slug"]
            alike = related(handbook, code)
            yield Question(f"{row.file} {slug}", row.fields["sample"], code, _one_of(alike), own=True)


def related(handbook: Handbook, code: str) -> set[str]:
    """The entry and those that name it, or that it names, as looking alike."""
    entries = handbook.entries
    naming = {other.code for other in entries.values() if code in {n.code for n in other.neighbours}}
    return {code, *naming, *(neighbour.code for neighbour in entries[code].neighbours)}


def moves(questions: Iterable[Question], before: Handbook, after: Handbook) -> list[Move]:
    """What is answered otherwise, worst first."""
    found = [_move(q, before.lookup(q.text), after.lookup(q.text)) for q in questions]
    return sorted((move for move in found if move), key=lambda move: move.group)


def _move(question: Question, before: Result, after: Result) -> Move | None:
    was, now = question.right(before), question.right(after)
    if question.own:
        return None if now else Move(question, before, after, 1)
    if was == now and _first(before) == _first(after):
        return None
    return Move(question, before, after, 0 if was and not now else 2 if now and not was else 3)


def _first(result: Result) -> str:
    return f"{result.matches[0].code} ({result.matches[0].confidence})" if result.matches else "nothing"


def _labelled(row: dict[str, object]) -> Callable[[Result], bool]:
    return lambda result: judge(row, result).right


def _confusable(row: Confusable) -> Callable[[Result], bool]:
    return lambda result: row.holds(result.matches)


def _one_of(codes: set[str]) -> Callable[[Result], bool]:
    return lambda result: bool(result.matches) and result.matches[0].code in codes
