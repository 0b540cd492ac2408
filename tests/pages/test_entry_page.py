"""The page of an entry: everything that an editor wrote, opened on the reader's client."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from kb.handbook import current
from kb.handbook.labels import PROVENANCE, RETRY, SIDES
from kb.handbook.markup import plain_text
from tests.markup import Page, read
from tests.pages.reader import LANGUAGES, page

MARKUP = re.compile(r"</?(?:p|a|li|ol|ul|code|strong|em|br|pre)\b[^>]*>")


def words(text: str) -> str:
    return " ".join(text.split())


def opened(document: Page) -> list[str]:
    return [t.attributes["id"] for t in document.all("details", name="client") if "open" in t.attributes]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_cause_stands_under_its_permanent_anchor_with_check_and_fix(lang: str) -> None:
    for entry in current().document.entries:
        document = page(f"/{lang}/errors/{entry.code}/")
        for cause in entry.causes:
            assert cause.slug in document.ids
            assert words(plain_text(cause.check[lang])) in words(document.text)
            assert words(plain_text(cause.fix[lang])) in words(document.text)


def test_every_sample_is_shown_word_by_word_with_its_provenance() -> None:
    for entry in current().document.entries:
        document = page(f"/en/errors/{entry.code}/")
        for symptom in entry.symptoms:
            assert words(symptom.sample) in document.texts["code"]
            assert f"sample-{symptom.client}-{symptom.slug}" in document.ids
            assert str(PROVENANCE[symptom.provenance]) in document.text


def test_every_snippet_is_shown_as_it_is_copied() -> None:
    for entry in current().document.entries:
        document = page(f"/en/errors/{entry.code}/")
        for snippet in entry.snippets:
            assert words(snippet.code) in document.texts["code"]


def test_the_verdict_is_that_of_the_entry() -> None:
    for entry in current().document.entries:
        text = page(f"/en/errors/{entry.code}/").text
        assert str(SIDES[entry.side]) in text
        assert str(RETRY[entry.retry]) in text


def test_what_the_server_answers_is_shown_with_status_headers_and_body() -> None:
    for entry in current().document.entries:
        if entry.response:
            text = words(page(f"/en/errors/{entry.code}/").text)
            assert words(entry.response.body) in text
            assert all(f"{name}: {value}" in text for name, value in entry.response.headers.items())


def test_sources_and_the_date_of_the_last_check_are_shown() -> None:
    for entry in current().document.entries:
        document = page(f"/en/errors/{entry.code}/")
        assert f"Last checked {entry.checked:%Y-%m-%d}." in document.text
        assert {source.url for source in entry.sources if source.url} <= set(document.values("a", "href"))


def test_without_a_client_no_panel_is_open() -> None:
    assert opened(page("/en/errors/401-invalid-api-key/")) == []


def test_each_client_of_an_entry_can_be_opened() -> None:
    """On the entries that show most clients; tests.pages.test_links asks for all."""
    client = Client()
    for entry in sorted(current().document.entries, key=lambda entry: len(entry.clients))[-5:]:
        for slug in entry.clients:
            document = read(client.get(f"/en/errors/{entry.code}/?client={slug}").content)
            assert opened(document) == [f"client-{slug}"]


@pytest.mark.parametrize("slug", ["nobody", "", "%00", "<script>"])
def test_an_unknown_client_opens_nothing(slug: str) -> None:
    response = Client().get("/en/errors/401-invalid-api-key/", {"client": slug})
    assert response.status_code == 200
    assert opened(read(response.content)) == []


def test_the_permalink_is_shown_to_copy() -> None:
    for code in current().entries:
        document = page(f"/zh-hans/errors/{code}/")
        assert f"http://testserver/e/{code}" in document.texts["span"]


def test_replies_in_both_languages_carry_the_permalink_and_no_markup_in_plain_text() -> None:
    for entry in current().document.entries:
        document = page(f"/zh-hans/errors/{entry.code}/")
        for lang in LANGUAGES:
            link = f"http://testserver/e/{entry.code}?lang={lang}"
            markdown, plain = [text for text in document.texts["pre"] if link in text]
            assert markdown.startswith(f"**{words(entry.title[lang])}**")
            assert plain.startswith(words(entry.title[lang]))
            assert not MARKUP.search(plain), entry.code


def test_only_entries_on_the_provider_have_a_report() -> None:
    for entry in current().document.entries:
        assert ("report" in page(f"/en/errors/{entry.code}/").ids) == entry.provider_side


def test_every_neighbour_is_linked_with_the_difference() -> None:
    for entry in current().document.entries:
        document = page(f"/en/errors/{entry.code}/")
        for neighbour in entry.neighbours:
            assert f"/en/errors/{neighbour.code}/" in document.values("a", "href")
            assert words(plain_text(neighbour.difference["en"])) in words(document.text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_a_client_lists_its_entries(lang: str) -> None:
    for slug in current().clients:
        document = page(f"/{lang}/clients/{slug}/")
        links = {href.partition("?")[0] for href in document.values("a", "href")}
        assert {f"/{lang}/errors/{e.code}/" for e in current().with_client(slug)} <= links
