# ruff: noqa: N999
"""`manage.py try fixtures/entries/x.yaml`: what an edit would change in the answers, before anything is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kb.comparison import GROUPS, Move, Question, corpus_questions, moves, sample_questions
from kb.content.load import ContentError
from kb.content.yaml_files import parse
from kb.handbook import current
from kb.handbook.current import Handbook
from kb.handbook.trial import place, tried

CORPUS = settings.BASE_DIR / "tests" / "corpus"
SEALED = "sealed.jsonl"
WORSE = (0, 1)  # of the groups of moves


class Command(BaseCommand):
    help = "Try edited or new fixture files: which pastes would be answered otherwise. Nothing is loaded or published."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="+", type=Path, help="an edited or new file, wherever it stands")
        parser.add_argument("--corpus", nargs="+", type=Path, help="labelled pastes (.jsonl) or confusables (.yaml)")
        parser.add_argument("--fixtures", type=Path, default=settings.FIXTURES, help="the folder with the other files")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            handbook = tried(options["fixtures"], options["file"])
            questions = list(_questions(options["file"], options["corpus"] or _public(), handbook))
        except ContentError as error:
            self.stderr.write(str(error))
            raise CommandError(f"{len(error.mistakes)} mistakes; nothing was tried") from None
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from None
        found = moves(questions, current(), handbook)
        self._tell(found, len(questions))
        if any(move.group in WORSE for move in found):
            raise CommandError("something got worse")

    def _tell(self, found: list[Move], total: int) -> None:
        counts = []
        for group, name in enumerate(GROUPS):
            members = [move for move in found if move.group == group]
            counts.append(f"{len(members)} {name}")
            if members:
                self.stdout.write("\n".join([f"{name} ({len(members)})", *map(str, members), ""]))
        self.stdout.write(f"{total} pastes: " + "; ".join(counts))


def _questions(files: list[Path], corpora: list[Path], handbook: Handbook) -> Iterator[Question]:
    for corpus in corpora:
        yield from corpus_questions(corpus)
    for file in files:
        rows, _ = parse(place(file), file.read_text(encoding="utf-8"))
        yield from sample_questions(rows, handbook)


def _public() -> list[Path]:
    """The corpora that stand beside the code; the sealed one is never tried, or edits would be fitted to it."""
    return [path for path in sorted(CORPUS.glob("*.*l")) if path.name != SEALED]
