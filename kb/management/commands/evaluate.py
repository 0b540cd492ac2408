"""`manage.py evaluate CORPUS.jsonl`: how often the lookup is right, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kb.content.accuracy import NAME, Accuracy, read_accuracy, write_accuracy
from kb.evaluation import Outcome, judge, read_corpus, report
from kb.handbook import current
from kb.handbook.current import today
from kb.scores import lines, tables


class Command(BaseCommand):
    help = "Score the lookup on labelled pastes: top-1, top-3, wrong on none, with Wilson intervals."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("corpus", nargs="+", type=Path)
        parser.add_argument("--sealed", action="store_true", help="print totals only, no row")
        parser.add_argument("--codes", help="comma-separated: only rows with these labels")
        parser.add_argument("--write", action="store_true", help=f"keep the figures, dated, in fixtures/{NAME}")
        parser.add_argument("--fixtures", type=Path, default=settings.FIXTURES, help="the folder to write into")

    def handle(self, *args: Any, **options: Any) -> None:
        sealed: bool = options["sealed"]
        self._refuse(options)
        outcomes = self._outcomes(options["corpus"], options["codes"])
        written = set(current().entries)
        self.stdout.write(report(outcomes, written, details=not sealed))
        measured = tables(outcomes, written, today())
        if not sealed:
            told = [line for field in fields(measured) for line in lines(field.name, getattr(measured, field.name))]
            self.stdout.write("\n".join(told))
        if options["write"]:
            self._write(options["fixtures"], measured, sealed)

    def _refuse(self, options: dict[str, Any]) -> None:
        if options["write"] and options["codes"]:
            raise CommandError("figures of some codes only are not kept: leave out --codes or --write")
        if not options["sealed"] and any("sealed" in path.stem for path in options["corpus"]):
            raise CommandError("a sealed corpus is only ever scored in total: say --sealed, and score it by itself")

    def _outcomes(self, paths: Sequence[Path], codes: str | None) -> list[Outcome]:
        try:
            rows = [row for path in paths for row in read_corpus(path)]
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from None
        wanted = set(codes.split(",")) if codes else {row["label"] for row in rows}
        return [judge(row, current().lookup(row["text"])) for row in rows if row["label"] in wanted]

    def _write(self, folder: Path, measured: Accuracy, sealed: bool) -> None:
        """Sealed totals replace the lines of those corpora only; anything else replaces all but sealed lines."""
        try:
            before = read_accuracy(folder)
        except ValueError as error:
            raise CommandError(str(error)) from None
        names = {line.name for line in measured.corpus}
        kept = tuple(line for line in before.corpus if line.name not in names and (sealed or "sealed" in line.name))
        base = before if sealed else measured
        write_accuracy(folder, replace(base, corpus=(*kept, *measured.corpus)))
        self.stdout.write(f"\nwritten to {folder / NAME}")
