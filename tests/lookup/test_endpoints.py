"""Whether an address and the beginning of a key belong together, by the tables of the fixtures."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from kb.handbook import current
from kb.lookup.address import URL_LIMIT
from kb.lookup.endpoints import KEY_LIMIT, Tables, Verdict, check, fill, matches
from kb.pages.finding_texts import FINDINGS, VERDICTS

VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parent.parent / "endpoint_vectors.json").read_text())


def tables() -> Tables:
    return current().document.gateways.endpoints.tables


def expected(vector: dict[str, Any]) -> Verdict:
    return Verdict(**{**vector["expected"], "findings": tuple(vector["expected"]["findings"])})


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_every_vector_is_judged_as_it_says(vector: dict[str, Any]) -> None:
    assert check(tables(), vector["url"], vector["key"]) == expected(vector)


def test_the_vectors_show_every_finding_every_verdict_every_platform_and_every_kind_of_key() -> None:
    shown = [expected(vector) for vector in VECTORS]
    assert {name for verdict in shown for name in verdict.findings} == set(FINDINGS) - {"too-large"}
    assert {verdict.verdict for verdict in shown} == {"", *VERDICTS}
    platforms = {platform.slug for platform in tables().platforms} - {"other-models"}
    assert {verdict.platform for verdict in shown} == {"", "relay", "local", *platforms}
    assert {verdict.key for verdict in shown} == {"", "unknown", *(kind.slug for kind in tables().keys)}


def test_a_key_over_the_limit_is_refused_unread() -> None:
    verdict = check(tables(), "https://api.anthropic.com", "sk-ant-api03" + "x")
    assert verdict == Verdict(("key-long",))


def test_an_address_over_the_limit_is_refused_unread() -> None:
    assert check(tables(), "https://api.anthropic.com" + " " * URL_LIMIT, "") == Verdict(("url-long",))


def test_an_official_key_belongs_to_no_host_but_the_official_ones() -> None:
    for platform in tables().platforms:
        for host in platform.hosts:
            verdict = check(tables(), f"https://{host.replace('*', 'x')}", "sk-ant-api03").verdict
            assert verdict in ("mismatch", "wrong-host", "unsure") or platform.slug == "anthropic", host


def test_the_corrected_address_is_right_itself() -> None:
    for vector in VECTORS:
        root = expected(vector).root
        if root:
            again = check(tables(), root, "")
            assert again.root == root
            assert set(again.findings) <= {"no-v1", "not-official"}


def test_a_line_is_filled_with_the_address() -> None:
    line = 'curl "{v1}/messages" # {root} on {host}'
    assert (
        fill(line, "https://a.example/x") == 'curl "https://a.example/x/v1/messages" # https://a.example/x on a.example'
    )


@pytest.mark.parametrize(
    ("pattern", "host", "holds"),
    [
        ("api.anthropic.com", "api.anthropic.com", True),
        ("api.anthropic.com", "xapi.anthropic.com", False),
        ("bedrock-runtime.*.amazonaws.com", "bedrock-runtime.eu-west-1.amazonaws.com", True),
        ("bedrock-runtime.*.amazonaws.com", "bedrock-runtime.amazonaws.com", False),
        ("bedrock-runtime.*.amazonaws.com", "bedrock-runtime.x.amazonaws.com.relay.example", False),
        ("*aiplatform.googleapis.com", "aiplatform.googleapis.com", True),
        ("ab*bc", "abc", False),
    ],
)
def test_a_star_stands_for_a_part_of_a_host(pattern: str, host: str, holds: bool) -> None:
    assert matches(pattern, host) is holds


@pytest.mark.parametrize(
    "piece", ["/", "/v1", "/v1/messages", "https:", ":", "@", "a", "a.", "=", "//", "sk-", "。", '"', "["]
)
def test_no_address_is_slow(piece: str) -> None:
    url = (piece * URL_LIMIT)[:URL_LIMIT]
    started = time.perf_counter()
    for _ in range(20):
        check(tables(), url, piece[:KEY_LIMIT])
    assert time.perf_counter() - started < 1
