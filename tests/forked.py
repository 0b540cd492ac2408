"""Programs of Python in children of one process that has imported the SDK: its import alone takes a second.

Each child runs its file as `__main__`, in a folder and an environment of its own, like a process that was started anew;
only that the modules of the SDK are there already.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import subprocess
import sys
from pathlib import Path

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["anthropic", "tests.forked"])


def run(script: Path, environment: dict[str, str], timeout: float) -> subprocess.CompletedProcess[str]:
    """Exit status and output, which is kept beside the script; raises TimeoutExpired after that many seconds."""
    child = _context.Process(target=_run, args=(script, environment))
    child.start()
    child.join(timeout)
    if child.exitcode is None:
        child.kill()
        raise subprocess.TimeoutExpired(str(script), timeout)
    told = [_kept(script, name).read_text("utf-8") for name in ("stdout", "stderr")]
    return subprocess.CompletedProcess([str(script)], child.exitcode, *told)


def _kept(script: Path, name: str) -> Path:
    return script.with_suffix(f".{name}")


def _run(script: Path, environment: dict[str, str]) -> None:
    """In the child; what the script raises becomes output and exit status there."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(script.parent)
    sys.argv = [str(script)]
    with _kept(script, "stdout").open("w", encoding="utf-8") as out, _kept(script, "stderr").open("w") as err:
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
    runpy.run_path(str(script), run_name="__main__")
