"""Ways to reach Claude, compared; what a vendor claims is marked as such."""

from __future__ import annotations

import re

import pytest

from kb.handbook import current
from tests.pages.reader import LANGUAGES, page

CONTACTS = re.compile(r"(?i)微信|wechat|qq ?群|telegram|t\.me/|@[a-z]{3,}\.|扫码|优惠码|邀请码|coupon|promo")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_route_has_its_section_and_stands_in_the_table(lang: str) -> None:
    document = page(f"/{lang}/gateways/")
    for route in current().document.gateways.routes:
        assert route.slug in document.ids
        assert f"#{route.slug}" in document.values("a", "href")


def test_every_kind_of_route_is_compared() -> None:
    kinds = {route.kind for route in current().document.gateways.routes}
    assert kinds == {"official", "cloud", "aggregator", "relay", "own"}


@pytest.mark.parametrize(("lang", "said"), [("en", "not verified"), ("zh-hans", "未核实")])
def test_every_claim_bears_its_vendor_its_month_and_that_it_is_not_verified(lang: str, said: str) -> None:
    document = page(f"/{lang}/gateways/")
    claims = current().document.gateways.claims
    assert claims
    for claim in claims:
        heading = next(text for text in document.texts["th"] if text.startswith(claim.aspect[lang]))
        assert f"{claim.vendor}, {claim.claimed}; {said}" in heading


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_vendor_is_linked_or_gives_a_contact(lang: str) -> None:
    document = page(f"/{lang}/gateways/")
    vendors = {claim.vendor.lower() for claim in current().document.gateways.claims}
    assert not [href for href in document.values("a", "href") for vendor in vendors if vendor in href.lower()]
    payment = {claim.of_itself[lang] for claim in current().document.gateways.claims}
    text = document.text
    for named in payment:
        text = text.replace(named, "")
    assert CONTACTS.findall(text) == []


def test_a_vendor_stands_on_no_other_page_of_ours() -> None:
    for path in ("", "errors/", "clients/", "howtos/", "about/", "errors/401-key-endpoint-mismatch/"):
        for claim in current().document.gateways.claims:
            assert claim.vendor not in page(f"/en/{path}").text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_steps_for_changing_the_endpoint_stand_there(lang: str) -> None:
    document = page(f"/{lang}/gateways/")
    assert "change-endpoint" in document.ids
    for target in (f"/{lang}/gateways/check/", f"/{lang}/howtos/set-base-url/", f"/{lang}/howtos/revoke-a-key/"):
        assert target in document.values("a", "href")


@pytest.mark.parametrize("code", ["401-key-endpoint-mismatch", "404-wrong-path"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_entries_about_key_and_address_lead_to_the_check(lang: str, code: str) -> None:
    assert f"/{lang}/gateways/check/" in page(f"/{lang}/errors/{code}/").values("a", "href")
