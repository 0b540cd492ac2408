"""The browser redacts as the server does."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = """
import { readFileSync } from "node:fs";
const source = readFileSync(process.argv[1], "utf8");
const { redact } = await import(`data:text/javascript;base64,${Buffer.from(source).toString("base64")}`);
const texts = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify(texts.map(redact)));
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_browser_redacts_every_vector_as_the_server_does() -> None:
    vectors = json.loads((ROOT / "tests" / "redaction_vectors.json").read_text())
    command = ["node", "--input-type=module", "-e", PROGRAM, str(ROOT / "static" / "redact.js")]
    texts = json.dumps([vector["text"] for vector in vectors])
    answer = subprocess.run(command, input=texts, capture_output=True, text=True, check=True, timeout=60)
    for vector, result in zip(vectors, json.loads(answer.stdout), strict=True):
        assert result["text"] == vector["redacted"], vector["name"]
        assert {row["kind"]: row["count"] for row in result["redactions"]} == vector["kinds"], vector["name"]
