"""`manage.py compilemessages`: Django's command without msgfmt, for a tree that is read-only when it runs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from kb.translations import compile_catalogues


class Command(BaseCommand):
    help = "Compile the translations that are missing or older than their source."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        for path in compile_catalogues():
            self.stdout.write(str(path))
