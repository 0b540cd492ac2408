"""Running the code of the content, with any of the SDKs on this machine, against a server on loopback."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from kb.replay.success import TEXT
from tests import forked

ROOT = Path(__file__).resolve().parents[1]
KEY = "test-key-0123456789"
SAID = f"{TEXT}\n"  # what a snippet prints that got replay's answer
REFUSED = re.compile(r"^(< )?HTTP\S* [45]|about:blank", re.MULTILINE)  # curl exits with 0 all the same
TIME_OUT = 60  # seconds
SUFFIX = {"python": "py", "node": "mjs", "bash": "sh"}
NO_WAITING = {
    "python": "import time\ntime.sleep = lambda seconds: print(f'slept {seconds:.2f}')\n",
    "node": (  # a sleep resolves a promise, itself or (native, without a name) by being its function
        "const real = globalThis.setTimeout;\n"
        "globalThis.setTimeout = (call, ms, ...rest) => {\n"
        "  if (call.name || !/\\[native code\\]|resolve\\(\\)/.test(String(call))) return real(call, ms, ...rest);\n"
        "  console.log(`slept ${ms / 1000}`);\n"
        "  return real(call, 0);\n"
        "};\n"
    ),
}

Fields = dict[str, Any]

FILES = sorted((ROOT / "fixtures").glob("*.yaml")) + sorted((ROOT / "fixtures/entries").glob("*.yaml"))
ROWS: list[Fields] = [row for file in FILES for row in yaml.safe_load(file.read_text("utf-8"))]


def rows(model: str) -> list[Fields]:
    return [row["fields"] for row in ROWS if row["model"] == model]


SNIPPETS: dict[str, Fields] = {fields["slug"]: fields for fields in rows("kb.snippet")}
RUNNABLE = sorted(slug for slug, fields in SNIPPETS.items() if fields.get("runnable"))
NAMES = {f"fact:{fields['slug']}": fields["value"] for fields in rows("kb.fact")} | {
    f"model:{fields['family']}": fields["model_id"] for fields in rows("kb.claudemodel") if fields.get("current")
}


def code_of(slug: str) -> str:
    return re.sub(r"\{\{([a-z]+:[A-Za-z0-9._-]+)\}\}", lambda match: NAMES[match[1]], str(SNIPPETS[slug]["code"]))


def program(language: str) -> str:
    """The interpreter, or a skip that names what is missing."""
    if language == "python":
        return sys.executable
    found = shutil.which(language)
    if not found:
        pytest.skip(f"{language} is not installed")
    return found


@dataclass(frozen=True)
class Sdk:
    """A language with the version of its SDK, empty for the one that the tests are pinned to."""

    language: str
    version: str = ""

    def __str__(self) -> str:
        return f"{self.language} {self.version or 'pinned'}"

    def folder(self) -> Path:
        """Where an old version is installed apart, or a skip that names what is missing."""
        found = Path(os.environ.get("KB_OLD_SDKS") or ROOT / ".venv/old") / f"{self.language}-{self.version}"
        if not found.is_dir():
            pytest.skip(f"the {self.language} SDK {self.version} is not installed (tests/install.sh does it)")
        return found

    def prepare(self, folder: Path) -> dict[str, str]:
        """What the environment needs; ES modules are looked for beside the script, so they are linked there."""
        if self.language == "python" and self.version:
            return {"PYTHONPATH": str(self.folder())}
        if self.language == "node":
            modules = self.folder() / "node_modules" if self.version else _node_modules()
            (folder / "node_modules").symlink_to(modules.resolve())
        return {}


PINNED = {language: Sdk(language) for language in SUFFIX}
OLD = (Sdk("python", "0.40.0"), Sdk("python", "0.84.0"), Sdk("node", "0.78.0"))
EVERY = (PINNED["python"], PINNED["node"], *OLD)


def _node_modules() -> Path:
    places = [Path(os.environ.get("KB_NODE_MODULES", "node_modules")), ROOT / "node_modules"]
    found = [place for place in places if (place / "@anthropic-ai/sdk").is_dir()]
    if not found:
        pytest.skip("@anthropic-ai/sdk is not installed (npm install it here, or name a folder in KB_NODE_MODULES)")
    return found[0]


def run(
    sdk: Sdk, code: str, folder: Path, environment: dict[str, str], typed: str = ""
) -> subprocess.CompletedProcess[str]:
    """The code in a process that has nothing in its environment but what it needs and what is given."""
    command = program(sdk.language)
    script = folder / f"snippet.{SUFFIX[sdk.language]}"
    script.write_text(code, "utf-8")
    needed = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONIOENCODING": "utf-8"}
    given = needed | environment | sdk.prepare(folder)
    if sdk == PINNED["python"]:
        return forked.run(script, given, TIME_OUT)
    return subprocess.run(
        [command, str(script)],
        cwd=folder,
        env=given,
        input=typed,
        capture_output=True,
        encoding="utf-8",
        timeout=TIME_OUT,
    )


def official(base: str) -> dict[str, str]:
    """The two variables that every SDK reads, leading to this base URL."""
    return {"ANTHROPIC_BASE_URL": base, "ANTHROPIC_API_KEY": KEY}


def run_without_waiting(sdk: Sdk, code: str, folder: Path, base: str) -> subprocess.CompletedProcess[str]:
    return run(sdk, NO_WAITING[sdk.language] + code, folder, official(base))


def exits_with_0_and_shows_no_key(language: str, code: str, folder: Path, base: str) -> None:
    """Nor shows that it was refused."""
    result = run(PINNED[language], code, folder, official(base))
    assert result.returncode == 0, result.stderr
    assert not REFUSED.search(result.stdout), result.stdout
    assert KEY not in result.stdout + result.stderr


def waits(result: subprocess.CompletedProcess[str]) -> list[float]:
    return [float(seconds) for seconds in re.findall(r"^slept ([\d.]+)$", result.stdout, re.MULTILINE)]


def gave_up_cleanly(result: subprocess.CompletedProcess[str]) -> bool:
    """Exit status 1 and the error itself, which may be a page of HTML, without a traceback."""
    traced = re.search(r"^Traceback|^\s+at ", result.stderr, re.MULTILINE)
    return result.returncode == 1 and result.stderr.startswith("Gave up: ") and not traced


def replaced(code: str, old: str, new: str) -> str:
    assert code.count(old) == 1, old
    return code.replace(old, new)
