"""Every snippet that says `runnable: true` is run against replay, served on loopback, and a broken one is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fake_api import FakeApi
from tests.pages.reader import LANGUAGES, page
from tests.replayed import Endpoint, Replay
from tests.snippet_runs import (
    KEY,
    PINNED,
    RUNNABLE,
    SNIPPETS,
    SUFFIX,
    code_of,
    exits_with_0_and_shows_no_key,
    replaced,
    run,
    run_without_waiting,
)

BROKEN = [
    ("base-url-python-check", "import anthropic\n", ""),
    ("base-url-python-check", "message.content[0].text", "message.content[1].text"),
    ("base-url-python-check", "client.base_url.host", "client.api_key"),
    ("base-url-node-check", "client.messages.create", "client.message.create"),
    ("curl-test-bash", '-H "x-api-key: $ANTHROPIC_API_KEY"', "--no-such-option"),
    ("key-check-bash", "tr '!-~' '*'", "cat"),
]


@pytest.mark.parametrize("slug", RUNNABLE)
def test_a_runnable_snippet_exits_with_0_and_never_shows_the_key(slug: str, tmp_path: Path, well: Endpoint) -> None:
    exits_with_0_and_shows_no_key(SNIPPETS[slug]["language"], code_of(slug), tmp_path, well.url)


@pytest.mark.parametrize(("slug", "part", "becomes"), BROKEN)
def test_a_broken_snippet_is_noticed(slug: str, part: str, becomes: str, tmp_path: Path, well: Endpoint) -> None:
    code = replaced(code_of(slug), part, becomes)
    with pytest.raises(AssertionError):
        exits_with_0_and_shows_no_key(SNIPPETS[slug]["language"], code, tmp_path, well.url)


@pytest.mark.parametrize("slug", ["base-url-python-check", "base-url-node-check", "curl-test-bash", "report-bash"])
def test_a_snippet_that_the_api_refuses_is_noticed(slug: str, tmp_path: Path, replay: Replay) -> None:
    refusing = replay("404-model-not-found")
    with pytest.raises(AssertionError):
        exits_with_0_and_shows_no_key(SNIPPETS[slug]["language"], code_of(slug), tmp_path, refusing.url)
    assert refusing.requests() == 1


def test_a_spend_cap_is_told_from_other_429s(tmp_path: Path, replay: Replay) -> None:
    told = {}
    for named in ("enforced_spend_limit_reached", ""):
        limited = replay("429-spend-cap-reached", code=named) if named else replay("429-rate-limited")
        told[named] = run_without_waiting(PINNED["python"], code_of("spend-cap-stop-python"), tmp_path, limited.url)
    assert told["enforced_spend_limit_reached"].stderr == "spend cap reached: stop, retrying will not help\n"
    assert "RateLimitError" in told[""].stderr


def test_python_node_and_bash_snippets_are_run_and_no_others() -> None:
    assert {SNIPPETS[slug]["language"] for slug in RUNNABLE} == set(SUFFIX)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_which_snippets_our_tests_do_not_execute(lang: str) -> None:
    said = {"en": "not executed in our tests", "zh-hans": "未在我们的测试中执行"}[lang]
    windows = {slug: fields for slug, fields in SNIPPETS.items() if fields["language"] in ("powershell", "cmd")}
    assert windows
    for slug, fields in windows.items():
        kind, owner = ("howtos", fields["howto"]) if fields.get("howto") else ("errors", fields["entry"])
        shown = page(f"/{lang}/{kind}/{owner[0]}/").text
        assert said in shown[shown.index(fields["title"][lang]) :], slug


def test_retired_model_ids_are_found_in_a_project_and_current_ones_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "config.py").write_text("OLD = 'claude-3-5-sonnet-20241022'\nNEW = 'claude-opus-4-6'\n")
    result = run(PINNED["bash"], code_of("find-retired-model-ids"), tmp_path, {})
    assert (result.returncode, "config.py:1:" in result.stdout, "config.py:2:" in result.stdout) == (0, True, False)


# Which key arrived is what replay does not tell: it keeps none.
def test_a_key_that_is_typed_reaches_the_next_command_and_not_the_screen(tmp_path: Path, api: FakeApi) -> None:
    code = code_of("api-key-shell") + code_of("curl-test-bash")
    result = run(PINNED["bash"], code, tmp_path, {"ANTHROPIC_BASE_URL": api.url}, typed=f"{KEY}\n")
    assert (result.returncode, api.credentials) == (0, [KEY]), result.stderr
    assert KEY not in result.stdout + result.stderr
