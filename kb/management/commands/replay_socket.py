"""`manage.py replay_socket MODE`: failures below HTTP, on loopback, for testing a client."""

from __future__ import annotations

import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kb.replay.sockets import HOST, MODES, PORT, Companion, untrusted


class Command(BaseCommand):
    help = f"Fail like a network does, on {HOST} only: {', '.join(f'{name} {m.does}' for name, m in MODES.items())}."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("mode", choices=list(MODES))
        parser.add_argument("--port", type=int, default=PORT, help=f"{PORT} when not given; 0 takes any free one")
        parser.add_argument("--pause", type=float, default=1.0, help="seconds between the parts of a slow answer")

    def handle(self, *args: Any, **options: Any) -> None:
        mode = options["mode"]
        tls = untrusted() if mode == "tls" else None
        if mode == "tls" and tls is None:
            raise CommandError("trustme is not installed (pip install -r requirements-dev.txt)")
        try:
            companion = Companion(mode, options["port"], options["pause"], tls)
        except OSError as error:
            raise CommandError(f"port {options['port']}: {error.strerror}") from None
        with companion:
            self._wait(f"{companion.url} {MODES[mode].does} → {MODES[mode].code} (Ctrl-C stops it)")

    def _wait(self, told: str) -> None:
        try:
            self.stdout.write(told)
            self.stdout.flush()
            threading.Event().wait()
        except KeyboardInterrupt:
            return
