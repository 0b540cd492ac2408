"""What docs/operating.md says of backup and restore: readers get the same pages from what was restored."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cluster import Missing, Node
from cluster.postgres import Postgres
from cluster.programs import bound, program
from tests import fixture_set

EDIT = "from kb.models import Redirect; Redirect.objects.create(old_code='edited-by-hand', new_code='401-first')"
PUBLISH = "from kb.serving.publish import publish; publish()"
SERVED = """
from django.test import Client
from kb.handbook import current
paths = ('/en/errors/401-first/', '/zh-hans/errors/', '/e/edited-by-hand')
pages = [Client(headers={'host': '127.0.0.1:8000'}).get(path) for path in paths]
print(current().version, [(page.status_code, page.get('ETag'), page.get('Location')) for page in pages])
"""
SQLITE = "import sqlite3; sqlite3.connect('{}').backup(sqlite3.connect('{}'))"


def do(node: Node, code: str) -> str:
    return node.manage("shell", "--no-imports", "-c", code).stdout.strip()


def edited(node: Node, folder: Path) -> str:
    """A small handbook with an edit that stands in no fixture, published; what is served."""
    fixtures = fixture_set.write(folder / "fixtures", fixture_set.files())
    for arguments in (
        ("migrate", "-v0"),
        ("collectstatic", "--noinput", "-v0"),
        ("load_kb", "--fixtures", str(fixtures)),
    ):
        node.manage(*arguments)
    do(node, EDIT)
    do(node, PUBLISH)
    return do(node, SERVED)


def served_after_restoring(node: Node) -> str:
    """By a node that has nothing but the database."""
    node.manage("migrate", "-v0")
    node.manage("collectstatic", "--noinput", "-v0")
    do(node, PUBLISH)
    return do(node, SERVED)


def nodes(folder: Path, *databases: str) -> list[Node]:
    """Of one origin each time, so that pages can be compared."""
    environments: list[dict[str, str]] = [{"DATABASE_URL": url} if url else {} for url in databases]
    origin = {"KB_BASE_URL": "http://127.0.0.1:8000"}
    return [Node(folder, f"node{i}", environment=more | origin) for i, more in enumerate(environments)]


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with tempfile.TemporaryDirectory(prefix="kb-backup-") as name:
        Path(name).chmod(0o755)  # PostgreSQL's own user goes through it
        server = Postgres(Path(name), settings=("fsync=off",))
        try:
            server.start()
            yield server
        except Missing as reason:
            pytest.skip(str(reason))
        finally:
            server.stop()


def test_sqlite_is_copied_while_it_runs_and_serves_the_same_pages(tmp_path: Path) -> None:
    before, after = nodes(tmp_path, "", "")
    served = edited(before, tmp_path)
    assert served.count("(200, '") == 2 and "(301, None, '/e/401-first" in served, served
    after.var.mkdir()
    copy = SQLITE.format(before.var / "handbook.sqlite3", after.var / "handbook.sqlite3")
    subprocess.run([sys.executable, "-c", copy], check=True)
    assert served_after_restoring(after) == served


def test_rows_are_dumped_and_loaded_into_an_empty_database(tmp_path: Path) -> None:
    before, after = nodes(tmp_path, "", "")
    served = edited(before, tmp_path)
    dump = str(tmp_path / "backup.json")
    before.manage("dumpdata", "kb", "--natural-foreign", "--natural-primary", "--output", dump)
    after.manage("migrate", "-v0")
    after.manage("loaddata", dump)
    assert served_after_restoring(after) == served


def test_postgresql_is_dumped_and_restored(tmp_path: Path, postgres: Postgres) -> None:
    other = postgres.url.replace("/handbook", "/restored")
    before, after = nodes(tmp_path, postgres.url, other)
    served = edited(before, tmp_path)
    dump = str(tmp_path / "backup.dump")
    run("pg_dump", "--format=custom", f"--file={dump}", postgres.url)
    postgres.execute("CREATE DATABASE restored")
    run("pg_restore", "--clean", "--if-exists", "--no-owner", f"--dbname={other}", dump)
    assert served_after_restoring(after) == served


def run(name: str, *arguments: str) -> None:
    command = bound([program(name, "PostgreSQL"), *arguments])
    subprocess.run(command, env=os.environ, check=True, capture_output=True)
