"""Pages for machines: sitemap, robots, health."""

from __future__ import annotations

import threading
from xml.etree import ElementTree

import pytest
from django.core.cache.backends.base import BaseCache
from django.db import DatabaseError, connection
from django.test import Client, override_settings

from kb.handbook import current
from kb.pages import health
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
    told = response.json()
    assert (told["database"], told["cache"], told["storage"]) == ("ok", "ok", "ok")
    assert told["snapshot"]["version"] == current().version
    assert told["snapshot"]["age"] >= 0


@pytest.mark.parametrize("part", ["database", "cache", "storage"])
def test_readyz_is_a_503_when_a_part_is_missing_and_readers_notice_nothing(
    part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks = dict.fromkeys(health.CHECKS, lambda: "ok") | {part: lambda: "unreachable"}
    monkeypatch.setattr(health, "CHECKS", checks)
    response = Client().get("/readyz")
    assert (response.status_code, response.json()[part]) == (503, "unreachable")
    assert (Client().get("/healthz").status_code, Client().get("/en/").status_code) == (200, 200)


@pytest.mark.django_db
def test_a_database_that_refuses_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "close", lambda: None)  # the test's own transaction would end with it

    def refuse(*_: object) -> None:
        raise DatabaseError("gone")

    with connection.execute_wrapper(refuse):
        assert health.database() == "unreachable"
    assert health.database() == "ok"


def test_a_check_that_hangs_is_told_and_not_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.01)
    answer, asked = threading.Event(), []

    def hang() -> str:
        asked.append(1)
        answer.wait(10)
        return "ok"

    check = health.Patient(hang)
    assert [check(), check()] == ["unreachable", "unreachable"]
    answer.set()
    monkeypatch.setattr(health, "PATIENCE", 10)
    assert (check(), len(asked)) == ("ok", 1)


def test_a_cache_that_raises_is_unreachable() -> None:
    with override_settings(CACHES={"default": {"BACKEND": "tests.pages.test_machines.Broken"}}):
        assert health.cached() == "unreachable"


class Broken(BaseCache):
    def __init__(self, *_: object) -> None:
        super().__init__({})

    def set(self, *_: object, **__: object) -> None:
        raise ConnectionError


def test_a_browser_that_asks_for_an_icon_is_led_to_ours() -> None:
    """Pages without one of their own: the admin's, and those of faults."""
    response = Client().get("/favicon.ico")
    assert response.status_code == 302
    assert response["Location"].startswith("/static/icon.")
    assert Client().get(response["Location"]).status_code == 200
