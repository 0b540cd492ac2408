"""The search of the index, and what it offers where a paste was not recognised."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client

from kb.handbook import current
from tests.markup import Page, read
from tests.pages.reader import LANGUAGES, Ask

KEY = "sk-ant-api03-" + "Qx7" * 32


def page(query: str, lang: str = "en") -> Page:
    response = Client().get(f"/{lang}/errors/?{query}")
    assert response.status_code == 200
    document = read(response.content)
    assert (document.faults, document.inline) == ([], [])
    return document


def codes(query: str, lang: str = "en") -> list[str]:
    return [code for code in page(query, lang).texts.get("code", []) if code in current().entries]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("登录过期", "401-oauth-token-expired"),
        ("login expired", "401-oauth-token-expired"),
        ("图片太大", "400-image-too-large"),
        ("529", "529-overloaded"),
        ("invalid x-api-key", "401-invalid-api-key"),
        ("cursor 连不上", "cursor-connection-failed"),
        ("529-overloaded", "529-overloaded"),
    ],
)
def test_words_in_either_language_bring_the_entry_first(lang: str, words: str, code: str) -> None:
    assert codes(f"q={quote(words)}", lang)[0] == code


def test_a_search_is_marked_as_one_and_keeps_its_words() -> None:
    document = page("q=login+expired")
    assert "Found by search for “login expired”, best first:" in document.text
    assert "login expired" in document.values("input", "value")


def test_filters_narrow_a_search() -> None:
    found = codes("q=rate+limit&client=cursor")
    assert "cursor-user-key-rate-limited" in found
    assert all("cursor" in current().entries[code].clients for code in found)


@pytest.mark.parametrize(("lang", "said"), [("en", "Nothing found for “zebra”"), ("zh-hans", "没有搜到“zebra”")])
def test_an_empty_result_says_so_and_what_to_do(lang: str, said: str) -> None:
    document = page("q=zebra", lang)
    assert said in document.texts["h2"]
    assert {f"/{lang}/lookup/", f"/{lang}/errors/"} <= set(document.values("a", "href"))
    assert codes("q=zebra", lang) == []


def test_without_words_the_index_is_whole() -> None:
    assert len(codes("q=")) == len(codes("q=+&status=")) == len(list(current().listed()))


@pytest.mark.parametrize("query", ["q=%00", "q=%FF%FE", "q=" + "x" * 5000, "q=%3Cscript%3E", "q=%ED%A0%80", "q=a&q=b"])
def test_strange_words_do_no_harm(query: str) -> None:
    assert page(query).heading == "Errors"


def test_only_a_hundred_characters_are_read() -> None:
    shown = page("q=" + "login+" * 100).values("input", "value")
    assert max(len(value) for value in shown) <= 100


def test_a_key_is_taken_out_of_the_address_and_of_the_page() -> None:
    response = Client().get(f"/en/errors/?status=401&q=invalid+{KEY}")
    assert response.status_code == 302
    assert "Qx7" not in response["Location"]
    assert "status=401" in response["Location"]
    assert "no-store" in response["Cache-Control"]
    followed = Client().get(response["Location"])
    assert followed.status_code == 200
    assert b"Qx7" not in response.content + followed.content


def test_a_search_is_neither_stored_nor_indexed() -> None:
    response = Client().get("/en/errors/?q=login")
    assert "no-store" in response["Cache-Control"]
    assert 'name="robots" content="noindex' in response.content.decode()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_description_that_is_not_recognised_is_offered_what_a_search_finds(ask: Ask, lang: str) -> None:
    paste = "image dimensions"
    document = read(ask(paste, lang).content)
    [article] = document.all("article")
    assert article.attributes["data-code"] == ""
    assert {"en": "Perhaps one of these", "zh-hans": "会不会是其中之一"}[lang] in document.texts["h2"]
    links = document.values("a", "href")
    found = {f"/{lang}/errors/{entry.code}/" for entry in current().search(paste, 5)}
    assert found
    assert found <= set(links)


@pytest.mark.parametrize("paste", ["zebra crossing", "image dimensions", "claude login expired"])
def test_no_address_on_the_page_holds_the_paste(ask: Ask, paste: str) -> None:
    document = read(ask(paste).content)
    addresses = [*document.values("a", "href"), *document.values("form", "action")]
    assert not [address for address in addresses if "?q=" in address or quote(paste) in address]


def test_nothing_is_offered_for_what_resembles_nothing(ask: Ask) -> None:
    assert "Perhaps one of these" not in read(ask("zebra crossing").content).texts["h2"]


def test_one_word_of_a_foreign_message_is_not_looked_for(ask: Ask) -> None:
    traceback = 'File "views.py", line 12, in get\n    name = request.session["user"]\nKeyError: \'user\''
    assert current().search("user")
    assert "Perhaps one of these" not in read(ask(traceback).content).texts["h2"]


def test_a_recognised_paste_is_not_searched_for(ask: Ask) -> None:
    assert "Perhaps one of these" not in read(ask("invalid x-api-key").content).texts["h2"]


def test_a_description_with_a_client_is_answered_for_it_and_lists_what_is_near(ask: Ask) -> None:
    document = read(ask("cursor 连不上", "zh-hans").content)
    [article] = document.all("article")
    assert article.attributes["data-code"] == "cursor-connection-failed"
    assert "/zh-hans/errors/cursor-connection-failed/?client=cursor#client" in document.values("a", "href")
    assert "会不会是其中之一" in document.texts["h2"]
