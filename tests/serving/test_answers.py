"""What is sent: from the file, compressed, with ETags that a client may come back with."""

from __future__ import annotations

import gzip
from dataclasses import replace

import brotli
import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from kb.handbook import current
from kb.handbook.current import adopt
from kb.handbook.kept import Kept
from kb.handbook.snapshot import Snapshot
from tests.pages.reader import LANGUAGES

OWN = "127.0.0.1:8000"
PAGE = "/en/errors/529-overloaded/"


def get(address: str, host: str = OWN, accept: str = "gzip, deflate, br", **headers: str) -> HttpResponse:
    return Client(headers={"host": host, "accept-encoding": accept, **headers}).get(address)  # type: ignore[return-value]


def test_a_page_is_sent_as_it_stands_in_the_file(node: Snapshot) -> None:
    response = get(PAGE)
    assert response.content == node.pages[PAGE].brotli
    assert response["Content-Encoding"] == "br"
    assert response["ETag"] == f'"{node.pages[PAGE].etag}-br"'
    assert response["Vary"] == "Accept-Encoding"
    assert response["Cache-Control"].startswith("public, max-age=60")


def test_every_compression_holds_the_same_page(node: Snapshot) -> None:
    plain = get(PAGE, accept="").content
    assert b"<!doctype html>" in plain[:30]
    assert gzip.decompress(get(PAGE, accept="gzip").content) == plain
    assert brotli.decompress(get(PAGE).content) == plain


def test_a_page_from_the_file_has_every_header_of_a_page_made_now(node: Snapshot) -> None:
    kept, made = get(PAGE), get(f"{PAGE}?made=now")
    names = set(dict(made.items())) | set(dict(kept.items()))
    assert {n for n in names if kept.get(n) != made.get(n)} <= {"ETag", "Content-Length", "X-Request-ID"}
    assert "Content-Security-Policy" in names


@pytest.mark.parametrize("accept", ["br", "gzip", ""])
@pytest.mark.parametrize("host", [OWN, "localhost"])
def test_a_page_that_the_client_has_is_not_sent_again(node: Snapshot, accept: str, host: str) -> None:
    first = get(PAGE, host, accept)
    for asked in (first["ETag"], f'"other", {first["ETag"]}', f"W/{first['ETag']}", "*"):
        again = get(PAGE, host, accept, **{"if-none-match": asked})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert get(PAGE, host, accept, **{"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize("address", [PAGE, "/en/?x=1", "/en/nowhere/", "/healthz", "/api/v1/entries"])
def test_head_tells_the_length_and_sends_nothing(node: Snapshot, address: str) -> None:
    client = Client(headers={"host": OWN, "accept-encoding": "gzip"})
    full, head = client.get(address), client.head(address)
    assert (head.status_code, head.content) == (full.status_code, b"")
    assert head["Content-Length"] == str(len(full.content))


def test_links_are_made_for_the_origin_that_was_asked(node: Snapshot) -> None:
    assert b"http://127.0.0.1:8000/e/529-overloaded" in get(PAGE, accept="").content
    assert b"http://localhost/e/529-overloaded" in get(PAGE, "localhost", accept="").content


@override_settings(ALLOWED_HOSTS=["127.0.0.1"])
def test_a_page_is_kept_from_hosts_that_are_not_ours(node: Snapshot) -> None:
    response = get(PAGE, "errors.example.net")
    assert response.status_code == 400
    assert "ETag" not in response


def test_a_page_made_on_demand_is_made_once(node: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"{PAGE}?client=curl"
    first = get(address)
    monkeypatch.setattr("kb.pages.entries.current", lambda: 1 / 0)
    assert get(address).content == first.content
    assert get(address)["ETag"] == first["ETag"]


def test_few_pages_made_on_demand_are_kept_the_newest_of_them(node: Snapshot) -> None:
    adopt(replace(current(), kept=Kept(most=2)))
    for number in range(4):
        get(f"/en/privacy/?n={number}")
    assert [asked.address for asked in current().kept._pages] == ["/en/privacy/?n=2", "/en/privacy/?n=3"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_answer_to_a_paste_is_compressed_and_never_kept(node: Snapshot, lang: str) -> None:
    client = Client(headers={"host": OWN, "accept-encoding": "gzip"})
    response = client.post(f"/{lang}/lookup/", {"text": "529 overloaded_error Overloaded"})
    assert b"529-overloaded" in gzip.decompress(response.content)
    assert "no-store" in response["Cache-Control"]
    assert "ETag" not in response
    assert not current().kept._pages


def test_the_language_of_an_api_answer_is_not_mixed_up(node: Snapshot) -> None:
    english, chinese = (get("/api/v1/clients", accept="", **{"accept-language": lang}) for lang in ("en", "zh-CN"))
    assert english.content != chinese.content
    assert english["ETag"] != chinese["ETag"]
    assert english["Vary"] == "Accept-Encoding, Accept-Language, Cookie"


def test_a_replayed_error_is_sent_byte_for_byte(node: Snapshot) -> None:
    response = get("/replay/529-overloaded/v1/messages")
    assert "Content-Encoding" not in response
    assert b"overloaded_error" in response.content


def test_no_page_says_who_it_is_for(node: Snapshot) -> None:
    for address, page in node.pages.items():
        assert "Set-Cookie" not in page.headers, address
        assert "Vary" not in page.headers, address
