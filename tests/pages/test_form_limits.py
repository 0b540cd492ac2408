"""What a form may send: nothing, too much, or what is no text."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.markup import read
from tests.pages.reader import Ask

FORM = "application/x-www-form-urlencoded"
TAIL = "\nanthropic.AuthenticationError: Error code: 401 - {'error': {'message': 'invalid x-api-key'}}"


@pytest.mark.parametrize("text", ["", " ", "\r\n\t "])
@pytest.mark.parametrize(("lang", "said"), [("en", "The paste was empty."), ("zh-hans", "粘贴")])
def test_an_empty_paste_is_a_400_that_says_so(ask: Ask, text: str, lang: str, said: str) -> None:
    response = ask(text, lang)
    assert response.status_code == 400
    document = read(response.content)
    assert said in document.text
    assert "text" in document.values("textarea", "name")


def test_a_form_without_the_field_is_a_400() -> None:
    assert Client().post("/en/lookup/", {}).status_code == 400


def test_exactly_64_kib_are_read_whole(ask: Ask) -> None:
    document = read(ask("x" * (64 * 1024 - len(TAIL)) + TAIL).content)
    assert "longer than 64 KiB" not in document.text
    assert "invalid x-api-key" in document.texts["mark"]


@pytest.mark.parametrize("filler", ["x", "连", "😀"])
def test_70_kib_are_cut_to_head_and_tail_and_the_page_says_so(ask: Ask, filler: str) -> None:
    head = "HEAD of the log\n"
    response = ask(head + filler * (70 * 1024 // len(filler.encode())) + TAIL)
    document = read(response.content)
    assert response.status_code == 200
    assert "longer than 64 KiB" in document.text
    assert document.texts["mark"] == ["invalid x-api-key"]
    [read_back] = [text for text in document.texts["pre"] if text.startswith("HEAD of the log")]
    assert "…" in read_back
    assert "\ufffd" not in read_back


def test_the_chinese_page_says_so_too(ask: Ask) -> None:
    assert "64 KiB" in read(ask("x" * 70 * 1024, "zh-hans").content).text


@pytest.mark.parametrize("multipart", [True, False])
def test_over_a_mebibyte_is_a_clear_413(multipart: bool) -> None:
    text = "a" * (2**20 + 1)
    client = Client()
    response = (
        client.post("/en/lookup/", {"text": text}) if multipart else client.post("/en/lookup/", f"text={text}", FORM)
    )
    document = read(response.content)
    assert response.status_code == 413
    assert "bytes" in document.text
    assert "text" in document.values("textarea", "name")


@pytest.mark.parametrize(
    "body", [b"text=%ff%fe", b"text=\xff\xfe", b"text=%00", b"text=a%00b", b"text=%ed%a0%80", b"text=%EF%BB%BFhello"]
)
def test_what_is_no_text_is_not_recognised(body: bytes) -> None:
    response = Client().post("/en/lookup/", body, FORM)
    assert response.status_code == 200
    assert read(response.content).heading == "Not recognised"


@pytest.mark.parametrize("text", ["[" * 10_000 + "]" * 10_000, '{"a":' * 10_000 + "1" + "}" * 10_000])
def test_a_deep_nest_is_not_recognised(ask: Ask, text: str) -> None:
    assert read(ask(text).content).heading == "Not recognised"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("&".join(f"field{n}=1" for n in range(50)), FORM),
        ("not a multipart body", "multipart/form-data"),
        ("not a multipart body", "multipart/form-data; boundary=x"),
        ('{"text": "invalid x-api-key"}', "application/json"),
        ("invalid x-api-key", "text/plain"),
        ("text=a", FORM + "; charset=utf-7"),
    ],
)
def test_a_body_that_is_no_form_is_a_4xx(body: str, content_type: str) -> None:
    response = Client().generic("POST", "/en/lookup/", body.encode(), content_type=content_type)
    assert 400 <= response.status_code < 500


def test_an_uploaded_file_is_not_taken_for_a_paste() -> None:
    file = SimpleUploadedFile("log.txt", b"invalid x-api-key")
    assert Client().post("/en/lookup/", {"text": file}).status_code == 400


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_another_method_is_a_405(method: str) -> None:
    assert Client().generic(method, "/en/lookup/").status_code == 405


def test_the_form_alone_is_a_page() -> None:
    document = read(Client().get("/en/lookup/").content)
    assert document.heading == "Look an error up"


def test_a_form_sent_from_another_site_needs_no_token_because_it_changes_nothing() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(
        "/en/lookup/", {"text": "invalid x-api-key"}, headers={"Origin": "https://elsewhere.example"}
    )
    assert response.status_code == 200
