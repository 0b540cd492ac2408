"""`kb.lookup` is pure Python: it runs where there is no Django, no YAML, no network."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys

FORBIDDEN = ("django", "ninja", "pydantic", "yaml", "httpx", "socket", "sqlite3", "urllib.request", "logging")
OURS = ("kb", "kb.lookup")


class Blocker:
    def find_spec(self, name, path=None, target=None):
        ours = name.startswith("kb") and not (name in OURS or name.startswith("kb.lookup."))
        if ours or any(name == bad or name.startswith(bad + ".") for bad in FORBIDDEN):
            raise ImportError(f"{name} must not be imported here")
        return None


sys.meta_path.insert(0, Blocker())

import importlib
import pkgutil

import kb.lookup

for module in pkgutil.iter_modules(kb.lookup.__path__, "kb.lookup."):
    importlib.import_module(module.name)

from datetime import date

from tests.rules import lookup

assert [match.code for match in lookup("invalid x-api-key").matches] == ["401-key"]
assert not [name for name in sys.modules if name.partition(".")[0] in ("django", "ninja", "yaml")]
print("pure")
"""


def test_the_lookup_runs_without_django() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("pure\n", "")
