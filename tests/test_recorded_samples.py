"""A sample marked `recorded` is what the SDK prints: the answer that it shows is served again, and compared."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import traceback
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import anthropic
import pytest
import yaml

from tests.fake_api import Answer, FakeApi

ROOT = Path(__file__).resolve().parents[1]
ERROR = {
    "python-sdk": re.compile(r"^[\w.]+: Error code: (?P<status>\d{3}) - (?P<body>\{.*\})$", re.MULTILINE),
    "node-sdk": re.compile(r"^\w+: (?P<status>\d{3}) (?P<body>\{.*\})$", re.MULTILINE),
}
NODE = """\
import { inspect } from "node:util";
const [folder, baseURL, ...names] = process.argv.slice(1);
const { default: Anthropic } = await import(`file://${folder}/index.mjs`);
const client = new Anthropic({ apiKey: "test-key", baseURL, maxRetries: 0 });
const printed = {};
for (const model of names) {
  const asked = client.messages.create({ model, max_tokens: 1, messages: [] });
  await asked.catch((error) => { printed[model] = inspect(error); });
}
console.log(JSON.stringify(printed));
"""


class Sample(NamedTuple):
    """`line`: the one that names the error; `answer`: what the server must have sent."""

    line: str
    answer: Answer


def samples(client: str, release: str) -> dict[str, Sample]:
    """Those recorded with this release of a client that show status and body, by entry and slug."""
    found = {}
    for path in sorted((ROOT / "fixtures/entries").glob("*.yaml")):
        for row in yaml.safe_load(path.read_text("utf-8")):
            fields = row["fields"]
            if row["model"] == "kb.symptom" and fields["provenance"] == "recorded" and fields["client"] == [client]:
                match = ERROR[client].search(fields["sample"])
                if match and fields["client_version"].partition(",")[0].endswith(f" {release}"):
                    found[f"{path.stem} {client} {fields['slug']}"] = _sample(match)
    return found


def _sample(match: re.Match[str]) -> Sample:
    body = match["body"] if _is_json(match["body"]) else json.dumps(ast.literal_eval(match["body"]), ensure_ascii=False)
    return Sample(match[0], Answer(int(match["status"]), body))


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


PYTHON = samples("python-sdk", version("anthropic"))
SDK = Path(os.environ.get("KB_NODE_MODULES", "node_modules")) / "@anthropic-ai/sdk"
INSTALLED = (SDK / "package.json").is_file() and shutil.which("node")
JAVASCRIPT = samples("node-sdk", json.loads((SDK / "package.json").read_text())["version"]) if INSTALLED else {}


class Replaying(FakeApi):
    """Answers with what the sample shows that the request names as its model."""

    def answer(self, path: str, known: bool, request: dict[str, Any]) -> Answer:
        return (PYTHON | JAVASCRIPT)[request["model"]].answer


def printed_by_python(name: str) -> str:
    with Replaying() as api:
        client: Any = anthropic.Anthropic(api_key="test-key", base_url=api.url, max_retries=0)
        with pytest.raises(anthropic.APIStatusError) as raised:
            client.messages.create(model=name, max_tokens=1, messages=[])
    return "".join(traceback.format_exception_only(raised.value))


@cache
def printed_by_node() -> dict[str, str]:
    """What it prints for each sample, all in one process."""
    with Replaying() as api:
        command = ["node", "--input-type=module", "-e", NODE, str(SDK.resolve()), api.url, *JAVASCRIPT]
        environment = {"PATH": os.environ["PATH"]}
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment, check=True)
    told: dict[str, str] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize("name", PYTHON)
def test_the_python_sdk_prints_the_sample(name: str) -> None:
    assert PYTHON[name].line in printed_by_python(name).splitlines()


@pytest.mark.skipif(not INSTALLED, reason="node or @anthropic-ai/sdk is missing (its node_modules: KB_NODE_MODULES)")
@pytest.mark.parametrize("name", JAVASCRIPT)
def test_the_node_sdk_prints_the_sample(name: str) -> None:
    assert JAVASCRIPT[name].line in printed_by_node()[name].splitlines()
