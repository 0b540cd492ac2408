"""`manage.py coverage SDK_ERRORS.tsv`: of the promised codes and of the SDKs' errors, how many lead to an entry."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kb.handbook import Handbook, current


class Command(BaseCommand):
    help = "Count the published codes with an entry, and the SDKs' errors (status, error code, class) that one names."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("errors", type=Path, help="lines of status, error code (or -) and class, under a heading")

    def handle(self, *args: Any, **options: Any) -> None:
        handbook = current()
        try:
            codes = (Path(settings.FIXTURES) / "published.txt").read_text("utf-8").split()
            rows = [line.split() for line in options["errors"].read_text("utf-8").splitlines()[1:]]
            missing = [f"{status} {code} {name}" for status, code, name in rows if not _known(handbook, status, code)]
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from None
        gone = [code for code in codes if handbook.document.redirects.get(code, code) not in handbook.entries]
        self.stdout.write(
            "\n".join(gone + missing + [f"catalogue {_of(codes, gone)} · sdk codes {_of(rows, missing)}"])
        )


def _known(handbook: Handbook, status: str, code: str) -> bool:
    """An entry names the code; for an error without one, an entry has the status."""
    having = handbook.with_status(status)
    return bool(having) if code == "-" else any(entry.named_code(code) for entry in having)


def _of(all_of_them: list[Any], missing: list[str]) -> str:
    return f"{len(all_of_them) - len(missing)}/{len(all_of_them)}"
