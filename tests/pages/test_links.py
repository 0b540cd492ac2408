"""Every link of every page leads somewhere."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit

import pytest
from django.test import Client

from tests.markup import Page, read
from tests.pages.reader import LANGUAGES, addresses, page

pytestmark = pytest.mark.xdist_group("pages")
PASTES = (
    "invalid x-api-key",
    "连接失败 401",
    "KeyError: 'x'",
    '{"message":"model: claude-3.5-sonnet"}',
    "Overloaded 529",
)
REFERRAL_PARTS = {"aff", "affiliate", "invite", "invitation", "ref", "referral"}


@cache
def read_pages() -> dict[str, Page]:
    """Every page, and what the form answers and refuses."""
    found = {address: page(address) for address in addresses()}
    client = Client()
    for lang in LANGUAGES:
        for paste in PASTES:
            found[f"/{lang}/lookup/#{paste}"] = read(client.post(f"/{lang}/lookup/", {"text": paste}).content)
        found[f"/{lang}/errors/401-invalid/"] = read(client.get(f"/{lang}/errors/401-invalid/").content)
    return found


@cache
def links() -> dict[str, set[str]]:
    """Address → the pages that lead to it."""
    found: dict[str, set[str]] = defaultdict(set)
    for address, document in read_pages().items():
        for href in document.values("a", "href"):
            found[urljoin(address, href)].add(address)
    missing = {f"/{lang}/errors/401-invalid/" for lang in LANGUAGES}  # the switch of that page leads to its like
    return {link: sources for link, sources in found.items() if urldefrag(link).url not in missing}


@cache
def anchors(address: str) -> set[str]:
    return set(read(Client().get(address).content).ids)


def test_every_internal_link_answers_without_a_detour() -> None:
    client = Client()
    targets = {urldefrag(link).url for link in links() if not urlsplit(link).scheme}
    statuses = {target: client.get(target).status_code for target in targets}
    assert {target: status for target, status in statuses.items() if status != 200} == {}


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


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_can_be_reached_from_the_first_one_by_links(lang: str) -> None:
    first = f"/{lang}/"
    seen, waiting = {first}, [first]
    known = set(addresses())
    while waiting:
        address = waiting.pop()
        targets = {
            urldefrag(urljoin(address, href)).url.partition("?")[0] for href in page(address).values("a", "href")
        }
        fresh = (targets & known) - seen
        seen |= fresh
        waiting += fresh
    assert {address for address in known if address.startswith(first)} == {a for a in seen if a.startswith(first)}


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
