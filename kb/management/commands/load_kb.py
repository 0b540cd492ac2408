"""`manage.py load_kb`: check the fixtures, load them in one transaction, publish."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kb.content.load import ContentError, EditedError, load, tree_digest
from kb.handbook.publish import path as published_path
from kb.serving.publish import publish


class Command(BaseCommand):
    help = "Check every fixture, then load them in one transaction and publish. On any mistake nothing changes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fixtures", type=Path, default=settings.FIXTURES, help="the folder to load")
        parser.add_argument("--discard-edits", action="store_true", help="overwrite rows edited in the database")
        parser.add_argument("--if-changed", action="store_true", help="do nothing when the fixtures are as last loaded")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["fixtures"]
        stamp = Path(settings.VAR) / "loaded-fixtures"
        digest = tree_digest(folder)
        if options["if_changed"] and published_path().exists() and stamp.exists() and stamp.read_text() == digest:
            return
        try:
            report = load(folder, options["discard_edits"])
        except ContentError as error:
            self.stderr.write(str(error))
            raise CommandError(f"{len(error.mistakes)} mistakes; nothing was changed") from None
        except EditedError as error:
            self.stderr.write(str(error))
            raise CommandError(
                "these rows were edited in the database and stand in no fixture; they are kept "
                "(--discard-edits overwrites them)",
                returncode=3,
            ) from None
        publish()
        stamp.write_text(digest)
        self.stdout.write(f"{report.loaded} rows loaded, {report.removed} removed; published")
