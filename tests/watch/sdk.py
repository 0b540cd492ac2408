"""What an SDK knows: raised by the SDK itself, in a process of its own, against a stand-in for the API."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.fake_api import REQUEST_ID, Answer, FakeApi

HERE = Path(__file__).resolve().parent
TABLE = HERE.parent / "corpus/sdk_errors.tsv"
TYPES = {
    "401": "authentication_error",
    "402": "billing_error",
    "403": "permission_error",
    "404": "not_found_error",
    "413": "request_too_large",
    "429": "rate_limit_error",
    "504": "timeout_error",
    "529": "overloaded_error",
}


@dataclass(frozen=True)
class Row:
    """One error of an SDK: status, `error_code` or none, class."""

    status: str
    code: str | None
    name: str


@dataclass(frozen=True)
class Sdk:
    """`printed`: each error as a program sees it; `classes`: those that belong to no status."""

    printed: dict[Row, str]
    classes: list[str]


class Refusing(FakeApi):
    """Answers with the status and error code that the request names as its model."""

    def answer(self, path: str, known: bool, request: dict[str, Any]) -> Answer:
        status, code = request["model"].split()
        kind = TYPES.get(status, "api_error" if status >= "500" else "invalid_request_error")
        details = {} if code == "-" else {"details": {"error_code": code}}
        error = {"type": kind, "message": "The request was refused.", **details}
        return Answer(int(status), json.dumps({"type": "error", "error": error, "request_id": REQUEST_ID}))


def table() -> list[Row]:
    """The rows of `sdk_errors.tsv`."""
    lines = TABLE.read_text("utf-8").splitlines()[1:]
    return [Row(status, None if code == "-" else code, name) for status, code, name in map(str.split, lines)]


def python_sdk() -> Sdk:
    """The `anthropic` package of the Python named in KB_WATCH_PYTHON, else of this one."""
    return _run([os.environ.get("KB_WATCH_PYTHON", sys.executable), str(HERE / "raise_python.py")])


def node_sdk() -> Sdk:
    node, folder = shutil.which("node"), Path(os.environ.get("KB_NODE_MODULES", "node_modules")) / "@anthropic-ai/sdk"
    if not node or not folder.is_dir():
        pytest.skip("node or @anthropic-ai/sdk is not installed (name its node_modules in KB_NODE_MODULES)")
    statuses = ",".join(row.status for row in table() if row.code is None)
    return _run([node, str(HERE / "raise_node.mjs"), str(folder.resolve())], statuses)


def _run(command: list[str], *more: str) -> Sdk:
    with Refusing() as api:
        environment = {"PATH": os.environ["PATH"]}
        done = subprocess.run([*command, api.url, *more], capture_output=True, text=True, timeout=120, env=environment)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    return Sdk({Row(status, code, name): text for status, code, name, text in told["rows"]}, told["classes"])
