"""Too many lookups or forms from one address: 429 with Retry-After, a problem for programs and a page for people."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from kb.limits import requests
from kb.limits.breaker import Breaker
from kb.limits.rate import Rate
from kb.networks import parse_networks
from kb.replay import attempts
from tests.markup import read

API, FORM, CHECK = "/api/v1/lookup", "/en/lookup/", "/en/gateways/check/"


@pytest.fixture(autouse=True)
def three_an_hour(settings: Settings) -> Iterator[None]:
    settings.LOOKUP_RATE, settings.REDIS_URL = Rate(3, 3600), ""
    requests._buckets.cache_clear()
    yield
    requests._buckets.cache_clear()


def post(address: str = API, **headers: str) -> HttpResponse:
    client = Client(REMOTE_ADDR=headers.pop("peer", "127.0.0.1"))
    if address == API:
        return client.post(API, {"text": "a"}, content_type="application/json", headers=headers)  # type: ignore[return-value]
    return client.post(address, {"text": "a", "url": "https://a.example"}, headers=headers)  # type: ignore[return-value]


def test_the_fourth_is_a_problem_that_says_how_long_to_wait() -> None:
    assert [post().status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = post()
    assert refused["Content-Type"] == "application/problem+json"
    assert 1 <= int(refused["Retry-After"]) <= 1200
    assert refused.json()["status"] == 429
    assert refused["Retry-After"] in refused.json()["detail"]
    assert refused["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("lang", "said", "wait"), [("en", "Too many requests", "seconds"), ("zh-hans", "短时间内请求太多", "秒后重新提交")]
)
def test_a_form_is_answered_with_a_whole_page_in_its_language(lang: str, said: str, wait: str) -> None:
    for _ in range(3):
        post(f"/{lang}/lookup/")
    refused = post(f"/{lang}/lookup/")
    page = read(refused.content)
    assert (refused.status_code, page.faults, page.inline) == (429, [], [])
    assert said in page.heading
    assert wait in page.text
    assert int(refused["Retry-After"]) > 0
    assert "no-store" in refused["Cache-Control"]
    assert not refused.cookies


def test_lookups_and_forms_share_a_bucket() -> None:
    assert [post(address).status_code for address in (API, FORM, CHECK, API, FORM, CHECK)] == [200] * 3 + [429] * 3


def test_pages_can_be_read_all_the_time() -> None:
    for _ in range(5):
        post()
    for address in ("/en/", FORM, CHECK, "/en/errors/?q=key", "/api/v1/entries", "/healthz"):
        assert Client().get(address).status_code == 200, address


def test_every_client_behind_a_trusted_proxy_has_a_bucket_of_its_own() -> None:
    one, two = {"X-Forwarded-For": "203.0.113.7"}, {"X-Forwarded-For": "203.0.113.8"}
    assert [post(**one).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert post(**two).status_code == 200


def test_a_forged_header_gives_no_new_bucket() -> None:
    codes = [post(peer="198.51.100.9", **{"X-Forwarded-For": f"203.0.113.{n}"}).status_code for n in range(4)]
    assert codes == [200, 200, 200, 429]
    behind = [post(**{"X-Forwarded-For": f"203.0.113.{n}, 198.51.100.7"}).status_code for n in range(4)]
    assert behind == [200, 200, 200, 429]


def test_one_network_of_ipv6_is_one_client() -> None:
    codes = [post(peer=f"2001:db8:1:2::{n}").status_code for n in range(1, 5)]
    assert codes == [200, 200, 200, 429]
    assert post(peer="2001:db8:1:3::1").status_code == 200


def test_proxies_that_are_not_named_are_clients(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = parse_networks(["192.0.2.0/24"])
    codes = [post(**{"X-Forwarded-For": f"203.0.113.{n}"}).status_code for n in range(4)]
    assert codes == [200, 200, 200, 429]


def test_replay_is_not_limited() -> None:
    codes = {
        Client().post("/replay/529-overloaded/v1/messages", "{}", "application/json").status_code for _ in range(9)
    }
    assert codes == {529}


def test_off_means_off(settings: Settings) -> None:
    settings.LOOKUP_RATE = None
    assert {post().status_code for _ in range(9)} == {200}


def test_a_dead_redis_refuses_nobody_and_the_limit_of_the_process_holds(settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert [post().status_code for _ in range(4)] == [200, 200, 200, 429]


@pytest.mark.parametrize("retries", [None, "0", "2"])
def test_replay_goes_on_when_its_counts_are_gone(monkeypatch: pytest.MonkeyPatch, retries: str | None) -> None:
    """The client then tells which attempt it is, or each is the first."""

    def gone(*_: object) -> None:
        raise ConnectionError("no cache")

    monkeypatch.setattr(attempts, "_breaker", Breaker())
    monkeypatch.setattr(attempts.cache, "add", gone)
    headers = {"x-stainless-retry-count": retries} if retries else {}
    for _ in range(2):
        answer = Client().post(
            "/replay/529-overloaded/times=2,run=a/v1/messages", "{}", "application/json", headers=headers
        )
        assert answer.status_code == (200 if retries == "2" else 529)
