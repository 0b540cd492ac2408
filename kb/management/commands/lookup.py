"""`manage.py lookup [FILE|-]`: the same answer as the page, in a terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kb.api.answer import as_json, as_json_text
from kb.api.text import as_text, explain
from kb.handbook import current
from kb.pages.languages import CODES
from kb.pages.paste import trim


class Command(BaseCommand):
    help = "Look up an error read from a file or from standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", default="-", help="a file, or - for standard input")
        parser.add_argument("--lang", choices=CODES, default="en")
        parser.add_argument("--client", help="a client's slug, when the paste does not show it")
        parser.add_argument("--json", action="store_true", help="the answer of the JSON API")
        parser.add_argument("--explain", action="store_true", help="facts, evidence with weights, what was ruled out")

    def handle(self, *args: Any, **options: Any) -> None:
        text, trimmed = trim(_read(options["file"]))
        if trimmed:
            self.stderr.write("longer than 64 KiB: its head and its tail were read")
        result = current().lookup(text, options["client"], limit=10 if options["explain"] else 3)
        if options["json"]:
            answer = as_json(current(), result, options["lang"], settings.BASE_URL, echo=options["explain"])
            self.stdout.write(as_json_text(answer, indent=2))
        elif options["explain"]:
            self.stdout.write(explain(current(), result, options["lang"]))
        else:
            self.stdout.write(as_text(current(), result, options["lang"], settings.BASE_URL))


def _read(name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"cannot read {name}: {error.strerror}") from None
    return data.decode("utf-8", "replace")
