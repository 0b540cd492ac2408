"""`/e/<code>[/<client>]`: the addresses that tickets carry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module

import pytest
from django.test import Client

from kb.handbook import current
from kb.handbook.publish import ADAPTER
from kb.handbook.snapshot import Snapshot
from tests.markup import read

CODE = "401-invalid-api-key"


def follow(address: str, cookie: str = "", accepted: str = "") -> tuple[int, str]:
    client = Client()
    if cookie:
        client.cookies["kb_lang"] = cookie
    response = client.get(address, headers={"Accept-Language": accepted})
    return response.status_code, response.get("Location", "")


@pytest.mark.parametrize(
    ("lang", "cookie", "accepted", "answered"),
    [
        ("?lang=zh-hans", "en", "en", "zh-hans"),
        ("?lang=en", "zh-hans", "zh-CN", "en"),
        ("?lang=zh-CN", "", "", "zh-hans"),
        ("?lang=fr", "", "zh-CN", "zh-hans"),
        ("", "zh-hans", "en", "zh-hans"),
        ("", "en", "zh-CN", "en"),
        ("", "fr", "zh-CN", "zh-hans"),
        ("", "", "zh-TW,zh;q=0.9", "zh-hans"),
        ("", "", "fr", "en"),
        ("", "", "", "en"),
    ],
)
def test_the_language_is_asked_for_then_remembered_then_preferred_then_english(
    lang: str, cookie: str, accepted: str, answered: str
) -> None:
    assert follow(f"/e/{CODE}{lang}", cookie, accepted) == (302, f"/{answered}/errors/{CODE}/")


def test_caches_are_told_that_the_target_depends_on_the_reader() -> None:
    for address in (f"/e/{CODE}", f"/e/{CODE}/cursor?lang=en"):
        assert set(Client().get(address)["Vary"].split(", ")) >= {"Accept-Language", "Cookie"}


@pytest.mark.parametrize(
    "written",
    [
        CODE.upper(), f"{CODE}/", f"{CODE}//", f"{CODE}.", f"{CODE},", f"{CODE})", f"{CODE}。", f"{CODE}）",
        f"{CODE}！", f"{CODE}%22", f"{CODE}'", f"{CODE}%3E", f"{CODE}/).", f"{CODE}/?utm_source=x",
        f"{CODE}%20", f"{CODE}**",
    ],
)  # fmt: skip
def test_case_trailing_slashes_and_punctuation_are_forgiven(written: str) -> None:
    assert follow(f"/e/{written}") == (302, f"/en/errors/{CODE}/")


@pytest.mark.parametrize("written", ["cursor", "Cursor", "cursor/", "cursor.", "cursor）。", "CURSOR?lang=en"])
def test_a_client_opens_the_entry_on_that_client(written: str) -> None:
    status, target = follow(f"/e/{CODE}/{written}")
    assert (status, target) == (302, f"/en/errors/{CODE}/?client=cursor#client")
    document = read(Client().get(target).content)
    assert [t.attributes["id"] for t in document.all("details", name="client") if "open" in t.attributes] == [
        "client-cursor"
    ]
    assert "client" in document.ids


@pytest.mark.parametrize("client", ["nobody", "vertex", "cursor/more", "...", "%00"])
def test_a_client_that_is_unknown_here_leads_to_the_entry(client: str) -> None:
    assert follow(f"/e/{CODE}/{client}") == (302, f"/en/errors/{CODE}/")


@pytest.mark.parametrize("code", ["999-nothing", "401", "", "/", "e/e", "..", "%2e%2e%2fen", "401-invalid-api-key2"])
def test_a_code_that_never_was_is_a_404(code: str) -> None:
    assert follow(f"/e/{code}")[0] == 404


def test_a_near_code_is_offered() -> None:
    response = Client().get("/e/401-invalid-apikey")
    assert response.status_code == 404
    assert f"/en/errors/{CODE}/" in read(response.content).values("a", "href")


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The handbook with a code that has moved, and an entry that was withdrawn."""
    module = import_module("kb.handbook.current")
    document = current().document
    gone = replace(document.entries[-1], withdrawn={"zh-hans": "<p>已撤下。</p>", "en": "<p>Withdrawn.</p>"})
    document = replace(document, entries=(*document.entries[:-1], gone), redirects={"401-old-code": CODE})
    handbook = module.build(Snapshot(ADAPTER.dump_json(document)))
    monkeypatch.setattr(module._holder, "get", lambda: handbook)
    yield
    monkeypatch.undo()


@pytest.mark.usefixtures("moved")
@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/e/401-old-code", f"/e/{CODE}"),
        ("/e/401-OLD-code/.", f"/e/{CODE}"),
        ("/e/401-old-code/cursor", f"/e/{CODE}/cursor"),
        ("/e/401-old-code?lang=zh-hans", f"/e/{CODE}?lang=zh-hans"),
        ("/en/errors/401-old-code/", f"/en/errors/{CODE}/"),
        ("/zh-hans/errors/401-old-code/", f"/zh-hans/errors/{CODE}/"),
    ],
)
def test_a_code_that_moved_redirects_for_good(address: str, target: str) -> None:
    assert follow(address) == (301, target)
    assert Client().get(address, follow=True).status_code == 200


@pytest.mark.usefixtures("moved")
def test_a_withdrawn_entry_answers_with_a_page_that_says_so() -> None:
    code = current().document.entries[-1].code
    response = Client().get(f"/e/{code}", follow=True)
    assert response.status_code == 200
    assert "Withdrawn." in read(response.content).text


@pytest.mark.usefixtures("moved")
def test_a_withdrawn_entry_is_in_no_list() -> None:
    code = current().document.entries[-1].code
    for address in ("/en/errors/", "/sitemap.xml"):
        assert f"/errors/{code}/" not in Client().get(address).content.decode()
