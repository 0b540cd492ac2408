"""Every page is valid HTML, as html-validate sees it: pages, answers, refusals."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from tests.pages.reader import LANGUAGES, addresses

COMMAND = Path(sys.prefix) / "html-validate" / "node_modules" / ".bin" / "html-validate"
CONFIG = Path(__file__).with_name("html-validate.mjs")
PASTES = (
    "anthropic.AuthenticationError: Error code: 401 - invalid x-api-key",
    "Cherry Studio 连接失败 · 401 Unauthorized\nauthentication_error: invalid x-api-key",
    "连接失败 401",
    "HTTP 451",
    '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}',
    "API Error: 404 not_found_error model: claude-3-5-sonnet-20241022",
    "Claude: {'error_code': 'compaction_content_mismatch'}",
    "Claude Code: Connection error. getaddrinfo ENOTFOUND api.anthropic.com",
    "claude code 登录过期",
    "image dimensions",
    "invalid x-api-key\nRate limit reached for requests\nOverloaded\nprompt is too long",
    "invalid x-api-key sk-ant-api03-" + "Qx7" * 32,
    "<script>alert(1)</script> & \"quotes\" 'and' `ticks` \u202e overloaded_error \x00",
    "KeyError: 'content'",
)
ENDPOINTS: tuple[dict[str, str], ...] = (
    {},
    {"url": "https://relay.example.com/v1/", "key": "sk-ant-api03"},
    {"url": "https：//api.anthropic.com", "key": '"><b>'},
    {"url": "http://localhost:4000/v1/messages", "key": "sk-or-v1"},
)
QUERIES = (
    "errors/?status=401&client=cursor", "errors/?q=zebra", "errors/?q=login+expired", "models/?sort=-id",
    "models/?id=claude-3.5-sonnet", "models/?id=claude-opus-5-5", "models/?id=%22%3E%3Cb%3E",
    "errors/401-invalid-api-key/?client=cursor", "errors/401-invalid/", "nothing/",
)  # fmt: skip


def pages(lang: str) -> Iterator[tuple[str, bytes]]:
    client = Client()
    for address in addresses():
        if address.startswith(f"/{lang}/"):
            yield address, client.get(address).content


def answers(lang: str) -> Iterator[tuple[str, bytes]]:
    """What forms and queries lead to, and every refusal a browser may get."""
    client = Client(raise_request_exception=False)
    for i, paste in enumerate(PASTES):
        yield f"/{lang}/lookup/ {i}", client.post(f"/{lang}/lookup/", {"text": paste}).content
    yield f"/{lang}/lookup/ cut", client.post(f"/{lang}/lookup/", {"text": "a\n" * 100_000}).content
    yield f"/{lang}/lookup/ large", client.post(f"/{lang}/lookup/", {"text": "a" * 2**21}).content
    for i, fields in enumerate(ENDPOINTS):
        yield f"/{lang}/gateways/check/ {i}", client.post(f"/{lang}/gateways/check/", fields).content
    for query in QUERIES:
        yield f"/{lang}/{query}", client.get(f"/{lang}/{query}").content
    yield f"/{lang}/ elsewhere", client.get(f"/{lang}/", headers={"Host": "elsewhere.example"}).content


def complaints(folder: Path, documents: Iterator[tuple[str, bytes]]) -> list[str]:
    """`address: rule: message (line:column)` of everything that is not as it should be."""
    if shutil.which("node") is None or not COMMAND.exists():
        pytest.skip("html-validate is not installed (npm)")
    named, report = {}, folder / "report.json"  # a file: what node writes to a pipe is cut off when it ends
    for i, (address, content) in enumerate(documents):
        path = folder / f"{i}.html"
        path.write_bytes(content)
        named[str(path)] = address
    assert named
    command = [COMMAND, "--config", CONFIG, "--formatter", f"json={report}", "--ext", "html", folder]
    found = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert found.returncode in (0, 1), found.stderr
    return [
        f"{named[file['filePath']]}: {m['ruleId']}: {m['message']} ({m['line']}:{m['column']})"
        for file in json.loads(report.read_bytes())
        for m in file["messages"]
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_valid(tmp_path: Path, lang: str) -> None:
    assert complaints(tmp_path, pages(lang)) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_answer_and_refusal_is_valid(tmp_path: Path, lang: str) -> None:
    assert complaints(tmp_path, answers(lang)) == []


def test_a_fault_is_noticed(tmp_path: Path) -> None:
    page = b'<!doctype html><html lang="en"><head><title>x</title></head><body><p><div>x</p></body></html>'
    assert any("/faulty/: close-order" in complaint for complaint in complaints(tmp_path, iter([("/faulty/", page)])))
