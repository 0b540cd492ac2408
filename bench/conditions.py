"""What a report says of when and where it was measured; and how it is told."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path


def when() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {commit()}"


def machine() -> str:
    busy = f", load {os.getloadavg()[0]:.1f} when it started" if hasattr(os, "getloadavg") else ""
    return f"{processor()}, {os.cpu_count()} cores{busy}; {platform.system()}, Python {platform.python_version()}"


def commit() -> str:
    """The short hash, with a mark when files differ from it; "unknown" outside a checkout."""
    command = ["git", "describe", "--always", "--dirty=, with changes", "--exclude=*"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parent, check=False)
    return done.stdout.strip() or "unknown"


def processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def told(report: Iterable[str], out: Path | None) -> None:
    """Print each line as it is measured; keep them all in a file, too, if one is named."""
    lines = []
    for line in report:
        print(line, flush=True)
        lines.append(line)
    if out:
        out.write_text("\n".join([*lines, ""]), encoding="utf-8")
