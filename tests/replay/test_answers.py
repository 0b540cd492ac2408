"""Replay answers with an entry's response, as the API would send it."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries

from kb.handbook import current
from kb.handbook.types import Entry
from kb.problems import Problem
from kb.replay.failure import HOP_BY_HOP, api_error, failure, replayable
from tests.replay.asked import PATH, ask, events, told


def answered() -> list[Entry]:
    return [entry for entry in current().listed() if entry.response]


def test_every_entry_with_a_response_is_answered_with_its_status_headers_and_body() -> None:
    assert len(answered()) > 120
    for entry in answered():
        assert entry.response
        answer = ask(f"{entry.code}/{PATH}")
        assert (answer.status_code, answer.content.decode()) == (int(entry.response.status), entry.response.body)
        for name, value in entry.response.headers.items():
            assert name in HOP_BY_HOP or answer[name] == value, (entry.code, name)
        assert answer["X-KB-Replay"] == entry.code


def test_rate_limits_come_with_their_headers() -> None:
    answer = ask(f"429-input-tokens-per-minute/{PATH}")
    assert answer["anthropic-ratelimit-input-tokens-remaining"] == "0"
    assert int(answer["retry-after"]) > 0
    assert answer["request-id"].startswith("req_")


@pytest.mark.parametrize("path", ["", "/", "/v1/messages", "//v1/messages", "/v1/complete", "/v1/messages?beta=true"])
def test_any_path_of_the_api_gets_the_error(path: str) -> None:
    assert ask(f"529-overloaded{path}").status_code == 529


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete", "head", "options"])
def test_any_method_gets_the_error(method: str) -> None:
    assert getattr(Client(enforce_csrf_checks=True), method)(f"/replay/529-overloaded/{PATH}").status_code == 529


def test_no_answer_asks_the_database_or_sets_a_cookie(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0, connection=connection):
        answers = [ask(f"{code}/{PATH}") for code in ("529-overloaded", "000-dns-failure", "nothing-of-that-name")]
    assert [answer.status_code for answer in answers] == [529, 404, 404]
    assert all(answer["X-KB-Replay"] and not answer.cookies for answer in answers)
    assert all(answer["Cache-Control"] == "no-store" for answer in answers)


def test_a_page_of_html_runs_nothing_on_our_origin() -> None:
    answer = ask("403-blocked-by-cloudflare/v1/messages")
    assert answer["Content-Type"].startswith("text/html")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_replaying_a_fault_logs_none_but_a_fault_of_ours_is_logged(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    logger = logging.getLogger("django.request")
    kept: list[logging.LogRecord] = []
    monkeypatch.setattr(logger, "handlers", [_Keeping(kept)])
    assert ask(f"500-internal-server-error/{PATH}").status_code == 500
    assert kept == []
    monkeypatch.setattr("kb.replay.views.current", lambda: 1 / 0)
    assert Client(raise_request_exception=False).post(f"/replay/529-overloaded/{PATH}").status_code == 500
    assert len(kept) == 1


class _Keeping(logging.Handler):
    def __init__(self, kept: list[logging.LogRecord]) -> None:
        super().__init__()
        self._kept = kept

    def emit(self, record: logging.LogRecord) -> None:
        self._kept.append(record)


def test_bodies_are_not_kept_and_not_understood() -> None:
    answer = Client().post(f"/replay/529-overloaded/{PATH}", b"\xff{not json", content_type="application/json")
    assert answer.status_code == 529


class TestWithoutAResponse:
    def test_it_is_composed_from_status_type_and_message_when_these_are_the_apis(self) -> None:
        entry = replace(current().entries["529-overloaded"], response=None)
        answer = failure(entry, PATH, during=False)
        body = api_error(answer)
        assert answer.status == 529
        assert body
        assert body["error"] == {"type": "overloaded_error", "message": entry.message}

    def test_a_message_that_a_client_writes_is_not_ascribed_to_the_api(self) -> None:
        entry = current().entries["claude-code-tool-use-concurrency"]
        assert entry.error_types
        assert not replayable(entry)
        assert "client writes" in told(ask(f"{entry.code}/{PATH}"))["detail"]

    def test_a_failure_below_http_names_the_command_that_makes_it(self) -> None:
        answer = ask(f"000-connection-reset/{PATH}")
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
        assert "manage.py replay_socket reset" in told(answer)["detail"]


class TestCodes:
    def test_an_unknown_code_is_no_such_entry_and_is_not_repeated(self) -> None:
        answer = ask(f"999-nothing/{PATH}")
        assert (answer.status_code, answer["X-KB-Replay"]) == (404, "unknown")
        assert b"999-nothing" not in answer.content

    def test_upper_case_is_forgiven(self) -> None:
        assert ask(f"529-OVERLOADED/{PATH}").status_code == 529

    def test_a_named_error_code_has_its_own_status_and_details(self) -> None:
        for entry in current().listed():
            for named in entry.named_codes:
                answer = ask(f"{entry.code}/code={named.code}/{PATH}")
                assert answer.status_code == int(named.status)
                assert told(answer)["error"]["details"]["error_code"] == named.code

    def test_a_code_that_the_entry_does_not_name_is_refused(self) -> None:
        assert ask(f"529-overloaded/code=cmek_key_disabled/{PATH}").status_code == 404


class TestCompatiblePaths:
    def test_the_openai_compatible_path_gets_the_error_object_of_openai(self) -> None:
        answer = ask("529-overloaded/v1/chat/completions")
        wanted = {"message": "Overloaded", "type": "overloaded_error", "param": None, "code": None}
        assert (answer.status_code, told(answer)) == (529, {"error": wanted})

    @pytest.mark.parametrize(
        ("code", "path"),
        [
            ("bedrock-throttled", "model/anthropic.claude/invoke"),
            ("vertex-quota-exceeded", "v1/projects/p/locations/l/publishers/anthropic/models/m:rawPredict"),
            ("relay-no-available-channel", "v1/messages"),
            ("relay-no-available-channel", "v1/chat/completions"),
        ],
    )
    def test_platforms_and_relays_answer_in_their_own_form(self, code: str, path: str) -> None:
        response = current().entries[code].response
        assert response
        assert ask(f"{code}/{path}").content.decode() == response.body

    def test_bedrock_names_its_error_in_a_header(self) -> None:
        assert ask("bedrock-throttled/model/m/invoke")["x-amzn-errortype"] == "ThrottlingException"


class TestStreams:
    def test_before_the_stream_it_is_a_plain_answer(self) -> None:
        assert ask(f"529-overloaded/stream=before/{PATH}").status_code == 529

    def test_during_the_stream_it_is_an_event_after_some_text(self) -> None:
        answer = ask(f"529-overloaded/stream=during/{PATH}")
        assert (answer.status_code, answer["X-KB-Replay"]) == (200, "529-overloaded")
        assert answer["Content-Type"].startswith("text/event-stream")
        *_, text, error = events(answer)
        assert text["delta"]["text"]
        assert error == {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}

    def test_the_compatible_path_streams_in_its_own_form(self) -> None:
        *chunks, error = events(ask("529-overloaded/stream=during/v1/chat/completions"))
        assert chunks[0]["object"] == "chat.completion.chunk"
        assert error["error"]["type"] == "overloaded_error"

    def test_what_no_stream_carries_is_refused(self) -> None:
        assert ask(f"502-bad-gateway/stream=during/{PATH}").status_code == 404


def test_off_it_answers_404_and_says_so() -> None:
    with override_settings(REPLAY=False):
        answer = ask(f"529-overloaded/{PATH}")
    assert (answer.status_code, told(answer)["title"]) == (404, "Replay is off")


def test_failure_refuses_with_a_problem() -> None:
    with pytest.raises(Problem, match="Nothing to replay"):
        failure(current().entries["sdk-not-installed"], PATH, during=False)
