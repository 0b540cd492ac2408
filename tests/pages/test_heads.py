"""What a page tells search engines and caches about itself."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings

from tests.markup import Page, read
from tests.pages.reader import addresses, page


def noindex(document: Page) -> bool:
    return bool(document.all("meta", name="robots", content="noindex"))


def canonical(document: Page) -> list[str]:
    return [tag.attributes["href"] for tag in document.all("link", rel="canonical")]


def test_every_page_that_may_be_indexed_names_itself_and_its_other_languages() -> None:
    for address in addresses():
        document = page(address)
        if not address.endswith("/lookup/"):
            assert not noindex(document), address
            assert canonical(document) == [f"http://testserver{address}"]
            named = {t.attributes["hreflang"]: t.attributes["href"] for t in document.all("link", rel="alternate")}
            rest = address.split("/", 2)[2]
            assert named["en"] == f"http://testserver/en/{rest}"
            assert named["zh-Hans"] == f"http://testserver/zh-hans/{rest}"


@pytest.mark.parametrize(
    "address", ["/en/lookup/", "/en/errors/?status=401", "/en/errors/?client=curl", "/en/models/?id=claude-3.5-sonnet"]
)
def test_a_view_of_a_page_is_not_indexed(address: str) -> None:
    assert noindex(read(Client().get(address).content))


def test_an_entry_opened_on_a_client_names_the_entry_as_its_canonical_address() -> None:
    document = read(Client().get("/en/errors/401-invalid-api-key/?client=cursor").content)
    assert canonical(document) == ["http://testserver/en/errors/401-invalid-api-key/"]


@pytest.mark.parametrize("paste", ["invalid x-api-key", "401", "hello"])
def test_a_result_is_not_indexed_and_not_stored(paste: str) -> None:
    response = Client().post("/en/lookup/", {"text": paste})
    assert noindex(read(response.content))
    assert "no-store" in response["Cache-Control"]


def test_a_page_that_is_not_there_is_not_indexed() -> None:
    assert noindex(read(Client().get("/en/errors/999-nothing/").content))


@override_settings(BASE_URL="https://errors.example.org")
def test_canonical_addresses_stand_on_the_configured_origin() -> None:
    document = read(Client().get("/en/models/").content)
    assert canonical(document) == ["https://errors.example.org/en/models/"]


@pytest.mark.parametrize(
    ("address", "language"), [("/en/", "en"), ("/zh-hans/", "zh-hans"), ("/zh-hans/x/", "zh-hans")]
)
def test_the_header_says_the_language(address: str, language: str) -> None:
    assert Client().get(address)["Content-Language"] == language


def test_a_title_carries_the_exact_message() -> None:
    [title] = page("/zh-hans/errors/401-invalid-api-key/").texts["title"]
    assert "invalid x-api-key" in title


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_every_answer_is_guarded(header: str, value: str) -> None:
    for address in ("/en/", "/en/nothing/", "/e/401-invalid-api-key", "/sitemap.xml", "/api/v1/lookup"):
        assert Client().get(address)[header] == value
