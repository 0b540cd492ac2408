"""Error codes that an entry names: explained on its page, first in the answer, each under its anchor."""

from __future__ import annotations

import pytest
from django.test import Client

from kb.handbook import current
from kb.handbook.markup import plain_text
from kb.handbook.types import Entry, NamedCode
from tests.markup import read
from tests.pages.reader import LANGUAGES, Ask, page


def named() -> list[tuple[Entry, NamedCode]]:
    found = [(entry, code) for entry in current().listed() for code in entry.named_codes]
    assert found, "no entry names an error code"
    return found


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_named_code_stands_under_its_anchor_with_class_status_meaning_and_fix(lang: str) -> None:
    for entry, code in named():
        document = page(f"/{lang}/errors/{entry.code}/")
        text = words(document.text)
        assert f"code-{code.code}" in document.ids
        assert code.code in document.texts["a"]
        assert code.exception in document.texts["code"]
        assert f"/{lang}/status/{code.status}/" in document.values("a", "href")
        assert words(plain_text(code.means[lang])) in text
        assert words(plain_text(code.fix[lang])) in text


def test_every_named_code_can_be_copied() -> None:
    for entry, code in named():
        document = page(f"/en/errors/{entry.code}/")
        assert document.all("button", data_copy=f"name-{code.code}")
        assert f"name-{code.code}" in document.ids


def test_an_entry_that_names_no_code_has_no_such_section() -> None:
    for entry in current().listed():
        assert ("Error codes" in page(f"/en/errors/{entry.code}/").texts["h2"]) == bool(entry.named_codes)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_pasted_code_is_explained_before_its_entry(ask: Ask, lang: str) -> None:
    entry, code = named()[0]
    document = read(ask(f"Claude: {{'error_code': '{code.code}'}}", lang).content)
    text = words(document.text)
    means, fix = words(plain_text(code.means[lang])), words(plain_text(code.fix[lang]))
    assert text.index(means) < text.index(fix) < text.index(words(entry.summary[lang]))
    assert f"/{lang}/errors/{entry.code}/#code-{code.code}" in document.values("a", "href")


def test_a_paste_without_a_code_explains_none(ask: Ask) -> None:
    assert "named-code" not in ask("invalid x-api-key").content.decode()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_plain_text_answer_says_it_first_with_the_link(client: Client, lang: str) -> None:
    entry, code = named()[0]
    answer = client.post(f"/api/v1/lookup?lang={lang}", f"claude {code.code}", content_type="text/plain")
    lines = answer.content.decode().splitlines()
    assert lines[0].startswith(entry.code)
    assert lines[2] == f"{code.code}: {plain_text(code.means[lang])}"
    assert lines[3].endswith(plain_text(code.fix[lang]))
    assert lines[4] == f"http://testserver/e/{entry.code}#code-{code.code}"
