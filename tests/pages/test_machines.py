"""Pages for machines: sitemap, robots, health."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.db import DatabaseError, connection
from django.test import Client, override_settings

from kb.handbook import current
from tests.pages.reader import addresses

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def test_the_sitemap_lists_every_page_but_the_form() -> None:
    tree = ElementTree.fromstring(Client().get("/sitemap.xml").content)
    listed = [location.text for location in tree.iter(f"{SITEMAP}loc")]
    wanted = {f"http://testserver{address}" for address in addresses() if not address.endswith("/lookup/")}
    assert len(listed) == len(set(listed))
    assert set(listed) == wanted


def test_every_address_of_the_sitemap_names_its_languages() -> None:
    tree = ElementTree.fromstring(Client().get("/sitemap.xml").content)
    for url in tree.iter(f"{SITEMAP}url"):
        named = {link.get("hreflang"): link.get("href") or "" for link in url.iter(f"{XHTML}link")}
        assert {"zh-Hans", "en"} <= set(named)
        assert named["zh-Hans"].replace("/zh-hans/", "/en/") == named["en"]


def test_the_sitemap_stands_on_the_configured_origin() -> None:
    with override_settings(BASE_URL="https://errors.example.org"):
        body = Client().get("/sitemap.xml").content.decode()
    assert "<loc>https://errors.example.org/en/</loc>" in body
    assert "testserver" not in body


def test_robots_may_read_the_pages_and_not_the_api() -> None:
    response = Client().get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert {"User-agent: *", "Disallow: /api/", "Disallow: /replay/", "Sitemap: http://testserver/sitemap.xml"} <= set(
        lines
    )
    assert "Disallow: /" not in lines


def test_healthz_answers_without_the_database() -> None:
    response = Client().get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_readyz_tells_of_database_and_snapshot() -> None:
    response = Client().get("/readyz")
    assert response.status_code == 200
    assert response.json() | {"database": "ok", "snapshot": current().version} == response.json()


@pytest.mark.django_db
def test_readyz_is_a_503_without_the_database() -> None:
    def refuse(*_: object) -> None:
        raise DatabaseError("gone")

    with connection.execute_wrapper(refuse):
        response = Client().get("/readyz")
        healthy = Client().get("/healthz")
        page = Client().get("/en/")
    assert (response.status_code, response.json()["database"]) == (503, "unreachable")
    assert (healthy.status_code, page.status_code) == (200, 200)
