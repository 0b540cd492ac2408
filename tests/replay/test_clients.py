"""The real clients, pointed at a running server, raise exactly the status and class of every answer."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import shutil
import subprocess
from functools import cache
from io import StringIO
from pathlib import Path

import anthropic
import pytest
from django.core.management import CommandError, call_command

from kb.handbook import current
from kb.replay.clients import Ask, Seen, curl, installed, node, python
from kb.replay.keys import DUMMY
from kb.replay.table import Row, ask_all, rows
from tests.apart import apart

ROOT = Path(__file__).resolve().parents[1]
MODULES = Path(os.environ.get("KB_NODE_MODULES", "node_modules"))
NODE = shutil.which("node") and (MODULES / "@anthropic-ai/sdk").is_dir()
WITHOUT_NODE = "node or @anthropic-ai/sdk is missing (its node_modules: KB_NODE_MODULES)"
CLIENTS: dict[str, Ask] = {"python": python, "node": node(MODULES), "curl": curl}
IN_NODE = {"HTTPNotImplementedError": "NotImplementedError"}  # the one class that the Node SDK calls otherwise
HELLO: anthropic.types.MessageParam = {"role": "user", "content": "hi"}


@cache
def classes() -> dict[tuple[str, str], str]:
    """The class for each status and error code, as the SDKs were found to raise them."""
    lines = (ROOT / "corpus/sdk_errors.tsv").read_text("utf-8").splitlines()[1:]
    return {(status, code): name for status, code, name in map(str.split, lines)}


def exact(row: Row, client: str) -> str:
    """What an SDK raises for the answer of a row; empty when nothing."""
    body = current().entries[row.entry].response
    error = json.loads(body.body).get("error") if body and body.body.startswith("{") and not row.named else None
    code = row.named or (error.get("details", {}).get("error_code") if isinstance(error, dict) else None) or "-"
    other = "InternalServerError" if row.status >= 500 else ""
    name = classes().get((str(row.status), code)) or classes().get((str(row.status), "-"), other)
    return IN_NODE.get(name, name) if client == "node" else name


@pytest.mark.parametrize("client", CLIENTS)
def test_each_client_raises_exactly_the_class_and_status_of_every_entry(client: str, origin: str) -> None:
    if client == "node" and not NODE:
        pytest.skip(WITHOUT_NODE)
    if client == "curl" and not shutil.which("curl"):
        pytest.skip("curl is not installed")
    wanted = rows(current().listed())
    seen = ask_all(origin, wanted, {client: CLIENTS[client]})[client]
    expected = [Seen(row.status, "" if client == "curl" or row.status < 400 else exact(row, client)) for row in wanted]
    assert len(wanted) > 200
    assert [(row.title, s, e) for row, s, e in zip(wanted, seen, expected, strict=True) if s != e] == []
    assert [row.title for row, one in zip(wanted, seen, strict=True) if not row.fits(client, one)] == []


def test_the_table_is_printed_by_one_command_and_is_all_green(origin: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.management.commands.replay_table.installed", lambda modules: {"curl": curl})
    printed = StringIO()
    call_command("replay_table", base=origin, stdout=printed)
    *lines, total = printed.getvalue().splitlines()
    assert len(lines) == len(rows(current().listed()))
    assert "0 wrong · not installed: python, node" in total


def test_the_table_exits_with_1_when_a_client_saw_something_else(origin: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong: Ask = lambda urls: [Seen(418, "Teapot")] * len(urls)  # noqa: E731
    monkeypatch.setattr("kb.management.commands.replay_table.installed", lambda modules: {"python": wrong})
    with pytest.raises(SystemExit):
        call_command("replay_table", base=origin, stdout=StringIO())


@pytest.mark.parametrize("base", ["http://127.0.0.1:9", "nowhere"])
def test_the_table_says_when_nothing_replays_there(base: str) -> None:
    with pytest.raises(CommandError, match=f"nothing replays at {base}"):
        call_command("replay_table", base=base)


def test_the_installed_clients_are_found() -> None:
    assert "python" in installed(MODULES)
    assert ("node" in installed(MODULES)) == bool(NODE)
    assert "node" not in installed(Path("nowhere"))


class TestRetries:
    def test_the_retries_of_the_python_sdk_succeed(self, origin: str) -> None:
        client = anthropic.Anthropic(api_key=DUMMY, base_url=f"{origin}/replay/529-overloaded/times=2,after=1")
        answer = client.messages.create(model="replay", max_tokens=9, messages=[HELLO])
        assert answer.content[0].type == "text"

    def test_one_failure_more_than_it_retries_is_raised(self, origin: str) -> None:
        base = f"{origin}/replay/529-overloaded/times=2"
        client = anthropic.Anthropic(api_key=DUMMY, base_url=base, max_retries=1)
        with pytest.raises(anthropic.APIStatusError, match="Overloaded"):
            client.messages.create(model="replay", max_tokens=9, messages=[HELLO])

    def test_the_async_client_succeeds_as_well(self, origin: str) -> None:
        async def ask() -> str:
            base = f"{origin}/replay/429-rate-limited/times=1,after=1"
            async with anthropic.AsyncAnthropic(api_key=DUMMY, base_url=base) as client:
                return (await client.messages.create(model="replay", max_tokens=9, messages=[HELLO])).type

        assert apart(lambda: asyncio.run(ask())) == "message"

    def test_a_run_is_counted_across_workers(self, origin: str) -> None:
        base = f"{origin}/replay/529-overloaded/times=4,run={secrets.token_hex(4)}"
        assert [seen.status for seen in curl([base] * 6)] == [529] * 4 + [200] * 2

    @pytest.mark.skipif(not NODE, reason=WITHOUT_NODE)
    def test_the_retries_of_the_node_sdk_succeed(self, origin: str) -> None:
        sdk = (MODULES / "@anthropic-ai/sdk").resolve()
        code = (
            f"import Anthropic from 'file://{sdk}/index.mjs';"
            f"const base = '{origin}/replay/529-overloaded/times=2,after=1';"
            f"const client = new Anthropic({{ apiKey: '{DUMMY}', baseURL: base }});"
            "const hello = [{ role: 'user', content: 'hi' }];"
            "console.log((await client.messages.create({ model: 'replay', max_tokens: 9, messages: hello })).type);"
        )
        command = ["node", "--input-type=module", "-e", code]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, env={"PATH": os.environ["PATH"]})
        assert done.stdout == "message\n", done.stderr


class TestStreams:
    def test_an_error_inside_a_stream_is_raised_after_some_text(self, origin: str) -> None:
        client = anthropic.Anthropic(api_key=DUMMY, base_url=f"{origin}/replay/529-overloaded/stream=during")
        read: list[str] = []
        with (
            pytest.raises(anthropic.APIStatusError, match="overloaded_error"),
            client.messages.stream(model="replay", max_tokens=9, messages=[HELLO]) as stream,
        ):
            read.extend(stream.text_stream)
        assert "".join(read)

    def test_a_stream_succeeds_after_its_failures(self, origin: str) -> None:
        client = anthropic.Anthropic(api_key=DUMMY, base_url=f"{origin}/replay/529-overloaded/times=1,after=1")
        with client.messages.stream(model="replay", max_tokens=9, messages=[HELLO]) as stream:
            assert "".join(stream.text_stream) == "Replayed: no model was asked."


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_curl_gets_the_whole_answer_also_when_it_sends_a_large_body(origin: str) -> None:
    command = ["curl", "-sS", "--data-binary", "@-", f"{origin}/replay/413-request-too-large/v1/messages"]
    done = subprocess.run(command, input=b"x" * 900_000, capture_output=True, timeout=60)
    response = current().entries["413-request-too-large"].response
    assert response
    assert done.stdout.decode() == response.body, done.stderr
