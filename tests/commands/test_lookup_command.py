"""`manage.py lookup [FILE|-]`: the answer of the page, in a terminal."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from kb.handbook import current
from tests.pages.test_result_page import ARTICLE, DETAILS, KEY_ERROR, TIME_OUT, TRACEBACK

CODE = "401-invalid-api-key"


def run(text: str | bytes, monkeypatch: pytest.MonkeyPatch, **options: Any) -> str:
    """The command with a text on its standard input."""
    data = text if isinstance(text, bytes) else text.encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    out = io.StringIO()
    call_command("lookup", stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("paste", "first"),
    [
        (TRACEBACK, CODE),
        (ARTICLE, CODE),
        (DETAILS, CODE),
        (TIME_OUT, "000-connection-timeout"),
        (KEY_ERROR, "Not recognised"),
        ("连接失败 401", "Not recognised"),
    ],
)
def test_the_answer_begins_with_the_code(monkeypatch: pytest.MonkeyPatch, paste: str, first: str) -> None:
    assert run(paste, monkeypatch).startswith(first)


def test_a_status_alone_leads_to_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "/en/status/401/" in run("连接失败 401", monkeypatch)


def test_a_file_is_read_by_its_name(tmp_path: Path) -> None:
    path, out = tmp_path / "error.log", io.StringIO()
    path.write_text(TRACEBACK, encoding="utf-8")
    call_command("lookup", str(path), stdout=out)
    assert out.getvalue().startswith(CODE)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"cannot read .*nothing\.log"):
        call_command("lookup", str(tmp_path / "nothing.log"))


def test_json_is_the_answer_of_the_api(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    settings.BASE_URL = "https://errors.example.org"
    answer = json.loads(run(TRACEBACK, monkeypatch, json=True))
    assert answer["matches"][0]["code"] == CODE
    assert answer["matches"][0]["permalink"] == f"https://errors.example.org/e/{CODE}/python-sdk"
    assert "text" not in answer


def test_the_language_and_the_client_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = run("invalid x-api-key", monkeypatch, lang="zh-hans", client="cursor")
    assert current().entries[CODE].title["zh-hans"] in answer
    assert f"/e/{CODE}/cursor" in answer


def test_explain_lists_facts_evidence_with_spans_and_what_was_ruled_out(monkeypatch: pytest.MonkeyPatch) -> None:
    told = run(TRACEBACK, monkeypatch, explain=True)
    at = TRACEBACK.index("invalid x-api-key")
    assert "status: 401" in told
    assert f"[{at}:{at + 17}]  invalid x-api-key" in told
    assert "ruled out: 401-token" not in told
    assert "other_product" in run("POST https://api.openai.com/v1: Connection error.", monkeypatch, explain=True)


def test_explain_weighs_error_codes_and_words_found_by_search(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "compaction_content_mismatch"
    told = run(f"Claude: {{'error_code': '{code}'}}", monkeypatch, explain=True)
    assert f"error_code: {code}" in told
    assert [line.split() for line in told.splitlines() if line.startswith("  error_code")] == [
        ["error_code", "0.90", "-", code]
    ]
    told = run("claude code login expired", monkeypatch, explain=True)
    assert any(line.split()[0] == "search" and line.endswith("[12:17]  login") for line in told.splitlines() if line)


def test_explain_names_what_an_entry_gives_way_to(monkeypatch: pytest.MonkeyPatch) -> None:
    told = run("Claude Code: Connection error. getaddrinfo ENOTFOUND api.anthropic.com", monkeypatch, explain=True)
    assert re.search(r"ruled out: 000-connection-error  0\.\d+ \(yields_to:000-dns-failure\)\n  message ", told)


def test_explain_of_nothing_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("", monkeypatch, explain=True).strip() == "nothing was understood"


def test_bytes_that_are_no_utf_8_are_read_as_far_as_they_go(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(b"\xff\xfe invalid x-api-key", monkeypatch).startswith(CODE)


def test_a_long_log_is_read_at_its_ends_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    said = io.StringIO()
    answer = run("line of a log\n" * 100_000 + TRACEBACK, monkeypatch, stderr=said)
    assert answer.startswith(CODE)
    assert "64 KiB" in said.getvalue()
