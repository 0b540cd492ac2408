"""Every entry is as complete as docs/editing.md promises, in both languages."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from kb.content.schema import LANGUAGES
from kb.handbook import current
from kb.handbook.types import Entry
from kb.lookup.views import squash

CHINESE = re.compile("[\u4e00-\u9fff]")
ARTICLE = {  # what the article is about; the clients of its table each show these
    "401-invalid-api-key", "401-missing-credentials", "401-key-endpoint-mismatch", "401-invalid-bearer-token",
    "400-model-does-not-exist", "404-model-not-found", "404-model-retired", "404-wrong-path",
    "400-credit-balance-too-low", "400-prompt-too-long", "403-request-not-allowed", "429-rate-limited",
    "529-overloaded", "000-connection-timeout", "000-connection-error", "000-dns-failure", "000-tls-certificate",
    "relay-invalid-token", "relay-no-available-channel",
}  # fmt: skip


def entries() -> list[Entry]:
    return [entry for entry in current().document.entries if entry.withdrawn is None]


def test_every_entry_has_causes_that_can_be_checked_and_fixed() -> None:
    for entry in entries():
        assert len(entry.causes) >= 2, entry.code
        slugs = [cause.slug for cause in entry.causes]
        assert len(slugs) == len(set(slugs)), entry.code


def test_every_entry_has_sources_and_a_neighbour() -> None:
    for entry in entries():
        assert any(source.url for source in entry.sources), entry.code
        assert entry.neighbours, entry.code
        assert entry.code not in {neighbour.code for neighbour in entry.neighbours}


def test_every_entry_can_be_recognised() -> None:
    told = {rule.entry for rule in current().document.rules.signatures if rule.strength != "hint"}
    assert {entry.code for entry in entries()} - told == set()


def test_every_entry_shows_what_some_client_prints() -> None:
    assert [entry.code for entry in entries() if not entry.symptoms] == []


def test_the_entries_of_the_article_are_shown_in_python_node_and_curl_and_answer_a_question() -> None:
    for entry in entries():
        if entry.code in ARTICLE:
            shown = {symptom.client for symptom in entry.symptoms}
            assert {"python-sdk", "curl"} <= shown, entry.code
            assert shown & {"node-sdk", "openai-sdk"}, entry.code
            assert entry.faq, entry.code


def test_every_entry_says_what_to_do_in_some_client() -> None:
    for entry in entries():
        assert entry.remedies, entry.code
        clients = [remedy.client for remedy in entry.remedies]
        assert len(clients) == len(set(clients)), entry.code


def test_an_entry_with_a_status_of_the_api_shows_what_the_server_answers() -> None:
    for entry in entries():
        one_client = {symptom.client for symptom in entry.symptoms} <= {"claude-code", "cursor"}
        if entry.statuses and "000" not in entry.statuses and not one_client:
            assert entry.response is not None, entry.code
            assert entry.response.status in entry.statuses, entry.code


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_carries_wording_that_people_see(language: str) -> None:
    for entry in entries():
        seen = squash(" ".join([entry.message, *(symptom.sample for symptom in entry.symptoms)])).text
        title = squash(entry.title[language]).text
        runs = (title[at : at + (4 if CHINESE.match(title, at) else 8)] for at in range(len(title) - 3))
        assert any(run in seen for run in runs if len(run) >= 4), entry.code


@pytest.mark.parametrize("kind", ["title", "summary", "retry_plain"])
def test_chinese_is_chinese_and_english_is_english(kind: str) -> None:
    for entry in entries():
        text = getattr(entry, kind)
        assert set(text) >= set(LANGUAGES)
        assert CHINESE.search(text["zh-hans"]), entry.code
        quoted = re.sub("[“\"‘'(（].*?[”\"’')）]", "", text["en"])
        assert not CHINESE.search(quoted), entry.code


def test_the_meaning_is_short_enough_to_be_read() -> None:
    for entry in entries():
        assert len(entry.summary["en"]) <= 600, entry.code
        assert len(entry.summary["zh-hans"]) <= 300, entry.code


def test_nothing_was_checked_or_seen_after_today() -> None:
    today = datetime.now(UTC).date()
    handbook = current()
    dates: list[tuple[str, date]] = [(entry.code, entry.checked) for entry in handbook.document.entries]
    dates += [(entry.code, symptom.seen) for entry in handbook.document.entries for symptom in entry.symptoms]
    dates += [(client.slug, client.checked) for client in handbook.document.clients]
    dates += [(howto.slug, howto.checked) for howto in handbook.document.howtos]
    assert [name for name, day in dates if day > today] == []


def test_samples_hold_no_working_secret() -> None:
    handbook = current()
    for entry in handbook.document.entries:
        for text in [symptom.sample for symptom in entry.symptoms] + [snippet.code for snippet in entry.snippets]:
            assert not [found for found in handbook.lookup(text).redactions if found.live], entry.code


def test_no_snippet_turns_certificate_checks_off_or_prints_a_key() -> None:
    handbook = current()
    snippets = [s for entry in handbook.document.entries for s in entry.snippets]
    snippets += [s for howto in handbook.document.howtos for s in howto.snippets]
    off = re.compile(
        r"verify\s*=\s*False|--insecure|curl\s+(?:-\w*k\w*\s)|NODE_TLS_REJECT_UNAUTHORIZED|rejectUnauthorized"
    )
    printed = re.compile(
        r"(?:echo|print|console\.log|Write-Output)\W+(?:\$env:|\$|%)?ANTHROPIC_(?:API_KEY|AUTH_TOKEN)\b"
    )
    assert [s.slug for s in snippets if off.search(s.code) or printed.search(s.code)] == []


def test_every_client_and_howto_speaks_both_languages() -> None:
    handbook = current()
    for client in handbook.document.clients:
        assert CHINESE.search(client.shows["zh-hans"]), client.slug
    for howto in handbook.document.howtos:
        assert CHINESE.search(howto.steps["zh-hans"]), howto.slug
