"""The index with its filters, the pages of statuses, and the page for what is not there."""

from __future__ import annotations

import pytest
from django.test import Client

from kb.handbook import current
from tests.markup import Page, read
from tests.pages.reader import LANGUAGES


def codes(query: str = "", lang: str = "en") -> list[str]:
    return [code for code in listed(f"/{lang}/errors/{query}").texts.get("code", []) if code in current().entries]


def listed(address: str, status: int = 200) -> Page:
    response = Client().get(address)
    assert response.status_code == status
    return read(response.content)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_index_lists_every_entry_once(lang: str) -> None:
    assert sorted(codes(lang=lang)) == sorted(current().entries)


def test_it_filters_by_status() -> None:
    assert set(codes("?status=401")) == {entry.code for entry in current().with_status("401")}


def test_it_filters_by_client() -> None:
    assert set(codes("?client=cursor")) == {entry.code for entry in current().with_client("cursor")}


def test_what_is_filtered_by_client_opens_on_that_client() -> None:
    links = [href for href in listed("/en/errors/?client=cursor").values("a", "href") if href.endswith("#client")]
    wanted = {f"/en/errors/{entry.code}/?client=cursor#client" for entry in current().with_client("cursor")}
    assert set(links) == wanted
    assert not [href for href in listed("/en/errors/").values("a", "href") if href.endswith("#client")]


def test_the_filters_are_a_form_that_needs_no_script() -> None:
    document = listed("/en/errors/")
    [form] = [tag for tag in document.all("form") if tag.attributes.get("method") == "get"]
    assert form.attributes.get("action", "") == ""
    assert {"status", "client", "side"} <= set(document.values("select", "name"))
    assert document.all("button", type="submit")


def test_it_filters_by_side() -> None:
    assert set(codes("?side=provider")) == {e.code for e in current().listed() if e.side == "provider"}


def test_filters_are_joined() -> None:
    wanted = {e.code for e in current().with_status("401") if e.side == "you" and "cursor" in e.clients}
    assert set(codes("?status=401&side=you&client=cursor")) == wanted


def test_chosen_filters_stay_chosen() -> None:
    document = listed("/en/errors/?status=401&side=you&client=cursor")
    chosen = [tag for tag in document.all("option") if "selected" in tag.attributes]
    assert [tag.attributes.get("value", "401") for tag in chosen] == ["401", "cursor", "you"]


@pytest.mark.parametrize(
    "query", ["?status=999", "?client=nobody", "?side=left", "?status=%00", "?client=%3Cscript%3E"]
)
def test_a_filter_that_nothing_passes_says_so(query: str) -> None:
    assert codes(query) == []
    assert "No entry matches." in listed(f"/en/errors/{query}").text


def test_the_home_page_leads_to_every_status_of_the_cheat_sheet_and_its_entries() -> None:
    document = listed("/en/")
    for status in ("401", "400", "429", "529", "000", "404"):
        assert f"/en/status/{status}/" in document.values("a", "href")
        assert current().with_status(status)


def test_every_example_of_the_home_page_is_answered() -> None:
    document = listed("/en/")
    examples = [tag.attributes["value"] for tag in document.all("button", name="text")]
    assert len(examples) >= 4
    for example in examples:
        result = current().lookup(example)
        assert result.matches or result.status_page, example


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_a_status_lists_its_entries_with_their_messages(lang: str) -> None:
    for status in current().statuses:
        document = listed(f"/{lang}/status/{status}/")
        for entry in current().with_status(status):
            assert f"/{lang}/errors/{entry.code}/" in document.values("a", "href")
            assert not entry.message or " ".join(entry.message.split()) in document.texts["q"]


@pytest.mark.parametrize("status", ["418", "999", "299"])
def test_a_status_without_entries_is_a_404_that_says_so(status: str) -> None:
    assert "no entry with this status" in listed(f"/en/status/{status}/", 404).text


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("401-invalid-apikey", "401-invalid-api-key"),
        ("529-overload", "529-overloaded"),
        ("401-INVALID-API-KEYS", "401-invalid-api-key"),
        ("model-does-not-exist", "400-model-does-not-exist"),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_code_that_is_not_there_brings_up_the_near_ones(lang: str, asked: str, near: str) -> None:
    document = listed(f"/{lang}/errors/{asked}/", 404)
    assert f"/{lang}/errors/{near}/" in document.values("a", "href")
    assert "text" in document.values("textarea", "name")


def test_what_resembles_nothing_brings_up_the_index() -> None:
    document = listed("/en/errors/zzzzzzzzzzzz/", 404)
    assert not [
        href for href in document.values("a", "href") if href.startswith("/en/errors/") and href != "/en/errors/"
    ]


@pytest.mark.parametrize(
    "address", ["/en/clients/nobody/", "/en/howtos/nothing/", "/en/status/4010/", "/en/errors/%FF/"]
)
def test_other_pages_that_are_not_there_are_a_404(address: str) -> None:
    assert listed(address, 404).heading == "No such page"


def test_a_very_long_address_is_a_404_in_no_time() -> None:
    assert listed("/en/errors/" + "a-" * 4000 + "/", 404).heading == "No such page"
