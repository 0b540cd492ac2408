"""Two languages, in the path; what people write for them leads there."""

from __future__ import annotations

import pytest
from django.test import Client

from kb.handbook import current
from tests.markup import read
from tests.pages.reader import Ask, addresses, page


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/zh/", "/zh-hans/"),
        ("/zh-cn/", "/zh-hans/"),
        ("/zh-CN/errors/", "/zh-hans/errors/"),
        ("/zh-Hans/errors/401-invalid-api-key/", "/zh-hans/errors/401-invalid-api-key/"),
        ("/ZH-HANS/models/?id=claude-3.5-sonnet", "/zh-hans/models/?id=claude-3.5-sonnet"),
        ("/EN/about/", "/en/about/"),
        ("/en-US/about/", "/en/about/"),
        ("/zh-hans/errors", "/zh-hans/errors/"),
        ("/en/errors/401-invalid-api-key", "/en/errors/401-invalid-api-key/"),
        ("/en/errors?status=401", "/en/errors/?status=401"),
        ("/en", "/en/"),
    ],
)
def test_another_way_of_writing_an_address_leads_to_it_for_good(address: str, target: str) -> None:
    response = Client().get(address)
    assert (response.status_code, response["Location"]) == (301, target)


@pytest.mark.parametrize("address", ["/zh", "/zh-Hans", "/zh-hans"])
def test_a_language_without_a_slash_leads_to_its_first_page(address: str) -> None:
    assert Client().get(address, follow=True).redirect_chain[-1][0] == "/zh-hans/"


@pytest.mark.parametrize("address", ["/fr/", "/zh-tw-x/", "/zh-hansx/", "/english/"])
def test_a_language_that_is_not_ours_is_not_there(address: str) -> None:
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize(
    ("cookie", "accepted", "target"),
    [
        ("", "zh-CN,zh;q=0.9", "/zh-hans/"),
        ("", "en-GB", "/en/"),
        ("", "de", "/en/"),
        ("", "", "/en/"),
        ("zh-hans", "en", "/zh-hans/"),
        ("en", "zh-CN", "/en/"),
        ("tlh", "zh-CN", "/zh-hans/"),
    ],
)
def test_the_bare_address_leads_to_the_readers_language(cookie: str, accepted: str, target: str) -> None:
    client = Client()
    if cookie:
        client.cookies["kb_lang"] = cookie
    response = client.get("/", headers={"Accept-Language": accepted})
    assert (response.status_code, response["Location"]) == (302, target)
    assert set(response["Vary"].split(", ")) >= {"Accept-Language", "Cookie"}


def test_a_page_is_in_the_language_of_its_path_whatever_the_reader_prefers() -> None:
    client = Client()
    client.cookies["kb_lang"] = "en"
    response = client.get("/zh-hans/about/", headers={"Accept-Language": "en"})
    assert "非官方" in response.content.decode()


def test_the_switch_of_every_page_leads_to_the_same_page_in_the_other_language() -> None:
    for address in addresses():
        lang, rest = address.split("/", 2)[1:]
        other = {"en": "zh-hans", "zh-hans": "en"}[lang]
        [switch] = [tag for tag in page(address).all("a") if "data-lang" in tag.attributes]
        assert switch.attributes["href"] == f"/{other}/{rest}"
        assert switch.attributes["data-lang"] == other


@pytest.mark.parametrize(
    "rest",
    [
        "errors/?status=401&side=you",
        "models/?id=claude-3.5-sonnet",
        "errors/401-invalid-api-key/?client=cursor",
        "?%22",
    ],
)
def test_the_switch_keeps_what_was_asked_for(rest: str) -> None:
    document = read(Client().get(f"/en/{rest}").content)
    [switch] = [tag for tag in document.all("a") if "data-lang" in tag.attributes]
    assert switch.attributes["href"] == f"/zh-hans/{rest}"


def test_the_switch_of_a_result_posts_the_redacted_paste_again(ask: Ask) -> None:
    key = "sk-ant-api03-" + "Qx7" * 32
    document = read(ask(f"{key}\ninvalid x-api-key “quoted” <b>", client="cursor").content)
    [form] = [tag for tag in document.all("form") if tag.attributes["action"] == "/zh-hans/lookup/"]
    assert form.attributes["method"] == "post"
    fields = {t.attributes["name"]: t.attributes["value"] for t in document.all("input", type="hidden")}
    assert fields == {
        "text": "[redacted:anthropic-api-key]\ninvalid x-api-key “quoted” <b>",
        "client": "cursor",
    }
    again = read(ask(fields["text"], "zh-hans", client=fields["client"]).content)
    assert again.heading == current().entries["401-invalid-api-key"].title["zh-hans"]
