"""The database stopped, hanging, read-only, full."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import psycopg

from cluster import Cluster
from faults.disk import mount, unmount
from faults.fault import Fault

_TABLES = ("kb_redirect", "kb_publication")


def stop(cluster: Cluster) -> None:
    cluster.postgres.stop()


def start(cluster: Cluster) -> None:
    cluster.postgres.start()


def hang(cluster: Cluster) -> None:
    cluster.postgres.pause()


def go_on(cluster: Cluster) -> None:
    cluster.postgres.resume()


def read_only(cluster: Cluster) -> None:
    cluster.postgres.execute("ALTER SYSTEM SET default_transaction_read_only = on")
    cluster.postgres.execute("SELECT pg_reload_conf()")


def writable(cluster: Cluster) -> None:
    cluster.postgres.execute("ALTER SYSTEM RESET default_transaction_read_only")
    cluster.postgres.execute("SELECT pg_reload_conf()")


def move_to_small_disk(cluster: Cluster) -> None:
    """The tables that an edit writes to stand in a tablespace on a file system of 24 MiB."""
    place = _small(cluster)
    mount(place, "24m", owner="postgres")
    cluster.postgres.execute(f"CREATE TABLESPACE small LOCATION '{place}'")
    _move(cluster, "small")


def fill(cluster: Cluster) -> None:
    """A table of no use takes what is left, then the last page of every table is filled up as well."""
    cluster.postgres.execute("CREATE TABLE filler (text text) TABLESPACE small")
    cluster.postgres.execute("ALTER TABLE filler ALTER text SET STORAGE EXTERNAL")
    for size in (100_000, 8_000, 500):
        with suppress(psycopg.errors.DiskFull):
            while True:
                cluster.postgres.execute(f"INSERT INTO filler SELECT repeat('x', {size}) FROM generate_series(1, 20)")


def make_room(cluster: Cluster) -> None:
    cluster.postgres.execute("DROP TABLE IF EXISTS filler")


def move_back(cluster: Cluster) -> None:
    _move(cluster, "pg_default")
    cluster.postgres.execute("DROP TABLESPACE small")
    unmount(_small(cluster))


def _move(cluster: Cluster, tablespace: str) -> None:
    for table in _TABLES:
        cluster.postgres.execute(f"ALTER TABLE {table} SET TABLESPACE {tablespace}")


def _small(cluster: Cluster) -> Path:
    return cluster.folder / "small"


FAULTS = [
    Fault("database stopped", "PostgreSQL shut down", stop, start, down="database", refuses=True, servers=True),
    Fault("database hangs", "SIGSTOP to every process of PostgreSQL", hang, go_on, down="database", servers=True),
    Fault(
        "database read-only",
        "`default_transaction_read_only = on`",
        read_only,
        writable,
        down="database",
        refuses=True,
        servers=True,
    ),
    Fault(
        "database full",
        "its tables on a full 24 MiB tmpfs",
        fill,
        make_room,
        prepare=move_to_small_disk,
        clear=move_back,
        refuses=True,
        servers=True,
    ),
]
