"""The browser judges addresses and keys as the server does."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from kb.handbook import current
from kb.lookup.endpoints import check, fill
from tests.lookup.test_endpoints import VECTORS, tables

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import { readFileSync } from "node:fs";
const source = readFileSync(process.argv[1], "utf8");
const { check, fill } = await import(`data:text/javascript;base64,${Buffer.from(source).toString("base64")}`);
const { tables, pairs, lines } = JSON.parse(readFileSync(0, "utf8"));
const verdicts = pairs.map(([url, key]) => check(tables, url, key));
console.log(JSON.stringify({ verdicts, filled: lines.map((line) => fill(line, "https://a.example/x")) }));
"""
PIECES = [
    "https://", "http://", "HTTPS:", "htps://", "https：／／", "//", "/", "\\", ":", ";", "=", "#", "?", "@", "&", " ",
    "\u3000", "\n", "\u200b", "\ufeff", '"', "“", ",", "。", "．", "relay.example.com", "api.anthropic.com",
    "localhost", "10.0.0.1", "[::1]", ":8080", "openrouter.ai", "/api", "/v1", "/V1", "/messages", "/chat/completions",
    "/models", "/console", "中",
    "😀", "ſ", "K", "İ", "$(x)", "%20", "a", ".", "-", "export ", "base_url", "sk-", "sk-ant-api03",
    "0123456789abcdef", "Bearer ", "ABSK", "your", "...", "x" * 60,
]  # fmt: skip


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_browser_judges_every_vector_and_thousands_of_made_up_pairs_as_the_server_does() -> None:
    pairs = [(vector["url"], vector["key"]) for vector in VECTORS] + _made_up(3000)
    lines = [line.template for line in current().document.gateways.endpoints.lines]
    answer = _node({"tables": asdict(tables()), "pairs": pairs, "lines": lines})
    for pair, verdict in zip(pairs, answer["verdicts"], strict=True):
        ours = asdict(check(tables(), *pair))
        assert verdict == {**ours, "findings": list(ours["findings"])}, pair
    assert answer["filled"] == [fill(line, "https://a.example/x") for line in lines]


def _made_up(count: int) -> list[tuple[str, str]]:
    """Addresses and keys put together at random, the same ones every time."""
    chosen = random.Random(4)
    return [
        ("".join(chosen.choices(PIECES, k=chosen.randint(1, 7))), "".join(chosen.choices(PIECES, k=2))[:12])
        for _ in range(count)
    ]


def _node(given: dict[str, Any]) -> dict[str, Any]:
    command = ["node", "--input-type=module", "-e", PROGRAM, str(ROOT / "static" / "endpoints.js")]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=True, timeout=60)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
