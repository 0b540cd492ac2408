"""Every snippet that says `runnable: true` is run against a fake API on loopback; the retrying ones meet errors too."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.fake_api import FakeApi, error, overloaded, overloaded_in_a_stream, rate_limited

ROOT = Path(__file__).resolve().parents[1]
KEY = "test-key-0123456789"
WITHOUT_CHECKS = re.compile(r"verify\s*=\s*False|NODE_TLS_REJECT_UNAUTHORIZED|--insecure|curl\S* [^\n]*-k\b|CERT_NONE")
SUFFIX = {"python": "py", "node": "mjs", "bash": "sh"}
NO_WAITING = {
    "python": "import time\ntime.sleep = lambda seconds: print(f'slept {seconds:.2f}')\n",
    "node": (  # a promise's own resolve, native and without a name, is a sleep; other timers belong to fetch
        "const real = globalThis.setTimeout;\n"
        "globalThis.setTimeout = (call, ms, ...rest) => {\n"
        "  if (call.name || !String(call).includes('[native code]')) return real(call, ms, ...rest);\n"
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


@pytest.fixture
def api() -> Iterator[FakeApi]:
    with FakeApi() as fake:
        yield fake


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


def link_node_modules(folder: Path) -> None:
    """ES modules are looked for beside the script, so link the packages there."""
    places = [Path(os.environ.get("KB_NODE_MODULES", "node_modules")), ROOT / "node_modules"]
    found = [place for place in places if (place / "@anthropic-ai/sdk").is_dir()]
    if not found:
        pytest.skip("@anthropic-ai/sdk is not installed (npm install it here, or name a folder in KB_NODE_MODULES)")
    (folder / "node_modules").symlink_to(found[0].resolve())


def run(language: str, code: str, folder: Path, api: FakeApi) -> subprocess.CompletedProcess[str]:
    command = program(language)
    if language == "node":
        link_node_modules(folder)
    script = folder / f"snippet.{SUFFIX[language]}"
    script.write_text(code, "utf-8")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONIOENCODING": "utf-8",
        "ANTHROPIC_BASE_URL": api.url,
        "ANTHROPIC_API_KEY": KEY,
    }
    return subprocess.run(
        [command, str(script)], cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=60
    )


def run_without_waiting(slug: str, folder: Path, api: FakeApi, **replaced: str) -> subprocess.CompletedProcess[str]:
    language, code = SNIPPETS[slug]["language"], code_of(slug)
    for old, new in replaced.items():
        assert code.count(f"({old})") == 1
        code = code.replace(f"({old})", f"({new})")
    return run(language, NO_WAITING[language] + code, folder, api)


def waits(result: subprocess.CompletedProcess[str]) -> list[float]:
    return [float(seconds) for seconds in re.findall(r"^slept ([\d.]+)$", result.stdout, re.MULTILINE)]


def gave_up_cleanly(result: subprocess.CompletedProcess[str]) -> bool:
    """Exit status 1 and one line that says so, no traceback."""
    return result.returncode == 1 and re.fullmatch(r"Gave up: [^\n]+\n", result.stderr) is not None


@pytest.mark.parametrize("slug", RUNNABLE)
def test_a_runnable_snippet_exits_with_0_and_never_shows_the_key(slug: str, tmp_path: Path, api: FakeApi) -> None:
    result = run(SNIPPETS[slug]["language"], code_of(slug), tmp_path, api)
    assert result.returncode == 0, result.stderr
    assert KEY not in result.stdout + result.stderr


def test_no_snippet_turns_certificate_checks_off() -> None:
    assert [slug for slug, fields in SNIPPETS.items() if WITHOUT_CHECKS.search(fields["code"])] == []


def test_only_python_node_and_bash_snippets_are_called_runnable() -> None:
    assert {SNIPPETS[slug]["language"] for slug in RUNNABLE} == set(SUFFIX)


@pytest.mark.parametrize("language", ["python", "node"])
class TestWhenRateLimited:
    def test_it_succeeds_on_the_third_attempt_and_waits_as_retry_after_asks(
        self, language: str, tmp_path: Path, api: FakeApi
    ) -> None:
        api.script = [rate_limited("7"), rate_limited("20")]
        result = run_without_waiting(f"retry-rate-limit-{language}", tmp_path, api)
        assert (result.returncode, len(api.paths)) == (0, 3), result.stderr
        assert result.stdout.endswith("pong\n")
        first, second = waits(result)
        assert 7 <= first < 10
        assert 20 <= second < 25

    def test_it_waits_longer_each_time_when_there_is_no_retry_after(
        self, language: str, tmp_path: Path, api: FakeApi
    ) -> None:
        api.script = [error(429, "rate_limit_error", "Slow down")] * 4
        result = run_without_waiting(f"retry-rate-limit-{language}", tmp_path, api)
        assert result.returncode == 0, result.stderr
        assert [seconds >= 2**attempt for attempt, seconds in enumerate(waits(result))] == [True] * 4

    def test_it_gives_up_cleanly_when_the_429_never_ends(self, language: str, tmp_path: Path, api: FakeApi) -> None:
        api.always = rate_limited("1")
        result = run_without_waiting(f"retry-rate-limit-{language}", tmp_path, api)
        assert gave_up_cleanly(result), result.stderr
        assert len(api.paths) == len(waits(result)) + 1 == 6


@pytest.mark.parametrize("language", ["python", "node"])
class TestWhenOverloaded:
    def test_it_outlasts_529s_that_the_sdk_gives_up_on(self, language: str, tmp_path: Path, api: FakeApi) -> None:
        api.script = [overloaded()] * 4
        result = run_without_waiting(f"retry-overloaded-{language}", tmp_path, api)
        assert (result.returncode, len(api.paths)) == (0, 5), result.stderr
        assert "overloaded, waiting" in result.stdout
        assert result.stdout.endswith("pong\n")

    def test_it_starts_again_after_an_error_event_inside_a_stream(
        self, language: str, tmp_path: Path, api: FakeApi
    ) -> None:
        api.script = [overloaded_in_a_stream()]
        streaming = {"ask_at_once": "ask_streaming"} if language == "python" else {"askAtOnce": "askStreaming"}
        result = run_without_waiting(f"retry-overloaded-{language}", tmp_path, api, **streaming)
        assert (result.returncode, len(api.paths)) == (0, 2), result.stderr
        assert "overloaded, waiting" in result.stdout
        assert result.stdout.endswith("pong\n")

    def test_it_does_not_retry_a_plain_400(self, language: str, tmp_path: Path, api: FakeApi) -> None:
        api.script = [error(400, "invalid_request_error", "prompt is too long: 3 tokens > 2 maximum")]
        result = run_without_waiting(f"retry-overloaded-{language}", tmp_path, api)
        assert gave_up_cleanly(result), result.stderr
        assert (len(api.paths), waits(result)) == (1, [])
