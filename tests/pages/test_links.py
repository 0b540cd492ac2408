"""A crawl from the first page: every link of every page leads somewhere, at once."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit

import pytest
from django.test import Client

from kb.handbook import current
from tests.markup import Page, read
from tests.pages.reader import LANGUAGES, addresses, page

ORIGIN = "http://testserver"
PASTES = (
    "invalid x-api-key",
    "连接失败 401",
    "KeyError: 'x'",
    '{"message":"model: claude-3.5-sonnet"}',
    "Overloaded 529",
)
MISSING = {f"/{lang}/errors/401-invalid/" for lang in LANGUAGES}  # offers near codes; its switch leads to its like
LEADING = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action"}
REFERRAL_PARTS = {"aff", "affiliate", "invite", "invitation", "ref", "referral"}


def leading(address: str, document: Page) -> set[str]:
    """Where a page leads by links, resources and forms that only ask; ours without the origin."""
    found = set()
    for tag in document.tags:
        href = tag.attributes.get(LEADING.get(tag.name, ""))
        if href is not None and tag.attributes.get("method", "get") == "get":
            found.add(urljoin(address, href).removeprefix(ORIGIN))
    return found


@cache
def answered(address: str) -> int:
    """The status of an address without its fragment, asked for once."""
    return Client().get(address).status_code


@cache
def crawl() -> dict[str, Page]:
    """Every page of ours that links reach from `/`; one with a query is a view of a page and read no further."""
    first = Client().get("/", headers={"Accept-Language": "en"})
    found, waiting = {}, [first["Location"]]
    while waiting:
        address = waiting.pop()
        if address not in found:
            found[address] = page(address)
            targets = {urldefrag(link).url for link in leading(address, found[address])}
            waiting += targets & set(addresses())
    return found


@cache
def read_pages() -> dict[str, Page]:
    """Every page, and what the form answers and refuses."""
    found, client = dict(crawl()), Client()
    for lang in LANGUAGES:
        for paste in PASTES:
            found[f"/{lang}/lookup/#{paste}"] = read(client.post(f"/{lang}/lookup/", {"text": paste}).content)
    return found | {address: read(client.get(address).content) for address in MISSING}


@cache
def links() -> dict[str, set[str]]:
    """Address → the pages that lead to it."""
    found: dict[str, set[str]] = defaultdict(set)
    for address, document in read_pages().items():
        for link in leading(address, document):
            found[link].add(address)
    return {link: sources for link, sources in found.items() if urldefrag(link).url not in MISSING}


@cache
def anchors(address: str) -> set[str]:
    return set(page(address).ids)


def test_links_reach_every_page_in_both_languages() -> None:
    assert set(crawl()) == set(addresses())


def test_every_internal_link_answers_without_a_detour() -> None:
    targets = {urldefrag(link).url for link in links() if not urlsplit(link).scheme}
    assert {target: answered(target) for target in targets if answered(target) != 200} == {}
    assert {"/api/v1/openapi.json", "/en/models/"} < targets
    assert {target.rpartition(".")[2] for target in targets if target.startswith("/static/")} == {"css", "js", "svg"}


def test_every_permalink_leads_to_a_page_in_one_step() -> None:
    client, astray = Client(), []
    for code, entry in current().entries.items():
        for permalink in (f"/e/{code}", *(f"/e/{code}/{slug}" for slug in entry.clients)):
            response = client.get(permalink)
            if (response.status_code, answered(urldefrag(response["Location"]).url)) != (302, 200):
                astray.append(permalink)
    assert astray == []


def test_every_anchor_is_there() -> None:
    missing = []
    for link, sources in links().items():
        target, anchor = urldefrag(link)
        ours = anchor and not urlsplit(link).scheme and not target.endswith("/lookup/")
        if ours and unquote(anchor) not in anchors(target.partition("?")[0]):
            missing.append((link, sorted(sources)[:2]))
    assert missing == []


def test_anchors_of_an_answer_stand_on_the_answer() -> None:
    for address, document in read_pages().items():
        named = {href[1:] for href in document.values("a", "href") if href.startswith("#")}
        assert named <= set(document.ids), address


def test_links_to_elsewhere_are_https_and_carry_no_referral() -> None:
    outside = [link for link in links() if urlsplit(link).scheme]
    assert outside
    assert [link for link in outside if urlsplit(link).scheme != "https"] == []
    assert [link for link in outside if _is_referral(link)] == []


@pytest.mark.parametrize("path", ["?utm_source=x", "?a=1&ref=me", "?aff=1", "?inviteCode=1", "invite/abc", "referral"])
def test_a_referral_is_known_by_a_parameter_or_a_part_of_the_path(path: str) -> None:
    assert _is_referral(f"https://relay.example/{path}")


def test_documentation_of_invitations_is_no_referral() -> None:
    assert not _is_referral("https://docs.example/en/articles/1-accept-an-invite-to-a-team?hl=en#invite")


def _is_referral(link: str) -> bool:
    """Whether an address credits somebody: by the name of a parameter, or by a whole part of its path."""
    parts = urlsplit(link.lower())
    names = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
    credited = any(name == "ref" or name.startswith(("utm_", "aff", "invite", "referral")) for name in names)
    return credited or bool(set(parts.path.split("/")) & REFERRAL_PARTS)


def test_links_stay_in_the_language_of_the_page() -> None:
    wrong = []
    for address in addresses():
        lang = address.split("/")[1]
        other = next(code for code in LANGUAGES if code != lang)
        for tag in page(address).all("a"):
            href = tag.attributes["href"]
            if href.startswith(f"/{other}/") and "hreflang" not in tag.attributes:
                wrong.append((address, href))
    assert wrong == []
