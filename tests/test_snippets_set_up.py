"""The set-ups that snippets show lead to the endpoint they name, with the credential they name and no other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.fake_api import FakeApi
from tests.snippet_runs import EVERY, KEY, NAMES, PINNED, SNIPPETS, Sdk, code_of, official, run

RELAY = NAMES["fact:example-relay-url"]
OTHER = "relay-key-9876543210"
MESSAGES, MODELS = "/v1/messages", "/v1/models"
ASK = {
    "python": (
        "\nprint(client.messages.create(model='claude-x', max_tokens=8,"
        " messages=[{'role': 'user', 'content': 'ping'}]).content[0].text)\n"
    ),
    "node": (
        "\nconst said = await client.messages.create({ model: 'claude-x', max_tokens: 8,"
        " messages: [{ role: 'user', content: 'ping' }] });\nconsole.log(said.content[0].text);\n"
    ),
}
CHECKS = ("base-url-python-check", "base-url-node-check", "curl-test-bash", "version-header-python")


def at(api: FakeApi, slug: str) -> str:
    """The snippet with the invented relay replaced by the fake API."""
    code = code_of(slug)
    assert RELAY in code
    return code.replace(RELAY, api.url)


@pytest.mark.parametrize("sdk", EVERY, ids=str)
def test_a_client_made_for_a_relay_reaches_it_with_the_relay_s_key(sdk: Sdk, tmp_path: Path, api: FakeApi) -> None:
    code = at(api, f"base-url-{sdk.language}") + ASK[sdk.language]
    result = run(sdk, code, tmp_path, {"RELAY_API_KEY": OTHER, "ANTHROPIC_API_KEY": KEY})
    assert (result.returncode, result.stdout) == (0, "pong\n"), result.stderr
    assert api.paths == [MESSAGES]
    assert [credential.removeprefix("Bearer ") for credential in api.credentials] == [OTHER]


@pytest.mark.parametrize(
    ("slug", "variable", "credential"),
    [("send-x-api-key-python", "GATEWAY_KEY", OTHER), ("relay-token-pair-python", "RELAY_TOKEN", f"Bearer {OTHER}")],
)
def test_a_client_made_for_a_gateway_sends_its_credential_where_it_is_looked_for(
    slug: str, variable: str, credential: str, tmp_path: Path, api: FakeApi
) -> None:
    result = run(PINNED["python"], at(api, slug) + ASK["python"], tmp_path, {variable: OTHER})
    assert (result.returncode, api.paths, api.credentials) == (0, [MESSAGES], [credential]), result.stderr


def test_the_shell_s_line_reaches_it_in_this_window_and_in_new_ones(tmp_path: Path, api: FakeApi) -> None:
    asked = code_of("curl-test-bash")
    result = run(PINNED["bash"], at(api, "base-url-shell") + asked, tmp_path, {"ANTHROPIC_API_KEY": KEY})
    assert (result.returncode, "HTTP 200" in result.stdout) == (0, True), result.stderr
    again = run(PINNED["bash"], "source ~/.zshrc\n" + asked, tmp_path, {"ANTHROPIC_API_KEY": KEY})
    assert (again.returncode, "HTTP 200" in again.stdout) == (0, True), again.stderr
    assert (api.paths, api.credentials) == ([MESSAGES] * 2, [KEY] * 2)


@pytest.mark.parametrize("language", ["python", "node"])
def test_the_settings_of_claude_code_lead_the_sdk_there_too(language: str, tmp_path: Path, api: FakeApi) -> None:
    settings = json.loads(at(api, "base-url-claude-code"))["env"]
    result = run(PINNED[language], code_of(f"base-url-{language}-check"), tmp_path, settings)
    assert (result.returncode, api.paths) == (0, [MESSAGES]), result.stderr
    assert api.credentials == [f"Bearer {settings['ANTHROPIC_AUTH_TOKEN']}"]


def test_the_models_of_a_relay_are_listed_with_its_token(tmp_path: Path, api: FakeApi) -> None:
    result = run(PINNED["bash"], at(api, "list-relay-models"), tmp_path, {"RELAY_TOKEN": OTHER})
    assert (result.returncode, api.paths, api.credentials) == (0, [MODELS], [f"Bearer {OTHER}"])
    assert json.loads(result.stdout)["data"]


@pytest.mark.parametrize("slug", CHECKS)
def test_a_slash_at_the_end_of_the_base_url_does_no_harm(slug: str, tmp_path: Path, api: FakeApi) -> None:
    environment = official(api) | {"ANTHROPIC_BASE_URL": f"{api.url}/"}
    result = run(PINNED[SNIPPETS[slug]["language"]], code_of(slug), tmp_path, environment)
    assert (result.returncode, api.paths) == (0, [MESSAGES]), result.stderr


@pytest.mark.parametrize("language", ["python", "node"])
def test_a_set_up_with_v1_at_the_end_is_noticed(language: str, tmp_path: Path, api: FakeApi) -> None:
    code = at(api, f"base-url-{language}").replace(api.url, f"{api.url}/v1") + ASK[language]
    result = run(PINNED[language], code, tmp_path, {"RELAY_API_KEY": OTHER})
    assert (result.returncode, api.paths) == (1, ["/v1/v1/messages"])
