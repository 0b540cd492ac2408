"""`manage.py sync_models [--host NAME] [--apply]`: the models that a host lists, against the fixture."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kb.content.export import FILES, changed_files, write_files
from kb.content.load import ContentError, check_rows, read_fixtures
from kb.handbook import current
from kb.handbook.current import today
from kb.upstream.hosts import OFFICIAL, find_host
from kb.upstream.model_changes import KIND, Changes, compare, with_changes
from kb.upstream.models import UpstreamError, fetch_models


class Command(BaseCommand):
    help = "Compare GET /v1/models of a host with fixtures/models.yaml; --apply writes what is new or changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=OFFICIAL, help="official, or a name of KB_MODEL_HOSTS")
        parser.add_argument("--apply", action="store_true", help="write the fixture; load_kb then loads it")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.FIXTURES)
        try:
            host = find_host(options["host"], settings.MODEL_HOSTS)
            rows, listed = read_fixtures(folder), fetch_models(host)
            changes = compare(rows, listed, current().engine.models, today())
            wanted = with_changes(rows, changes, f"GET /v1/models ({host.name})", today())
            mistakes = check_rows(wanted)
            if mistakes:
                raise ContentError(mistakes)
        except (UpstreamError, ContentError) as error:
            raise CommandError(str(error)) from None
        every = changed_files(folder, wanted) if changes.new or changes.changed else {}
        files = {path: text for path, text in every.items() if path.name == FILES[KIND]}
        self.stdout.write("\n".join([*_told(changes), *_diff(files), f"{len(listed)} listed by {host.name}"]))
        if options["apply"] and files:
            write_files(files)
            self.stdout.write(f"written: {', '.join(path.name for path in files)}; load_kb loads it")


def _told(changes: Changes) -> Iterator[str]:
    yield from (f"new      {one.model_id}" for one in changes.new)
    yield from (f"changed  {c.model_id}: {c.field} {c.before} → {c.after}" for c in changes.changed)
    yield from (f"gone     {name} (stays in the fixture: an editor decides on its dates)" for name in changes.gone)
    if changes.ignored:
        yield f"ignored  {len(changes.ignored)} that are other products or other spellings"


def _diff(files: dict[Path, str | None]) -> Iterator[str]:
    for path, text in files.items():
        before, after = path.read_text("utf-8").splitlines(), (text or "").splitlines()
        yield from difflib.unified_diff(before, after, path.name, path.name, lineterm="", n=2)
