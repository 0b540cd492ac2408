"""Real clients asked for one message each under many base URLs: the status and class that a program sees."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.replay.keys import DUMMY

NODE = """\
const [folder, apiKey, ...urls] = process.argv.slice(1);
const { default: Anthropic } = await import(`file://${folder}/index.mjs`);
const seen = [];
for (const baseURL of urls) {
  const client = new Anthropic({ apiKey, baseURL, maxRetries: 0 });
  const asked = client.messages.create({ model: "replay", max_tokens: 9, messages: [{ role: "user", content: "hi" }] });
  seen.push(await asked.withResponse().then(
    ({ response }) => [response.status, ""], (error) => [error.status ?? null, error.constructor.name]));
}
console.log(JSON.stringify(seen));
"""


@dataclass(frozen=True)
class Seen:
    """`name` is the class of the error, empty when none was raised; `status` is None when there was no answer."""

    status: int | None
    name: str


Ask = Callable[[Sequence[str]], list[Seen]]


def python(urls: Sequence[str]) -> list[Seen]:
    """The SDK of this Python, without its retries."""
    import anthropic

    def ask(url: str) -> Seen:
        client = anthropic.Anthropic(api_key=DUMMY, base_url=url, max_retries=0)
        hello: anthropic.types.MessageParam = {"role": "user", "content": "hi"}
        try:
            raw = client.messages.with_raw_response.create(model="replay", max_tokens=9, messages=[hello])
            raw.parse()
        except anthropic.APIStatusError as error:
            return Seen(error.status_code, type(error).__name__)
        except anthropic.AnthropicError as error:
            return Seen(None, type(error).__name__)
        return Seen(raw.status_code, "")

    return [ask(url) for url in urls]


def node(modules: Path) -> Ask:
    """The SDK in a `node_modules` folder, all in one process."""

    def ask(urls: Sequence[str]) -> list[Seen]:
        folder = str((modules / "@anthropic-ai/sdk").resolve())
        told = _run(["node", "--input-type=module", "-e", NODE, folder, DUMMY, *urls])
        return [Seen(status, name) for status, name in json.loads(told)]

    return ask


def curl(urls: Sequence[str]) -> list[Seen]:
    """One process as well; it raises nothing."""
    asked = [part for url in urls for part in ("-o", os.devnull, f"{url}/v1/messages")]
    told = _run(["curl", "-s", "-w", "%{http_code}\n", "-H", f"x-api-key: {DUMMY}", "-d", "{}", *asked])
    return [Seen(int(status) or None, "") for status in told.split()]


def installed(modules: Path) -> dict[str, Ask]:
    """The clients found on this machine."""
    found: dict[str, Ask] = {}
    try:
        import anthropic  # noqa: F401
    except ImportError:
        pass
    else:
        found["python"] = python
    if shutil.which("node") and (modules / "@anthropic-ai/sdk").is_dir():
        found["node"] = node(modules)
    return found | ({"curl": curl} if shutil.which("curl") else {})


def _run(command: list[str]) -> str:
    environment = {"PATH": os.environ["PATH"]}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=True)  # noqa: S603
    return done.stdout
