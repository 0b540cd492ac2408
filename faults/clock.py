"""The clock of a node jumping while it runs, by libfaketime."""

from __future__ import annotations

import time
from pathlib import Path

from cluster import Cluster
from faults.fault import Fault, Impossible

_LIBRARY = "libfaketimeMT.so.1"
_JUMPS = ("+1d", "-1d", "+1y", "-1y")
_NAMES = (
    "LD_PRELOAD",
    "FAKETIME_TIMESTAMP_FILE",
    "FAKETIME_CACHE_DURATION",
    "FAKETIME_DONT_FAKE_MONOTONIC",
    "PYTHONPATH",
)
# libfaketime 0.9.10 breaks clock_nanosleep while it leaves the monotonic clock alone; Python sleeps by it.
_SLEEP = "import select, time\ntime.sleep = lambda seconds: select.select([], [], [], seconds) and None\n"


def lend_a_clock(cluster: Cluster) -> None:
    """The last node starts again with a clock that is read from a file."""
    places = [*Path("/usr/lib").glob(f"*/faketime/{_LIBRARY}"), *Path("/usr/lib/faketime").glob(_LIBRARY)]
    if not places:
        raise Impossible("libfaketime is not installed")
    _set(cluster, "+0")
    shim = cluster.folder / "sleep"
    shim.mkdir(exist_ok=True)
    (shim / "sitecustomize.py").write_text(_SLEEP)
    values = (str(places[0]), str(cluster.folder / "clock"), "1", "1", str(shim))
    cluster.nodes[-1].environment.update(zip(_NAMES, values, strict=True))
    cluster.nodes[-1].restart()


def jump(cluster: Cluster) -> None:
    for offset in _JUMPS:
        _set(cluster, offset)
        time.sleep(3)


def set_right(cluster: Cluster) -> None:
    _set(cluster, "+0")


def take_it_back(cluster: Cluster) -> None:
    for name in _NAMES:
        cluster.nodes[-1].environment.pop(name, None)
    cluster.nodes[-1].restart()


def _set(cluster: Cluster, offset: str) -> None:
    (cluster.folder / "clock").write_text(f"{offset}\n")


FAULTS = [
    Fault(
        "clock jumps",
        "a node a day ahead, a day behind, a year ahead, a year behind",
        jump,
        set_right,
        prepare=lend_a_clock,
        clear=take_it_back,
        down="",
    )
]
