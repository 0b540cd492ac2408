"""What is counted, and under which names; nothing of a request becomes a label."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.db import DatabaseError
from django.test import Client
from redis.exceptions import ConnectionError as RedisGone

from kb.handbook import Handbook
from kb.observe import metrics
from kb.observe.metrics import Door
from kb.upstream.fetch import Unreachable, get
from tests.fake_api import Answer, FakeApi
from tests.observe.conftest import Values

Counting = Callable[[], Values]
MARK = "Zq8mark7Xw"


def test_requests_are_timed_by_route_and_class_of_status(client: Client, counting: Counting) -> None:
    for address in ("/en/", "/zh-hans/", "/en/nothing/"):
        client.get(address)
    told = counting()
    assert told['handbook_request_duration_seconds_count{route="home",status="2xx"}'] == 2
    assert told['handbook_request_duration_seconds_count{route="unknown",status="4xx"}'] == 1
    assert told['handbook_request_duration_seconds_bucket{le="+Inf",route="home",status="2xx"}'] == 2


def test_a_page_is_counted_by_where_it_came_from_and_keeps_its_route(client: Client, counting: Counting) -> None:
    address = "/en/errors/?status=401&nobody=asked-before"
    etag = client.get(address)["ETag"]
    client.get(address)
    client.get(address, headers={"if-none-match": etag})
    told = counting()
    for source in ("rendered", "kept", "not_modified"):
        assert told[f'handbook_pages_total{{source="{source}"}}'] == 1, source
    assert told['handbook_request_duration_seconds_count{route="index",status="2xx"}'] == 2
    assert told['handbook_request_duration_seconds_count{route="index",status="3xx"}'] == 1


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ('{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}', "certain"),
        ("the weather is fine today", "none"),
        ("HTTP 400", "status_page"),
    ],
)
def test_lookups_are_counted_by_door_and_outcome(client: Client, counting: Counting, text: str, outcome: str) -> None:
    client.post("/en/lookup/", {"text": text})
    client.post("/api/v1/lookup", {"text": text}, content_type="application/json")
    client.post("/api/v1/lookup", text, content_type="text/plain")
    told = counting()
    for door in ("page", "api_json", "api_text"):
        assert told[f'handbook_lookups_total{{door="{door}",outcome="{outcome}"}}'] == 1
    assert told["handbook_lookup_duration_seconds_count"] == 3


def test_a_refused_lookup_is_counted_as_such(client: Client, counting: Counting) -> None:
    client.post("/en/lookup/", {"text": " "})
    client.post("/api/v1/lookup", "{", content_type="application/json")
    client.post("/api/v1/lookup", "a" * 70_000, content_type="text/plain")
    client.get("/api/v1/lookup")
    told = counting()
    for door in ("page", "api_json", "api_text"):
        assert told[f'handbook_lookups_total{{door="{door}",outcome="refused"}}'] == 1
    assert "handbook_lookup_duration_seconds_count" in told


def test_what_others_count_has_its_names(client: Client, counting: Counting) -> None:
    client.get("/en/")
    metrics.count_page("snapshot")
    metrics.count_page("not_modified")
    metrics.count_limited("page")
    metrics.count_fault("redis")
    metrics.tell_snapshot("0123abcd", 41, 1_790_000_000.0)
    metrics.tell_snapshot("4567abcd", 42, 1_790_000_060.0)
    told = counting()
    assert told['handbook_pages_total{source="snapshot"}'] == 1
    assert told['handbook_limited_requests_total{door="page"}'] == 1
    assert told['handbook_backend_faults_total{backend="redis"}'] == 1
    assert told['handbook_snapshot_info{publication="42",version="4567abcd"}'] == 1
    assert told["handbook_publication_id"] == 42
    assert told["handbook_snapshot_made_timestamp_seconds"] == 1_790_000_060
    assert told["handbook_workers"] == 1
    assert not [name for name in told if "0123abcd" in name]


def test_calls_to_other_hosts_are_counted(client: Client, counting: Counting, api: FakeApi) -> None:
    client.get("/en/")
    api.always = Answer(503, "{}")
    for url in (api.url, "http://127.0.0.1:9/", "http://10.0.0.1/"):
        with pytest.raises(Unreachable):
            get(url)
    told = counting()
    assert told['handbook_outgoing_calls_total{host="127.0.0.1",outcome="unreachable"}'] >= 1
    assert told['handbook_outgoing_calls_total{host="10.0.0.1",outcome="refused"}'] == 1


@pytest.mark.parametrize(("error", "backend"), [(DatabaseError("a"), "database"), (RedisGone("b"), "redis")])
def test_a_failure_behind_us_that_became_a_500_is_counted(
    counting: Counting, monkeypatch: pytest.MonkeyPatch, error: Exception, backend: str
) -> None:
    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(Handbook, "lookup", broken)
    Client(raise_request_exception=False).post("/en/lookup/", {"text": "a"})
    told = counting()
    assert told[f'handbook_backend_faults_total{{backend="{backend}"}}'] == 1
    assert told['handbook_request_duration_seconds_count{route="lookup",status="5xx"}'] == 1


def test_no_label_holds_anything_that_was_sent(client: Client, counting: Counting) -> None:
    for address in (
        f"/{MARK}/",
        f"/en/errors/{MARK}/",
        f"/e/{MARK}",
        f"/zh/{MARK}",
        f"/en/?{MARK}",
        f"/replay/{MARK}/x",
    ):
        client.get(address, headers={"x-request-id": MARK, "user-agent": MARK, "accept-language": MARK})
        client.generic(MARK, address)
    client.post("/en/lookup/", {"text": f"{MARK} 401 invalid x-api-key", "client": MARK})
    metrics.count_limited(MARK)
    metrics.count_lookup("page", MARK, 0.001)
    assert not [name for name in counting() if MARK in name]


def test_the_number_of_series_does_not_grow_with_what_is_asked(client: Client, counting: Counting) -> None:
    def series() -> int:
        for _ in range(5):
            number = next(numbers)
            client.get(f"/en/nothing-{number}/")
            client.get(f"/en/errors/nothing-{number}/")
            client.generic(f"M{number}", f"/e/{number}")
        return len(counting())

    numbers = itertools.count()
    series()
    counted = series()
    assert series() == counted


def test_where_metrics_are_off_nothing_is_counted_and_nothing_is_there(client: Client, settings: LazySettings) -> None:
    assert settings.METRICS is False
    doors: tuple[Door, ...] = ("page", "api_json")
    for door in doors:
        metrics.count_lookup(door, "certain", 0.001)
    metrics.tell_snapshot("a", 1, 1.0)
    assert metrics.text() == b""
    assert client.get("/metrics").status_code == 404
