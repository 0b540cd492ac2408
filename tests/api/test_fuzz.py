"""A few hundred cases from the OpenAPI document, always the same ones, with every check of schemathesis."""

from __future__ import annotations

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from tests.api.fuzz import DOCUMENT, Found, config, run
from tests.api.test_openapi import PATHS


@pytest.fixture(scope="module")
def found() -> Found:
    for signal in (request_started, request_finished):  # as Django's own test client does; there is no database here
        signal.disconnect(close_old_connections)
    try:
        asked = config(examples=20, seed=1, Accept_Encoding="identity")  # nobody here undoes a compression
        return run(schemathesis.openapi.from_wsgi(DOCUMENT, get_wsgi_application(), config=asked))
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def test_what_the_document_says_holds(found: Found) -> None:
    assert found.failures == []


def test_every_operation_was_asked_rightly_and_wrongly(found: Found) -> None:
    for path, method in PATHS.items():
        assert sum(n for name, n in found.cases.items() if name.endswith(f" {method.upper()} {path}")) > 30
    assert min(found.statuses[200], found.statuses[422]) > 50
    assert {"status_code_conformance", "response_schema_conformance", "negative_data_rejection"} <= set(found.checks)
