"""What holds for every page in both languages, and for the pages of mistakes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kb.middleware import POLICY
from tests.markup import read
from tests.pages.reader import LANGUAGES, addresses, page


def test_every_address_answers_from_the_snapshot_without_a_query_or_a_cookie(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    with django_assert_num_queries(0, connection=connection):
        answers = {address: client.get(address) for address in addresses()}
    assert {address: answer.status_code for address, answer in answers.items() if answer.status_code != 200} == {}
    assert [address for address, answer in answers.items() if answer.cookies] == []
    assert not client.cookies


def test_every_page_may_load_only_what_is_ours() -> None:
    client = Client()
    for address in addresses():
        assert client.get(address)["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY
    assert "http" not in POLICY


def test_no_page_has_an_inline_script_style_or_handler() -> None:
    assert {address: page(address).inline for address in addresses() if page(address).inline} == {}


def test_every_tag_of_every_page_is_closed_in_its_place() -> None:
    assert {address: page(address).faults for address in addresses() if page(address).faults} == {}


def test_every_page_has_one_first_heading_and_no_id_twice() -> None:
    for address in addresses():
        found = page(address)
        assert len(found.texts["h1"]) == 1, address
        assert found.heading, address
        assert len(found.ids) == len(set(found.ids)), (address, [i for i in found.ids if found.ids.count(i) > 1])


def test_headings_never_skip_a_level() -> None:
    for address in addresses():
        levels = [int(tag.name[1]) for tag in page(address).tags if tag.name in ("h1", "h2", "h3", "h4")]
        assert all(after <= before + 1 for before, after in pairwise(levels)), (address, levels)


def test_every_page_says_its_language_title_and_description() -> None:
    titles: dict[str, str] = {}
    for address in addresses():
        found = page(address)
        lang = {"zh-hans": "zh-Hans", "en": "en"}[address.split("/")[1]]
        assert [tag.attributes["lang"] for tag in found.all("html")] == [lang]
        [title] = found.texts["title"]
        assert titles.setdefault(title, address) == address
        [description] = found.all("meta", name="description")
        assert description.attributes["content"]


def test_nothing_is_loaded_from_another_host() -> None:
    for address in addresses():
        found = page(address)
        loaded = found.values("script", "src") + found.values("img", "src") + found.values("iframe", "src")
        loaded += [
            tag.attributes["href"] for tag in found.all("link") if tag.attributes["rel"] in ("stylesheet", "icon")
        ]
        assert all(url.startswith("/static/") for url in loaded), address
        assert all(url.startswith("/") for url in found.values("form", "action")), address


def test_every_page_says_that_it_is_unofficial() -> None:
    for address in addresses():
        assert any(word in page(address).text for word in ("not affiliated with", "没有关系", "无关")), address


def test_labels_and_descriptions_lead_to_ids_of_the_page() -> None:
    for address in addresses():
        found = page(address)
        named = found.values("label", "for")
        for attribute in ("aria-labelledby", "aria-describedby", "data-copy"):
            named += [tag.attributes[attribute] for tag in found.tags if attribute in tag.attributes]
        assert set(named) <= set(found.ids), address


def test_no_page_shows_a_reference_that_was_not_resolved() -> None:
    for address in addresses():
        text = page(address).text
        assert "{{" not in text, address
        assert "{%" not in text, address


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_that_is_not_there_is_a_whole_page(lang: str) -> None:
    response = Client().get(f"/{lang}/nothing-here/")
    assert response.status_code == 404
    _is_sound(response)  # type: ignore[arg-type]


def test_a_request_that_cannot_be_read_is_a_whole_page() -> None:
    response = Client().post("/en/lookup/", b"text=a", content_type="application/x-www-form-urlencoded; charset=utf-7")
    assert response.status_code == 400
    _is_sound(response)  # type: ignore[arg-type]


def test_another_host_is_refused_with_a_whole_page() -> None:
    response = Client().get("/en/", headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    _is_sound(response)  # type: ignore[arg-type]


def test_a_fault_of_ours_is_a_whole_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.pages.reference.current", lambda: 1 / 0)
    response = Client(raise_request_exception=False).get("/en/clients/?not=kept")
    assert response.status_code == 500
    assert b"ZeroDivisionError" not in response.content
    _is_sound(response)  # type: ignore[arg-type]


def _is_sound(response: HttpResponse) -> None:
    found = read(response.content)
    assert response["Content-Security-Policy"] == POLICY
    assert (found.faults, found.inline) == ([], [])
    assert found.heading
    assert not response.cookies
