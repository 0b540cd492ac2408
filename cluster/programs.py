"""Programs of the system, what they are started with, and how to start one that ends with us."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_OURS = ("KB_", "DJANGO_", "DATABASE_", "REDIS_", "GUNICORN_")


class Missing(RuntimeError):
    """A program is not installed, or cannot run here; the text says which and why."""


def program(name: str, package: str) -> str:
    """The path of a program. Debian keeps some out of PATH. Raises Missing."""
    places = [*map(str, Path("/usr/lib/postgresql").glob("*/bin")), os.environ.get("PATH", ""), "/usr/sbin"]
    found = shutil.which(name, path=os.pathsep.join(places))
    if not found:
        raise Missing(f"{package} is not installed ({name} was not found)")
    return found


def bound(command: Sequence[str], user: str = "") -> list[str]:
    """The command as another user, when we are root, and ending when its parent does, where setpriv can do that."""
    setpriv = shutil.which("setpriv") if sys.platform == "linux" else None
    switch = bool(user) and os.geteuid() == 0
    if not setpriv:
        return ["runuser", "-u", user, "--", *command] if switch else list(command)
    options = [f"--reuid={user}", f"--regid={user}", "--init-groups"] if switch else []
    return [setpriv, *options, "--pdeathsig=TERM", "--", *command]


def without_settings() -> dict[str, str]:
    """Our environment without whatever configures a handbook."""
    return {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
