"""The set-ups that snippets show lead to the endpoint they name, with the credential they name and no other."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kb.replay.success import MODEL, TEXT
from tests.fake_api import FakeApi
from tests.replayed import Endpoint, Replay
from tests.snippet_runs import EVERY, KEY, NAMES, PINNED, SNIPPETS, Sdk, code_of, official, run

RELAY = NAMES["fact:example-relay-url"]
OTHER = "relay-key-9876543210"
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
SETTINGS: dict[str, str] = json.loads(code_of("base-url-claude-code"))["env"]
NEW_WINDOW = "\nunset ANTHROPIC_BASE_URL\nsource ~/.zshrc\n"


@dataclass(frozen=True)
class SetUp:
    """A program that asks through the invented relay; `sent`: its credential, request by request."""

    sdk: Sdk
    code: str
    sent: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    path: str = "/v1/messages"
    shown: str = TEXT

    def run(self, base: str, folder: Path) -> subprocess.CompletedProcess[str]:
        """With the relay's address replaced by this one, and an official key lying about."""
        assert RELAY in f"{self.code} {self.environment}"
        environment = {"ANTHROPIC_API_KEY": KEY} | self.environment
        led = {name: value.replace(RELAY, base) for name, value in environment.items()}
        return run(self.sdk, self.code.replace(RELAY, base), folder, led)


def client(slug: str, sdk: Sdk, variable: str, sent: str = OTHER) -> SetUp:
    return SetUp(sdk, code_of(slug) + ASK[sdk.language], [sent], {variable: OTHER})


def settings_of_claude_code(language: str) -> SetUp:
    """They lead the SDK there, too."""
    sent = [f"Bearer {SETTINGS['ANTHROPIC_AUTH_TOKEN']}"]
    return SetUp(PINNED[language], code_of(f"base-url-{language}-check"), sent, SETTINGS | {"ANTHROPIC_API_KEY": ""})


SET_UPS = {
    **{f"a client, {sdk}": client(f"base-url-{sdk.language}", sdk, "RELAY_API_KEY") for sdk in EVERY},
    "a gateway's key": client("send-x-api-key-python", PINNED["python"], "GATEWAY_KEY", f"{OTHER}, Bearer {OTHER}"),
    "a relay's token": client("relay-token-pair-python", PINNED["python"], "RELAY_TOKEN", f"Bearer {OTHER}"),
    "the shell's line, in this window and in a new one": SetUp(
        PINNED["bash"],
        code_of("base-url-shell") + code_of("curl-test-bash") + NEW_WINDOW + code_of("curl-test-bash"),
        [KEY, KEY],
    ),
    "the settings of Claude Code, python": settings_of_claude_code("python"),
    "the settings of Claude Code, node": settings_of_claude_code("node"),
    "a relay's models": SetUp(
        PINNED["bash"],
        code_of("list-relay-models"),
        [f"Bearer {OTHER}"],
        {"RELAY_TOKEN": OTHER},
        path="/v1/models",
        shown=f'"id": "{MODEL}"',
    ),
}


def keys(credential: str) -> set[str]:
    """Whatever the header is called that they come in."""
    return {key.removeprefix("Bearer ") for key in credential.split(", ")}


EVERY_SET_UP = pytest.mark.parametrize("set_up", SET_UPS.values(), ids=SET_UPS.keys())


@EVERY_SET_UP
def test_it_reaches_the_endpoint(set_up: SetUp, tmp_path: Path, well: Endpoint) -> None:
    result = set_up.run(well.url, tmp_path)
    assert result.returncode == 0, result.stderr
    assert result.stdout.count(set_up.shown) == well.requests() == len(set_up.sent)


@EVERY_SET_UP
def test_it_sends_the_credential_that_it_names_and_no_other(set_up: SetUp, tmp_path: Path, api: FakeApi) -> None:
    """Replay cannot tell: it keeps no key."""
    result = set_up.run(api.url, tmp_path)
    assert (result.returncode, api.paths) == (0, [set_up.path] * len(set_up.sent)), result.stderr
    for sent, wanted in zip(api.credentials, set_up.sent, strict=True):
        assert wanted in sent
        assert keys(sent) == keys(wanted)


@pytest.mark.parametrize("slug", CHECKS)
def test_a_slash_at_the_end_of_the_base_url_does_no_harm(slug: str, tmp_path: Path, well: Endpoint) -> None:
    result = run(PINNED[SNIPPETS[slug]["language"]], code_of(slug), tmp_path, official(f"{well.url}/"))
    assert result.returncode == 0, result.stderr
    assert (result.stdout.count(TEXT), well.requests()) == (1, 1)


@pytest.mark.parametrize("language", ["python", "node"])
def test_a_set_up_with_v1_at_the_end_is_noticed(language: str, tmp_path: Path, replay: Replay) -> None:
    well = replay("529-overloaded", times=0)
    result = SET_UPS[f"a client, {PINNED[language]}"].run(f"{well.url}/v1", tmp_path)
    assert result.returncode == 1
    assert "/v1 twice" in result.stderr
