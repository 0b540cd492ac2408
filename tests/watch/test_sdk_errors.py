"""Every error that the SDKs know leads somewhere; `make watch` asks it of their newest versions."""

from __future__ import annotations

from functools import cache

import pytest
from django.test import Client

from kb.handbook import current
from kb.handbook.types import NamedCode
from tests.watch.sdk import Row, Sdk, node_sdk, python_sdk, table

# Classes that no entry is about: bases, which say nothing beyond their message, and mistakes inside a program.
OF_NO_ENTRY = {
    "AnthropicError": "the base of all",
    "APIError": "the base of all that come from a request",
    "APIStatusError": "the base of all with a status",
    "RetryableError": "raised by a program's own middleware",
    "APIWebhookValidationError": "a webhook that a program was sent and checks itself",
    "MissingDependencyError": "an extra of the package is not installed; the message says which",
    "MutuallyExclusiveAuthError": "a client made with two ways of signing in; the message names both",
    "StreamAlreadyConsumed": "a program reads one stream twice",
    "ToolsetUsageError": "a program's own toolset",
    "ToolsetConfigError": "a program's own toolset",
    "ToolsetContractError": "a program's own toolset",
    "ToolsetsFixedError": "a program's own toolset",
    "ToolsetClosedError": "a program's own toolset",
}


@cache
def read(language: str) -> Sdk:
    return {"python": python_sdk, "node": node_sdk}[language]()


@pytest.fixture(params=["python", "node"])
def sdk(request: pytest.FixtureRequest) -> Sdk:
    return read(request.param)


def named() -> dict[str, tuple[str, NamedCode]]:
    """Error code → (entry, what it says of the code)."""
    return {code.code: (entry.code, code) for entry in current().listed() for code in entry.named_codes}


def answer(text: str) -> str | None:
    matches = current().lookup(text).matches
    return matches[0].code if matches and matches[0].confidence != "possible" else None


def none(rows: list[Row]) -> None:
    """Fails with a line for each row."""
    if rows:
        lines = [f"{row.status} {row.code or '-'} {row.name}" for row in rows]
        pytest.fail("\n".join([f"{len(rows)} errors:", *lines]), pytrace=False)


def with_code(sdk: Sdk) -> dict[Row, str]:
    return {row: text for row, text in sdk.printed.items() if row.code}


def test_every_error_code_is_named_by_an_entry(sdk: Sdk) -> None:
    none([row for row in with_code(sdk) if row.code not in named()])


def test_an_error_as_it_is_printed_leads_to_the_entry_that_names_its_code(sdk: Sdk) -> None:
    known = named()
    wrong = [row for row, text in with_code(sdk).items() if row.code in known and answer(text) != known[row.code][0]]
    none(wrong)


def test_an_error_code_alone_and_its_class_alone_lead_there_too(sdk: Sdk) -> None:
    known = named()
    wrong = [
        row
        for row in with_code(sdk)
        if row.code in known and {answer(row.code), answer(f"anthropic.{row.name}")} != {known[row.code][0]}
    ]
    none(wrong)


def test_a_named_code_has_the_status_and_the_class_of_the_sdk(sdk: Sdk) -> None:
    known = named()
    wrong = [row for row in with_code(sdk) if row.code in known and _differs(row, known[row.code][1])]
    none(wrong)


def test_an_error_without_a_code_leads_to_an_entry_or_to_the_page_of_its_status(sdk: Sdk) -> None:
    bare = {row: text for row, text in sdk.printed.items() if row.code is None}
    assert bare
    none([row for row, text in bare.items() if not (_leads_to_an_entry(text, row) or _has_page(text, row.status))])


def test_a_class_without_a_status_is_of_an_entry_or_said_to_be_of_none(sdk: Sdk) -> None:
    of_entries = {name for entry in current().listed() for name in entry.exceptions}
    unknown = [name for name in sdk.classes if name not in of_entries | set(OF_NO_ENTRY)]
    if unknown:
        pytest.fail("\n".join(unknown), pytrace=False)


def test_the_table_of_the_corpus_lists_every_error_of_the_sdk(sdk: Sdk) -> None:
    listed = {(row.status, row.code) for row in table()}
    none([row for row in sdk.printed if (row.status, row.code) not in listed])


def _differs(row: Row, code: NamedCode) -> bool:
    return (row.status, row.name) != (code.status, code.exception)


def _leads_to_an_entry(text: str, row: Row) -> bool:
    matches = current().lookup(text).matches
    return bool(matches) and row.status in current().entries[matches[0].code].statuses


def _has_page(text: str, status: str) -> bool:
    result = current().lookup(text)
    return result.status_page == status and Client().get(f"/en/status/{status}/").status_code == 200
