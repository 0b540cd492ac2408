"""`manage.py replay_table`: every replayed answer, and what the real clients make of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kb.handbook import current
from kb.replay.clients import Seen, installed
from kb.replay.table import Row, ask_all, rows

WIDTH = 44


class Command(BaseCommand):
    help = "Point the Python SDK, the Node SDK and curl at the replay of a running server; exit 1 unless all fit."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--base", default=f"http://127.0.0.1:{os.environ.get('PORT', '8000')}", help="an origin")

    def handle(self, *args: Any, **options: Any) -> None:
        modules = Path(os.environ.get("KB_NODE_MODULES") or settings.BASE_DIR / ".venv/node/node_modules")
        clients, wanted = installed(modules), rows(current().listed())
        if not clients:
            raise CommandError("none of anthropic (Python), @anthropic-ai/sdk (Node) and curl is installed")
        base = options["base"].rstrip("/")
        _look(base)
        seen = ask_all(base, wanted, clients)
        wrong = 0
        for at, row in enumerate(wanted):
            cells = [_cell(row, client, seen[client][at]) for client in clients]
            wrong += sum(cell.startswith("✗") for cell in cells)
            self.stdout.write(
                "  ".join([row.title.ljust(70), str(row.status), *(c.ljust(WIDTH) for c in cells)]).rstrip()
            )
        missing = [name for name in ("python", "node", "curl") if name not in clients]
        not_asked = f" · not installed: {', '.join(missing)}" if missing else ""
        self.stdout.write(f"{len(wanted)} answers x {len(clients)} clients · {wrong} wrong{not_asked}")
        if wrong:
            raise SystemExit(1)


def _look(base: str) -> None:
    try:
        urlopen(f"{base}/replay/529-overloaded/times=0/v1/models", timeout=10).close()  # noqa: S310 (the caller's own)
    except (OSError, ValueError):
        raise CommandError(f"nothing replays at {base}: `make run` does, or KB_REPLAY=on") from None


def _cell(row: Row, client: str, seen: Seen) -> str:
    mark = "✓" if row.fits(client, seen) else "✗"
    return f"{mark} {client} {seen.name or seen.status}"
