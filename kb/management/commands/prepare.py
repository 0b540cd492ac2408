"""`manage.py prepare`: whatever is missing before the service can start; quiet when nothing is."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from kb.translations import compile_catalogues


class Command(BaseCommand):
    help = "Migrate, compile translations, load changed fixtures, collect static files."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        compile_catalogues()
        call_command("load_kb", if_changed=True, stdout=self.stdout, stderr=self.stderr)
        call_command("collectstatic", interactive=False, verbosity=0)
