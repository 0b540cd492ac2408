"""`manage.py evaluate CORPUS.jsonl`: how often the lookup is right, with intervals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kb.evaluation import Outcome, judge, read_corpus, report
from kb.handbook import current


class Command(BaseCommand):
    help = "Score the lookup on labelled pastes: top-1, top-3, wrong on none, with Wilson intervals."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("corpus", nargs="+", type=Path)
        parser.add_argument("--sealed", action="store_true", help="print totals only, no row")
        parser.add_argument("--codes", help="comma-separated: only rows with these labels")

    def handle(self, *args: Any, **options: Any) -> None:
        handbook = current()
        try:
            rows = [row for path in options["corpus"] for row in read_corpus(path)]
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from None
        if options["codes"]:
            wanted = set(options["codes"].split(","))
            rows = [row for row in rows if row["label"] in wanted]
        outcomes: list[Outcome] = [judge(row, handbook.lookup(row["text"])) for row in rows]
        self.stdout.write(report(outcomes, set(handbook.entries), details=not options["sealed"]))
