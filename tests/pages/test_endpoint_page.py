"""The key and address check without JavaScript; the key is not kept, logged or sent back."""

from __future__ import annotations

import logging

import pytest
from django.http import HttpResponse
from django.test import Client

from kb.handbook import current
from tests.markup import Page, read
from tests.pages.reader import LANGUAGES, page

KEY = "sk-ant-api03"
RELAY = "https://relay.example.com"


def ask(url: str, key: str, lang: str = "en") -> HttpResponse:
    return Client().post(f"/{lang}/gateways/check/", {"url": url, "key": key})  # type: ignore[return-value]


def shown(document: Page, attribute: str) -> list[str]:
    """The values of a `data-…` attribute on what is not hidden."""
    name = f"data-{attribute}"
    return [tag.attributes[name] for tag in document.tags if name in tag.attributes and "hidden" not in tag.attributes]


def test_before_anything_is_asked_no_answer_is_shown() -> None:
    document = page("/en/gateways/check/")
    for attribute in ("verdict", "platform", "key", "finding", "line"):
        assert shown(document, attribute) == []
    assert document.all("section", class_="checked")[0].attributes["hidden"] == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_official_key_at_a_relay_is_a_mismatch_and_leads_to_revoking(lang: str) -> None:
    document = read(ask(RELAY, KEY, lang).content)
    assert shown(document, "verdict") == ["mismatch"]
    assert (shown(document, "platform"), shown(document, "key")) == (["relay"], ["anthropic-api"])
    assert shown(document, "revoke") == [""]
    assert (document.faults, document.inline) == ([], [])


def test_a_right_pair_gets_the_lines_of_every_client() -> None:
    document = read(ask("https://api.anthropic.com/v1/", KEY).content)
    assert shown(document, "verdict") == ["belongs"]
    assert shown(document, "finding") == ["trailing-slash", "has-v1"]
    assert len(shown(document, "line")) == len(current().document.gateways.endpoints.lines)
    assert 'client = anthropic.Anthropic(base_url="https://api.anthropic.com")' in document.texts["code"]
    assert 'client = OpenAI(base_url="https://api.anthropic.com/v1")' in document.texts["code"]


def test_the_lines_cover_the_clients_that_take_an_address() -> None:
    clients = {line.client for line in current().document.gateways.endpoints.lines}
    assert clients >= {
        "python-sdk", "node-sdk", "curl", "claude-code", "cherry-studio", "cherry-studio-mobile", "cursor", "cline",
    }  # fmt: skip


def test_a_platform_with_a_protocol_of_its_own_gets_no_base_url() -> None:
    document = read(ask("https://bedrock-runtime.us-east-1.amazonaws.com", "ABSKQmVkcm9j").content)
    assert (shown(document, "verdict"), shown(document, "line")) == (["belongs"], [])


@pytest.mark.parametrize("key", [KEY + "-", KEY + "-AbCdEfGhIjKlMnOpQrSt"])
@pytest.mark.parametrize(("lang", "said"), [("en", "more than the first 12"), ("zh-hans", "前 12 个字符")])
def test_more_than_twelve_characters_of_a_key_are_refused(lang: str, said: str, key: str) -> None:
    response = ask("https://api.anthropic.com", key, lang)
    document = read(response.content)
    assert response.status_code == 400
    assert (shown(document, "finding"), shown(document, "verdict")) == (["key-long"], [])
    assert said in document.text
    assert key not in response.content.decode()


def test_the_field_takes_twelve_characters() -> None:
    [field] = [tag for tag in page("/en/gateways/check/").all("input") if tag.attributes["name"] == "key"]
    assert field.attributes["maxlength"] == "12"


def test_the_key_is_not_sent_back_and_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        response = ask(RELAY, "sk-Zq81Kd03x")
    assert "Zq81Kd03x" not in response.content.decode() + str(response.headers)
    assert "Zq81Kd03x" not in caplog.text
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize("url", ["sk-ant-api03-Zq81Kd03xAbCdEfGh", "https://me:Zq81Kd03x@relay.example.com"])
def test_a_secret_in_the_address_is_not_sent_back(url: str) -> None:
    response = ask(url, "")
    assert "Zq81Kd03x" not in response.content.decode()


def test_a_key_in_the_query_of_the_page_is_not_read() -> None:
    document = read(Client().get("/en/gateways/check/", {"url": RELAY, "key": KEY}).content)
    assert shown(document, "verdict") == []


@pytest.mark.parametrize(("url", "key"), [("", ""), (" ", "\t")])
def test_an_empty_form_is_a_400_that_says_so(url: str, key: str) -> None:
    response = ask(url, key)
    assert response.status_code == 400
    assert "Give an address" in read(response.content).text


def test_a_form_without_fields_is_a_400_and_a_flood_a_413() -> None:
    assert Client().post("/en/gateways/check/", {}).status_code == 400
    assert ask("x" * (2**20 + 1), "").status_code == 413


@pytest.mark.parametrize("url", ['"><script>alert(1)</script>', "https://a.example/'\"<b>", "{{ 7|add:7 }}", "\x00"])
def test_what_is_pasted_stays_text(url: str) -> None:
    document = read(ask(url, "<b>").content)
    assert (document.faults, document.inline) == ([], [])
    assert not document.all("b")


def test_an_answer_is_not_indexed_and_another_method_is_a_405() -> None:
    assert read(ask(RELAY, KEY).content).all("meta", name="robots", content="noindex")
    assert Client().put("/en/gateways/check/").status_code == 405
