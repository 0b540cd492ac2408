"""The clients installed by `install.sh`: a session's program run on a base URL for each case, in one process."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.replay.keys import DUMMY
from record.plan import Session

HERE = Path(__file__).resolve().parent
INSTALLED = HERE.parent / ".venv/record"
PACKAGES = {
    "python-sdk": "anthropic",
    "node-sdk": "@anthropic-ai/sdk",
    "openai-sdk": "openai",
    "litellm": "litellm",
    "langchain": "langchain-anthropic",
    "bedrock": "boto3",
}


@dataclass(frozen=True)
class Asked:
    """A base URL and the seconds that the client may wait."""

    base: str
    seconds: float


def printed(session: Session, asked: Sequence[Asked], place: Path | None = None) -> list[str]:
    """What the client printed for each. `place`: another environment than the one that `install.sh` made."""
    if session.client == "curl":
        return [_curl(session.program.split(), one) for one in asked]
    place = place or INSTALLED / f"{session.client}-{session.version}"
    node = session.program.endswith(".mjs")
    command = ["node", "run_programs.mjs"] if node else [str(place / "bin/python"), "run_programs.py"]
    with tempfile.TemporaryDirectory() as name:
        folder, program = Path(name), "ask" + Path(session.program).suffix
        shutil.copy(HERE / command[1], folder)
        shutil.copy(HERE / "programs" / session.program, folder / program)
        if node:
            (folder / "node_modules").symlink_to((place / "node_modules").resolve())
        order = {"program": program, "whole": session.whole, "environments": [_environment(one) for one in asked]}
        return _told(command, folder, json.dumps(order))


def command(session: Session) -> str:
    """As it is shown above the recording."""
    if session.client == "curl":
        return f'{session.program} "$ANTHROPIC_BASE_URL/v1/messages" …'
    return "node ask.mjs" if session.program.endswith(".mjs") else "python ask.py"


def release(session: Session) -> str:
    """The package and its version, or what the machine has."""
    if session.client == "curl":
        return " ".join(_run(["curl", "--version"]).split()[:2])
    return f"{PACKAGES[session.client]} {session.version}"


def runs_on(session: Session) -> str:
    """The language and its version, and the system."""
    system = platform.system()
    if session.client == "curl":
        return system
    node = session.program.endswith(".mjs")
    version = _run(["node", "--version"]).strip().lstrip("v") if node else platform.python_version()
    return f"{'Node' if node else 'Python'} {version.rpartition('.')[0]}, {system}"


def _environment(asked: Asked) -> dict[str, str]:
    """The base URL and a dummy key under the names that each client reads."""
    return {
        "SECONDS": str(asked.seconds),
        "ANTHROPIC_API_KEY": DUMMY,
        "ANTHROPIC_BASE_URL": asked.base,
        "OPENAI_API_KEY": DUMMY,
        "OPENAI_BASE_URL": f"{asked.base}/v1",
        "LITELLM_LOCAL_MODEL_COST_MAP": "True",
        "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": asked.base,
        "AWS_ACCESS_KEY_ID": DUMMY,
        "AWS_SECRET_ACCESS_KEY": DUMMY,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_MAX_ATTEMPTS": "1",
    }


def _told(command: list[str], folder: Path, order: str) -> list[str]:
    done = subprocess.run(command, cwd=folder, env=_clean(), input=order, capture_output=True, text=True, timeout=300)
    if done.returncode:
        raise RuntimeError(done.stderr)
    told: list[str] = json.loads(done.stdout)
    return told


def _curl(options: list[str], asked: Asked) -> str:
    """Its output with what it says on standard error before it, as a terminal shows them."""
    sent = ["-m", str(asked.seconds), f"{asked.base}/v1/messages", "-H", f"x-api-key: {DUMMY}", "-d", "{}"]
    done = subprocess.run([*options, *sent], env=_clean(), capture_output=True, text=True, timeout=120)
    return done.stderr + done.stdout


def _clean() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}


def _run(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
