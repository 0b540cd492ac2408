"""`manage.py prepare`: whatever is missing before the service can start; quiet when nothing is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError
from django.db import connection

from kb.handbook.publish import path
from kb.serving.publish import publish_if_stale
from kb.translations import compile_catalogues

LOCK = 7_529_401  # any number, the same on every node


class Command(BaseCommand):
    help = "Compile translations, collect static files, migrate, load changed fixtures, publish what is not published."

    def handle(self, *args: Any, **options: Any) -> None:
        compile_catalogues()
        call_command("collectstatic", interactive=False, verbosity=0)
        try:
            with _one_node_at_a_time():
                self._bring_up_to_date()
        except (DatabaseError, CommandError) as error:
            if not path().exists():
                raise
            self.stderr.write(f"{type(error).__name__}: {error}\nWhat was published before is served on.")

    def _bring_up_to_date(self) -> None:
        call_command("migrate", verbosity=0)
        call_command("load_kb", if_changed=True, stdout=self.stdout, stderr=self.stderr)
        publish_if_stale()


@contextmanager
def _one_node_at_a_time() -> Iterator[None]:
    """Nodes that start together on one PostgreSQL wait for each other."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
