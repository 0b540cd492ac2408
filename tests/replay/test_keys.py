"""A key that looks live is refused, and appears nowhere; a dummy is taken."""

from __future__ import annotations

import logging
from urllib.parse import quote

import pytest

from kb.replay.keys import DUMMY, HEADERS
from tests.replay.asked import PATH, ask, told
from tests.test_privacy import KEY, RUN, SECRET


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("form", ["{}", "Bearer {}"])
def test_a_live_key_is_refused_in_any_header(header: str, form: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answer = ask(f"529-overloaded/{PATH}", None, **{header: form.format(KEY)})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert told(answer)["title"] == "do not send real keys here"
    assert SECRET[:RUN] not in answer.content.decode() + str(answer.headers)
    assert SECRET[:RUN] not in caplog.text


@pytest.mark.parametrize(
    "rest", [f"{{key}}/{PATH}", f"529-overloaded/run={{key}}/{PATH}", f"529-overloaded/{PATH}?key={{key}}"]
)
def test_a_live_key_is_refused_in_the_address(rest: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "django.request")
    answer = ask(rest.format(key=quote(KEY)))
    assert answer.status_code == 400
    assert SECRET[:RUN] not in caplog.text
    assert SECRET[:RUN] not in answer.content.decode() + str(answer.headers)


@pytest.mark.parametrize(
    "key", [DUMMY, "test", "sk-ant-dummy-key", "sk-ant-api03-your-key-here", "test-key-0123456789"]
)
@pytest.mark.parametrize("header", ["x_api_key", "authorization"])
def test_a_dummy_is_taken(key: str, header: str) -> None:
    assert ask(f"529-overloaded/{PATH}", None, **{header: f"Bearer {key}"}).status_code == 529


def test_no_key_is_taken_as_well() -> None:
    assert ask(f"401-missing-credentials/{PATH}").status_code == 401
