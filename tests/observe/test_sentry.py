"""What is reported to Sentry when the lookup breaks: where, and nothing of the request."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from sentry_sdk import add_breadcrumb, get_client, get_global_scope, set_context, set_tag, set_user
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from kb.handbook import Handbook
from kb.observe import sentry
from tests.observe.test_silence import ASKED, KEY, MARK, PASTE


class Kept(Transport):
    """Keeps whatever would have been sent, byte for byte."""

    sent: list[bytes] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.sent.append(envelope.serialize())


@pytest.fixture
def sent() -> Iterator[list[bytes]]:
    Kept.sent = []
    sentry.start("https://public@errors.example.org/1", Kept)
    yield Kept.sent
    get_client().close()
    get_global_scope().set_client(None)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def lookup(self: Handbook, text: str, *_: object) -> None:
        try:
            raise KeyError(text)
        except KeyError as cause:
            cause.add_note(text)
            add_breadcrumb(message=text)
            set_user({"email": text})
            set_tag("text", text)
            set_context("text", {"text": text})
            raise ValueError(f"cannot read {text}") from cause

    monkeypatch.setattr(Handbook, "lookup", lookup)


def _event(sent: list[bytes]) -> dict[str, Any]:
    assert len(sent) == 1
    event: dict[str, Any] = json.loads(sent[0].splitlines()[2])
    return event


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("door", ["form", "json", "text"])
def test_the_whole_report_holds_nothing_that_was_sent(sent: list[bytes], door: str) -> None:
    trace = f"sentry-trace_id={'a' * 32},sentry-transaction={MARK},sentry-release={MARK}"
    headers = {
        "user-agent": PASTE, "x-api-key": KEY, "cookie": f"a={MARK}", "referer": PASTE, "x-forwarded-for": MARK,
        "baggage": trace, "sentry-trace": f"{'a' * 32}-{'b' * 16}-1", "x-request-id": f"sk-{MARK}{'A1b2' * 10}",
    }  # fmt: skip
    client = Client(raise_request_exception=False, headers=headers)
    response: HttpResponse = ASKED[door](client)
    assert response.status_code == 500
    assert sent
    assert MARK.encode() not in b"".join(sent)


@pytest.mark.usefixtures("broken")
def test_the_report_says_where_it_broke_and_in_which_request(sent: list[bytes]) -> None:
    client = Client(raise_request_exception=False)
    response = client.post(f"/en/lookup/?{MARK}", {"text": PASTE}, headers={"x-request-id": "abc"})
    event = _event(sent)
    assert response.status_code == 500
    assert [one["type"] for one in event["exception"]["values"]] == ["KeyError", "ValueError"]
    frames = event["exception"]["values"][-1]["stacktrace"]["frames"]
    assert {"lookup", "counted_lookup"} <= {frame["function"] for frame in frames}
    assert event["tags"] == {"request_id": "abc"}
    assert not {"request", "user", "breadcrumbs", "contexts", "extra", "message", "logentry"} & set(event)
    assert not [frame for frame in frames if "vars" in frame]
    assert MARK.encode() not in sent[0]


@pytest.mark.usefixtures("sent")
@pytest.mark.parametrize("name", ["path", "query", "host", "headers", "replay", "too large"])
def test_what_is_no_fault_of_ours_is_not_reported(sent: list[bytes], name: str) -> None:
    ask: Callable[[Client], HttpResponse] = ASKED[name]
    ask(Client(raise_request_exception=False))
    assert not sent


def test_the_sdk_is_not_loaded_where_no_address_is_set() -> None:
    import subprocess

    code = "import django, sys; django.setup(); from django.test import Client; print('sentry_sdk' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_bare())
    assert done.stdout.strip() == "False"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env=_bare() | {"SENTRY_DSN": "https://public@errors.example.org/1"},
    )  # fmt: skip
    assert done.stdout.strip() == "True"


def _bare() -> dict[str, str]:
    import os

    return {**os.environ, "DJANGO_SETTINGS_MODULE": "kb.settings"}
