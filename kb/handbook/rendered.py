"""Markdown and code rendered once: what an earlier publish rendered is taken from a file beside the snapshot."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path

from kb.handbook import markup

LIBRARIES = ("Markdown", "Pygments", "nh3")


class Rendered:
    """HTML by the hash of its source; `used` is what was asked for, which is all that is worth keeping."""

    def __init__(self, known: dict[str, str] | None = None) -> None:
        self._known = known or {}
        self.used: dict[str, str] = {}

    def block(self, source: str) -> str:
        return self._once(f"block:{source}", partial(markup.render, source))

    def inline(self, source: str) -> str:
        return self._once(f"inline:{source}", partial(markup.render_inline, source))

    def code(self, code: str, language: str) -> str:
        return self._once(f"{language}:{code}", partial(markup.highlight_code, code, language))

    def _once(self, source: str, render: Callable[[], str]) -> str:
        key = hashlib.sha256(source.encode()).hexdigest()[:32]
        if key not in self.used:
            known = self._known.get(key)
            self.used[key] = render() if known is None else known
        return self.used[key]


def load(path: Path) -> Rendered:
    """What stands in the file, if the same code wrote it; nothing otherwise."""
    try:
        kept = json.loads(path.read_bytes())
        return Rendered(kept["html"] if kept["by"] == _by() else {})
    except (OSError, ValueError, KeyError, TypeError):
        return Rendered()


def save(path: Path, rendered: Rendered) -> None:
    """A file that cannot be written costs the next publish some seconds, nothing else."""
    written = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        written.write_text(json.dumps({"by": _by(), "html": rendered.used}))
        written.replace(path)
    except OSError:
        written.unlink(missing_ok=True)


def _by() -> str:
    """A hash of what renders."""
    parts = [inspect.getsource(markup), *(f"{name} {version(name)}" for name in LIBRARIES)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
