"""A bucket gives what was configured and fills up again; however it is kept."""

from __future__ import annotations

import socket
import threading
import time
import uuid
from collections.abc import Iterator

import pytest
from redis import Redis
from redis.exceptions import RedisError

from kb.limits.breaker import Breaker
from kb.limits.bucket import MOST, Local
from kb.limits.rate import Rate, parse_rate
from kb.limits.shared import Shared

REDIS = "redis://127.0.0.1:6379/9"


@pytest.fixture(params=["local", "Redis"])
def buckets(request: pytest.FixtureRequest) -> Iterator[Local | Shared]:
    if request.param == "local":
        yield Local()
        return
    try:
        Redis.from_url(REDIS).ping()
    except RedisError:
        pytest.skip("no Redis answers on 127.0.0.1:6379")
    yield Shared(REDIS)


@pytest.fixture
def key() -> str:
    return f"test:{uuid.uuid4().hex}"


@pytest.mark.parametrize(
    ("text", "rate"),
    [("60/m", Rate(60, 60)), ("1/s", Rate(1, 1)), ("100/h", Rate(100, 3600)), ("off", None)],
)
def test_a_rate_is_read(text: str, rate: Rate | None) -> None:
    assert parse_rate(text) == rate


@pytest.mark.parametrize("text", ["", "60", "0/m", "-1/m", "60/d", "60 / m", "1e3/s", "60/m;", "９/m", "on"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="60/m"):
        parse_rate(text)


@pytest.mark.parametrize("count", [1, 7, 60])
def test_a_full_bucket_gives_as_many_tokens_as_it_holds(buckets: Local | Shared, key: str, count: int) -> None:
    rate = Rate(count, 3600)
    assert [buckets.wait(key, rate) for _ in range(count)] == [0.0] * count
    assert 0 < buckets.wait(key, rate) <= rate.every
    assert buckets.wait(f"{key}:another", rate) == 0.0


def test_a_token_comes_back_after_its_time_and_a_refusal_costs_none(buckets: Local | Shared, key: str) -> None:
    rate = Rate(2, 0.6)
    assert [buckets.wait(key, rate), buckets.wait(key, rate)] == [0.0, 0.0]
    waits = [buckets.wait(key, rate) for _ in range(5)]
    assert all(0 < wait <= 0.3 for wait in waits)
    time.sleep(waits[-1] + 0.02)
    assert buckets.wait(key, rate) == 0.0
    assert buckets.wait(key, rate) > 0


def test_threads_never_get_more_than_the_bucket_holds(buckets: Local | Shared, key: str) -> None:
    rate, given = Rate(20, 3600), []
    threads = [threading.Thread(target=lambda: given.append(buckets.wait(key, rate))) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert given.count(0.0) == 20


def test_two_nodes_share_a_bucket_in_redis_which_forgets_it_when_it_is_full(key: str) -> None:
    try:
        redis = Redis.from_url(REDIS)
        redis.ping()
    except RedisError:
        pytest.skip("no Redis answers on 127.0.0.1:6379")
    one, two, rate = Shared(REDIS), Shared(REDIS), Rate(4, 2)
    assert [node.wait(key, rate) for node in (one, two, one, two)] == [0.0] * 4
    assert one.wait(key, rate) > 0
    assert two.wait(key, rate) > 0
    assert 0 < redis.pttl(f"kb:rate:{key}") <= 2001


def test_local_buckets_are_bounded_and_the_newest_are_kept() -> None:
    local, rate = Local(), Rate(1, 3600)
    for number in range(3 * MOST):
        local.wait(str(number), rate)
    assert len(local._full) <= MOST
    assert local.wait(str(3 * MOST - 1), rate) > 0


def test_while_redis_is_gone_the_limit_of_the_process_holds_and_one_question_is_asked(
    monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    """A server that accepts and never answers: the worst that a reader can meet."""
    monkeypatch.setattr("kb.limits.shared.PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        shared, rate = Shared(f"redis://127.0.0.1:{silent.getsockname()[1]}/0"), Rate(10, 3600)
        asked = []
        ask = shared._ask
        monkeypatch.setattr(shared, "_ask", lambda *given: (asked.append(1), ask(*given))[1])
        assert [shared.wait(key, rate) for _ in range(10)] == [0.0] * 10
        assert shared.wait(key, rate) > 0
        assert len(asked) == 1


def test_a_server_that_is_back_is_asked_again() -> None:
    breaker, answers = Breaker(pause=0.0), iter([OSError(), "back", "still there"])

    def ask() -> str:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert [breaker.call(ask, lambda: "without") for _ in range(3)] == ["without", "back", "still there"]


def test_only_one_thread_waits_for_a_server_that_may_be_back() -> None:
    breaker, asked, go = Breaker(pause=60.0), [], threading.Event()

    def fail() -> str:
        raise RedisError("gone")

    def slow() -> str:
        asked.append(1)
        go.wait(5)
        return "back"

    assert breaker.call(fail, lambda: "without") == "without"
    breaker._again = 0.0
    first = threading.Thread(target=lambda: breaker.call(slow, lambda: "without"))
    first.start()
    while not asked:
        time.sleep(0.001)
    assert breaker.call(slow, lambda: "without") == "without"
    go.set()
    first.join()
    assert asked == [1]
    assert breaker.call(lambda: "back", lambda: "without") == "back"
