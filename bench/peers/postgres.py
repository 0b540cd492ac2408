"""PostgreSQL's full text search and pg_trgm, on a private server that lives as long as the run."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.peers import Answer
from bench.texts import Source, spread, tokens

if TYPE_CHECKING:
    import psycopg

_FAST = ("fsync=off", "full_page_writes=off", "listen_addresses=", "shared_buffers=64MB", "jit=off")
_USER = "postgres"
_FULL_TEXT = (
    "SELECT code, ts_rank(words, q, 1) AS s FROM entry, to_tsquery('simple', %s) q"
    " WHERE words @@ q ORDER BY s DESC LIMIT 1"
)
_SIMILAR = (
    "SELECT code, s FROM (SELECT code, length(wording) AS size, word_similarity(wording, %s) AS s FROM wording) w"
    " WHERE size >= 12 ORDER BY round(s::numeric, 2) DESC, size DESC LIMIT 1"
)


class Missing(RuntimeError):
    """There is no PostgreSQL to compare with; the text says what is missing."""


class FullText:
    """ts_rank of all words of the paste, titles before samples before prose."""

    def __init__(self, link: psycopg.Connection[Any], source: Source) -> None:
        self.name = f"{_version(link)} full text"
        self._link = link
        link.execute("CREATE TABLE entry (code text, words tsvector)")
        for code, texts in source.texts.items():
            parts = [spread(text) for text in texts]
            link.execute(
                "INSERT INTO entry SELECT %s, setweight(to_tsvector('simple', %s), 'A')"
                " || setweight(to_tsvector('simple', %s), 'D') || setweight(to_tsvector('simple', %s), 'B')",
                (code, *parts),
            )
        link.execute("CREATE INDEX ON entry USING gin (words)")
        link.execute("ANALYZE entry")

    def ask(self, text: str) -> Answer | None:
        query = " | ".join(f"'{word}'" for word in tokens(text))
        row = self._link.execute(_FULL_TEXT, (query,)).fetchone() if query else None
        return (row[0], row[1]) if row else None


class Trigram:
    """pg_trgm: the phrase most similar to some part of the paste."""

    def __init__(self, link: psycopg.Connection[Any], source: Source) -> None:
        self.name = f"{_version(link)} pg_trgm"
        self._link = link
        link.execute("CREATE EXTENSION pg_trgm")
        link.execute("CREATE TABLE wording (code text, wording text)")
        with link.cursor() as cursor:
            cursor.executemany("INSERT INTO wording VALUES (%s, %s)", source.phrases())
        link.execute("ANALYZE wording")

    def ask(self, text: str) -> Answer | None:
        row = self._link.execute(_SIMILAR, (text.replace("\0", ""),)).fetchone()
        return (row[0], row[1]) if row else None


def _version(link: psycopg.Connection[Any]) -> str:
    number = link.info.server_version
    return f"PostgreSQL {number // 10000}.{number % 10000}"


@contextmanager
def server() -> Iterator[psycopg.Connection[Any]]:
    """A connection to a new, empty server on a socket in a folder of its own. Raises Missing."""
    try:
        import psycopg
    except ImportError:
        raise Missing("psycopg is not installed") from None
    programs = _programs()
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as folder:
        if os.geteuid() == 0:
            shutil.chown(folder, _USER)
        data = str(Path(folder) / "data")
        _run(programs / "initdb", "-D", data, "-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        options = " ".join(f"-c {option}" for option in (*_FAST, f"unix_socket_directories={folder}"))
        _run(programs / "pg_ctl", "-D", data, "-w", "-l", f"{folder}/log", "-o", options, "start")
        try:
            with psycopg.connect(host=folder, user=_USER, dbname="postgres", autocommit=True) as link:
                yield link
        finally:
            _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _programs() -> Path:
    """The folder with initdb. Debian keeps it out of PATH."""
    places = [*os.environ.get("PATH", "").split(os.pathsep), *map(str, Path("/usr/lib/postgresql").glob("*/bin"))]
    found = shutil.which("initdb", path=os.pathsep.join(places))
    if not found:
        raise Missing("PostgreSQL is not installed")
    return Path(found).resolve().parent


def _run(program: Path, *arguments: str) -> None:
    """PostgreSQL refuses to run as root; then its own user runs it. Raises Missing with what it said."""
    command = [str(program), *arguments]
    if os.geteuid() == 0:
        command = ["runuser", "-u", _USER, "--", *command]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd="/", check=False)
    if done.returncode:
        raise Missing(f"{program.name} failed: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}")
