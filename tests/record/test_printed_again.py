"""The clients on this machine are asked again: they print what was recorded, and it leads where it did."""

from __future__ import annotations

import os
import shutil
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from kb.content.recordings import FOLDER, Recording, read_file
from kb.handbook import current
from record.clients import printed
from record.plan import SESSIONS, Session
from record.recording import name
from record.scrub import scrubbed
from record.service import reachable
from tests.served import served

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
MODULES = Path(os.environ.get("KB_NODE_MODULES", "node_modules"))
NODE = shutil.which("node") and (MODULES / "@anthropic-ai/sdk").is_dir()


def newest(client: str, mode: str) -> Session:
    """The session of the newest version of a client; they are planned from old to new."""
    return [session for session in SESSIONS if (session.client, session.mode) == (client, mode)][-1]


PYTHON = [newest("python-sdk", mode) for mode in ("line", "stream-during")]
JAVASCRIPT = [newest("node-sdk", mode) for mode in ("line", "stream-during")]
CURL = [newest("curl", mode) for mode in ("s", "i", "w")]


def recorded(session: Session) -> list[Recording]:
    return read_file(FIXTURES / FOLDER / name(session))


def again(session: Session, place: Path | None = None) -> dict[str, str]:
    """What is printed now, by entry."""
    cases = session.cases(current().listed())
    with served("--workers", "2") as origin, reachable(cases, origin) as asked:
        told = printed(session, asked, place)
    return {case.entry: scrubbed(text) for case, text in zip(cases, told, strict=True) if scrubbed(text)}


def same(session: Session, place: Path | None = None) -> None:
    """Fails with what differs."""
    now, before = again(session, place), {recording.entry: recording.text for recording in recorded(session)}
    assert list(now) and {code: text for code, text in now.items() if before.get(code) != text} == {}, "make record"
    assert set(before) <= set(now)


def test_what_is_installed_for_the_tests_is_what_was_recorded_last() -> None:
    assert PYTHON[0].version == version("anthropic"), "record it: record/clients.txt, record/plan.py, make record"


def test_what_is_installed_is_what_is_planned() -> None:
    lines = (Path(__file__).resolve().parents[2] / "record/clients.txt").read_text("utf-8").splitlines()
    listed = {tuple(line.split()[:2]) for line in lines if not line.startswith("#")}
    assert listed == {(session.client, session.version) for session in SESSIONS if session.version}


@pytest.mark.parametrize("session", PYTHON, ids=name)
def test_the_python_sdk_prints_the_same(session: Session) -> None:
    same(session, Path(sys.executable).parent.parent)


@pytest.mark.skipif(not NODE, reason="node or @anthropic-ai/sdk is missing (its node_modules: KB_NODE_MODULES)")
@pytest.mark.parametrize("session", JAVASCRIPT, ids=name)
def test_the_node_sdk_prints_the_same(session: Session) -> None:
    same(session, MODULES.parent)


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
@pytest.mark.parametrize("session", CURL, ids=name)
def test_curl_prints_the_same(session: Session) -> None:
    same(session)


def test_a_client_that_prints_something_else_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.record.test_printed_again.again", lambda session, place: {"529-overloaded": "Oops"})
    with pytest.raises(AssertionError, match="make record"):
        same(PYTHON[1])
