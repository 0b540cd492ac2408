"""`manage.py export_kb`: what was edited in the database, into the fixtures, in their canonical form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kb.content.export import ConflictError, EmptyError, Plan, carry_out, plan_export, plan_format
from kb.content.load import ContentError


class Command(BaseCommand):
    help = "Write the database into the fixtures in canonical form; files that say the same already are not touched."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fixtures", type=Path, default=settings.FIXTURES, help="the folder to write")
        parser.add_argument("--check", action="store_true", help="write nothing; name the files that differ, exit 1")
        parser.add_argument(
            "--format", action="store_true", help="leave the database alone; only bring files into form"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["fixtures"]
        plan = self._plan(folder, plan_format if options["format"] else plan_export)
        for path in sorted(plan.files):
            self.stdout.write(str(path.relative_to(folder)))
        if not options["check"]:
            carry_out(plan)
            self.stdout.write(f"{len(plan.files)} files written")
        elif plan.files:
            raise CommandError(f"{len(plan.files)} files differ from what export_kb writes; nothing was changed")

    def _plan(self, folder: Path, make: Callable[[Path], Plan]) -> Plan:
        try:
            return make(folder)
        except EmptyError as error:
            raise CommandError(f"{error}: load the fixtures first (load_kb); nothing was changed") from None
        except ContentError as error:
            self.stderr.write(str(error))
            raise CommandError(f"{len(error.mistakes)} mistakes; nothing was changed") from None
        except ConflictError as error:
            self.stderr.write(str(error))
            raise CommandError(
                "these rows were changed in the database and, otherwise, in the fixtures since the last load; "
                "undo one of the two (load_kb --discard-edits gives the database up); nothing was changed"
            ) from None
