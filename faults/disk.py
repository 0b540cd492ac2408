"""A node's disk full; what it wrote damaged."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

from cluster import Cluster
from faults.fault import Fault, Impossible

_ROOM = "96m"


def mount(place: Path, size: str, owner: str = "") -> None:
    """A small file system in memory. Raises Impossible where this is not allowed."""
    place.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(place)]
    if (
        os.geteuid()
        or not shutil.which("mount")
        or subprocess.run(command, capture_output=True, check=False).returncode
    ):
        raise Impossible("a small file system cannot be mounted here")
    if owner:
        shutil.chown(place, owner, owner)


def unmount(place: Path) -> None:
    subprocess.run(["umount", "--lazy", str(place)], capture_output=True, check=False)


def move_to_small_disk(cluster: Cluster) -> None:
    """The last node starts again with its `var/` on a small file system."""
    node = cluster.nodes[-1]
    kept = node.var.with_name(f"{node.var.name}-kept")
    node.stop()
    node.var.rename(kept)
    try:
        mount(node.var, _ROOM)
        shutil.copytree(kept, node.var, dirs_exist_ok=True)
    finally:
        if not any(node.var.iterdir()):
            node.var.rmdir()
            kept.rename(node.var)
        node.start()


def fill(cluster: Cluster) -> None:
    """To the last byte."""
    with suppress(OSError), (cluster.nodes[-1].var / "filler").open("wb", buffering=0) as file:
        while True:
            file.write(bytes(1 << 16))


def make_room(cluster: Cluster) -> None:
    (cluster.nodes[-1].var / "filler").unlink()


def move_back(cluster: Cluster) -> None:
    node = cluster.nodes[-1]
    kept = node.var.with_name(f"{node.var.name}-kept")
    if not kept.exists():
        return
    node.stop()
    shutil.copytree(node.var, kept, dirs_exist_ok=True)
    unmount(node.var)
    node.var.rmdir()
    kept.rename(node.var)
    node.start()


def truncate(cluster: Cluster) -> None:
    """Half of the published file is gone, and every worker that has it in memory is killed after another."""
    node = cluster.nodes[-1]
    file = node.var / "handbook.zip"
    os.truncate(file, file.stat().st_size // 2)
    node.kill_worker()


def scribble(cluster: Cluster) -> None:
    """Other bytes in the middle of the published file, and a worker that has to start with it."""
    node = cluster.nodes[-1]
    with (node.var / "handbook.zip").open("r+b") as file:
        file.seek(1000)
        file.write(os.urandom(50_000))
    node.kill_worker()


FAULTS = [
    Fault(
        "disk full",
        f"`var/` of a node on a full {_ROOM[:-1]} MiB tmpfs",
        fill,
        make_room,
        prepare=move_to_small_disk,
        clear=move_back,
        down="storage",
        moves_files=True,
    ),
    Fault(
        "published file cut off",
        "half of the file of a node gone, a worker started with it",
        truncate,
        seconds=6,
        cuts=2,
    ),
    Fault("published file corrupt", "50 kB of noise in it, a worker started with it", scribble, seconds=6, cuts=2),
]
