"""“Reproduce this” on the page of an entry: one line for each client, each of which runs."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client, override_settings

from kb.handbook import current
from kb.replay.failure import replayable
from kb.replay.keys import DUMMY
from kb.replay.reproduce import lines, reproduction
from kb.replay.sockets import Companion
from tests.markup import read
from tests.pages.reader import LANGUAGES, page

MODULES = Path(os.environ.get("KB_NODE_MODULES", "node_modules"))
NODE = shutil.which("node") and (MODULES / "@anthropic-ai/sdk").is_dir()
PROGRAMS = {"curl": shutil.which("curl"), "python": sys.executable, "node": NODE and shutil.which("node")}


def run(line: str, folder: Path) -> str:
    """What a line prints; `python` is this one, and Node finds the SDK."""
    program, *rest = shlex.split(line)
    if not PROGRAMS[program]:
        pytest.skip(f"{program} or its SDK is not installed")
    if program == "node":
        (folder / "node_modules").symlink_to(MODULES.resolve())
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    command = [str(PROGRAMS[program]), *rest]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60)
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("at", "told"), list(enumerate(("HTTP/1.1 404", "anthropic.NotFoundError", "NotFoundError: 404")))
)
def test_each_line_shows_the_error(at: int, told: str, origin: str, tmp_path: Path) -> None:
    line = lines(f"{origin}/replay/404-model-not-found")[at]
    assert told in run(line.code, tmp_path)


@pytest.mark.parametrize(("at", "told"), list(enumerate(("message_start", "incomplete chunked read", "terminated"))))
def test_each_line_of_a_stream_shows_where_it_breaks(at: int, told: str, tmp_path: Path) -> None:
    with Companion("cut") as companion:
        assert told in run(lines(companion.url, stream=True)[at].code, tmp_path)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_shows_a_line_for_each_client_with_a_dummy_key(lang: str) -> None:
    document = page(f"/{lang}/errors/529-overloaded/")
    assert {"reproduce-curl", "reproduce-python", "reproduce-node"} <= set(document.ids)
    assert document.text.count("http://testserver/replay/529-overloaded") == 3
    assert {"en": "Reproduce this", "zh-hans": "复现"}[lang] in document.text
    assert DUMMY in document.text


def test_a_failure_below_http_begins_with_the_command() -> None:
    document = page("/en/errors/000-tls-certificate/")
    assert "manage.py replay_socket tls" in document.text
    assert "https://127.0.0.1:8765/v1/messages" in document.text


def test_only_what_can_be_reproduced_is_offered() -> None:
    for entry in current().listed():
        offered = [line.slug for line in reproduction(entry, "http://h")]
        assert offered[-3:] == ["curl", "python", "node"] if replayable(entry) else offered[:1] in ([], ["socket"])
    assert reproduction(current().entries["sdk-not-installed"], "http://h") == []


def test_nothing_is_offered_where_replay_is_off() -> None:
    with override_settings(REPLAY=False):
        document = read(Client().get("/en/errors/529-overloaded/?not=kept").content)
    assert "reproduce" not in document.ids
