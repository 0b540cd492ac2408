"""Failures below HTTP, on loopback: each mode is the failure that its entry describes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import anthropic
import pytest
from django.core.management import CommandError, call_command

from kb.handbook import current
from kb.replay.keys import DUMMY
from kb.replay.sockets import MODES, Companion, untrusted
from tests.apart import heed_ctrl_c

ROOT = Path(__file__).resolve().parents[2]
HELLO: anthropic.types.MessageParam = {"role": "user", "content": "hi"}


def client(url: str, timeout: float = 5) -> anthropic.Anthropic:
    return anthropic.Anthropic(api_key=DUMMY, base_url=url, max_retries=0, timeout=timeout)


def create(url: str, timeout: float = 5) -> anthropic.types.Message:
    return client(url, timeout).messages.create(model="replay", max_tokens=9, messages=[HELLO])


def why(error: BaseException) -> str:
    """The messages of an error and of its causes."""
    cause = error.__cause__ or error.__context__
    return f"{type(error).__name__}: {error}\n" + (why(cause) if cause else "")


def test_every_mode_leads_to_an_entry() -> None:
    assert {mode.code for mode in MODES.values()} <= set(current().entries)


@pytest.mark.parametrize(("mode", "told"), [("reset", "Connection reset"), ("refused", "Connection refused")])
def test_the_connection_fails(mode: str, told: str) -> None:
    with Companion(mode) as companion, pytest.raises(anthropic.APIConnectionError) as raised:
        create(companion.url)
    assert told in why(raised.value)


def test_nothing_is_answered() -> None:
    with Companion("timeout") as companion, pytest.raises(anthropic.APITimeoutError):
        create(companion.url, timeout=0.5)


def test_a_slow_answer_arrives_for_those_who_wait() -> None:
    with Companion("slow", pause=0.01) as companion:
        assert create(companion.url).type == "message"


def test_a_slow_answer_is_a_time_out_for_those_who_do_not() -> None:
    with Companion("slow", pause=1) as companion, pytest.raises(anthropic.APITimeoutError):
        create(companion.url, timeout=0.3)


def test_a_stream_is_cut_off_after_its_beginning() -> None:
    seen: list[str] = []
    with Companion("cut") as companion, pytest.raises(Exception, match="incomplete chunked read"):
        for event in client(companion.url).messages.create(model="replay", max_tokens=9, messages=[HELLO], stream=True):
            seen.append(event.type)
    assert seen == ["message_start"]


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_a_page_comes_instead_of_json() -> None:
    with Companion("html") as companion:
        done = subprocess.run(["curl", "-sSi", companion.url], capture_output=True, text=True, timeout=90)
    assert "content-type: text/html" in done.stdout
    assert "<!doctype html>" in done.stdout


def test_a_certificate_that_nobody_trusts_is_refused() -> None:
    tls = untrusted()
    if tls is None:
        pytest.skip("trustme is not installed (pip install -r requirements-dev.txt)")
    with Companion("tls", tls=tls) as companion, pytest.raises(anthropic.APIConnectionError) as raised:
        create(companion.url)
    assert "certificate verify failed" in why(raised.value)


def test_without_trustme_the_command_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trustme", None)
    with pytest.raises(CommandError, match="trustme is not installed"):
        call_command("replay_socket", "tls")


def test_it_listens_on_loopback_only() -> None:
    with Companion("html") as companion:
        assert companion.url.startswith("http://127.0.0.1:")


def test_the_command_says_where_it_listens_and_ends_with_ctrl_c() -> None:
    command = [sys.executable, "manage.py", "replay_socket", "refused", "--port", "0"]
    unbuffered = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=unbuffered, preexec_fn=heed_ctrl_c
    )
    assert process.stdout
    line = process.stdout.readline()
    process.send_signal(2)
    assert process.wait(timeout=90) == 0
    process.stdout.close()
    assert line.startswith("http://127.0.0.1:")
    assert "000-connection-refused" in line


def test_a_port_in_use_is_named() -> None:
    with Companion("html") as companion:
        port = companion.url.rpartition(":")[2]
        with pytest.raises(CommandError, match=port):
            call_command("replay_socket", "html", "--port", port)
