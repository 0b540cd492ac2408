"""Host, forwarded headers, cookies and addresses choose nothing but a page of ours."""

from __future__ import annotations

from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.test import Client

from kb.pages.languages import CODES

ORIGIN = "http://testserver"
ELSEWHERE = [
    "//evil.example",
    "/\\evil.example",
    "/\\/evil.example/",
    "///evil.example/",
    "/%2F/evil.example",
    "/%5cevil.example",
    "/%09/evil.example",
    "/%0d%0aLocation:%20https://evil.example",
    "/%0d%0aSet-Cookie:%20a=b",
    "/https:/evil.example",
    "/zh//evil.example",
    "/zh/%2f%2fevil.example",
    "/zh/..//evil.example",
    "/ZH/%5c%5cevil.example",
    "/zh/@evil.example",
    "/zh/%0d%0aSet-Cookie:%20a=b",
    "/zh/?%0d%0aSet-Cookie:%20a=b",
    "/en-us/%E2%80%AEx//evil.example",
    "/e///evil.example",
    "/e/401-invalid-api-key//evil.example",
    "/e/401-invalid-api-key?lang=//evil.example",
    "/e/401-invalid-api-key/%0d%0aSet-Cookie:%20a=b",
    "/e/401-invalid-api-key?%0d%0aSet-Cookie:%20a=b",
    "/en/errors/401-invalid-api-key//",
    "/en//evil.example",
    "/en/errors?q=sk-ant-api03-" + "Ab1" * 30,
    "/en/errors/?q=sk-ant-api03-" + "Ab1" * 30 + "&next=//evil.example",
    "/en/models/?id=sk-ant-api03-" + "Ab1" * 30,
    "/admin",
    "/admin/kb//evil.example",
    "/admin/login/?next=//evil.example",
    "/admin/r/1/1/",
    "/admin/jsi18n/../../evil.example",
]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_redirect_stays_on_our_origin(address: str) -> None:
    response = Client().get(address)
    assert response.status_code < 500
    assert set(response.cookies) <= {"kb_csrf"}
    if response.status_code in (301, 302):
        target = response["Location"]
        assert not target.startswith(("//", "/\\", "\\"))
        assert "\r" not in target + str(response.headers).replace("\\r", "\r") or "\n" not in target
        assert urlsplit(urljoin(ORIGIN + "/", target)).netloc == "testserver"


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-Host": "evil.example"},
        {"X-Host": "evil.example"},
        {"X-Original-URL": "/evil"},
        {"X-Rewrite-URL": "/evil"},
        {"Forwarded": "host=evil.example;proto=https"},
        {"X-Forwarded-Proto": "https"},
        {"X-Forwarded-Port": "1"},
        {"X-Forwarded-Prefix": "//evil.example"},
        {"X-HTTP-Method-Override": "POST"},
        {"Accept-Language": "en-US,en;q=0.9"},
        {"Cookie": "kb_lang=//evil.example; kb_csrf=x; kb_session=y; sessionid=z"},
        {"Referer": "https://evil.example"},
    ],
    ids=lambda headers: next(iter(headers)),
)
@pytest.mark.parametrize(
    "address", ["/en/", "/en/errors/401-invalid-api-key/", "/sitemap.xml", "/api/v1/entries?lang=en"]
)
def test_a_header_that_is_no_key_of_the_cache_changes_nothing(address: str, headers: dict[str, str]) -> None:
    plain, disguised = Client().get(address), Client().get(address, headers=headers)
    assert (disguised.status_code, disguised.content) == (plain.status_code, plain.content)
    assert not disguised.cookies


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost:evil",
        "localhost@evil.example",
        "localhost/evil",
        "a..b",
        "",
        "localhost\r\nX: y",
        "[::1",
        "127.0.0.1.evil.example",
        "xn--",
        "localhost#",
    ],
)
def test_a_host_that_is_not_ours_is_refused_without_being_repeated(host: str, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]  # type: ignore[attr-defined]
    for address in ("/en/", "/robots.txt", "/api/v1/entries"):
        response = Client().get(address, HTTP_HOST=host)
        assert response.status_code == 400
        assert "evil" not in response.content.decode()


@pytest.mark.parametrize("lang", ["//evil", "zh-hans\r\nX: y", "../..", "\x00", "x" * 9000, "en;q=1", "%0d%0a", "＜"])
def test_a_language_is_one_of_ours_or_nothing(lang: str) -> None:
    response = Client().get("/e/401-invalid-api-key", {"lang": lang})
    assert response["Location"] == "/en/errors/401-invalid-api-key/"
    cookie = Client()
    cookie.cookies["kb_lang"] = quote(lang, safe="/;=.-")
    assert cookie.get("/e/401-invalid-api-key")["Location"] in (
        f"/{ours}/errors/401-invalid-api-key/" for ours in CODES
    )
    assert Client().get("/api/v1/entries", {"lang": lang}).status_code == 422


@pytest.mark.parametrize(
    "path",
    [
        "/static/../kb/settings.py",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/static/..%2f..%2fsecret-key",
        "/static/....//secret-key",
        "/static/%00",
        "/static//etc/passwd",
        "/static/\\..\\secret-key",
        "/static/staticfiles.json/../../secret-key",
    ],
)
def test_nothing_beside_the_static_files_is_served(path: str) -> None:
    response = Client().get(path)
    assert response.status_code in (400, 404)
    assert b"SECRET_KEY" not in b"".join(response)
