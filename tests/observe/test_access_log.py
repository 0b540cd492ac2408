"""One line for a request: when, its number, the kind of page, the outcome, how long it took."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from io import StringIO

import pytest
from django.test import Client

from kb.observe.lines import JsonLines, TextLines
from kb.observe.logs import logging_config


@pytest.fixture
def access() -> Iterator[StringIO]:
    """The access log alone, switched on, as JSON."""
    out, logger = StringIO(), logging.getLogger("kb.access")
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield out
    logger.removeHandler(handler)
    logger.setLevel(logging.CRITICAL)


def test_a_request_has_one_line_of_known_fields(client: Client, access: StringIO) -> None:
    client.get("/en/errors/401-invalid-api-key/?client=curl", headers={"x-request-id": "abc"})
    told = json.loads(access.getvalue())
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", told.pop("time"))
    assert 0 < told.pop("ms") < 60_000
    assert told == {
        "level": "INFO", "logger": "kb.access", "message": "answered", "request_id": "abc", "method": "GET",
        "route": "entry", "status": 200,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("method", "address", "told"),
    [
        ("GET", "/", ("GET", "root")),
        ("HEAD", "/zh-hans/", ("HEAD", "home")),
        ("GET", "/e/401-invalid-api-key/curl", ("GET", "permalink")),
        ("GET", "/api/v1/entries", ("GET", "api-1:entries")),
        ("POST", "/api/v1/lookup", ("POST", "api-1:lookup")),
        ("GET", "/zh/errors/", ("GET", "other-language")),
        ("GET", "/wp-login.php", ("GET", "unknown")),
        ("GET", "/static/nothing.css", ("GET", "unknown")),
        ("BREW", "/en/", ("other", "home")),
    ],
)
def test_the_route_is_the_name_of_a_view(
    client: Client, access: StringIO, method: str, address: str, told: tuple[str, str]
) -> None:
    client.generic(method, address)
    line = json.loads(access.getvalue())
    assert (line["method"], line["route"]) == told


def test_no_line_has_an_address_of_a_client(client: Client, access: StringIO) -> None:
    client.get("/en/", REMOTE_ADDR="192.0.2.77", headers={"x-forwarded-for": "198.51.100.9"})
    assert "192.0.2" not in access.getvalue()
    assert "198.51" not in access.getvalue()


def test_the_access_log_is_off_unless_it_is_asked_for() -> None:
    assert logging_config("text", access=False)["loggers"]["kb.access"]["level"] == "CRITICAL"
    assert logging_config("json", access=True)["loggers"]["kb.access"]["level"] == "INFO"


def test_as_text_the_fields_stand_behind_the_message() -> None:
    record = logging.LogRecord("kb.access", logging.INFO, "", 1, "answered", (), None)
    record.route, record.status, record.ms = "home", 200, 0.21
    assert TextLines().format(record).endswith(" INFO kb.access answered route=home status=200 ms=0.21")
