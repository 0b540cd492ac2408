"""The service is measured beside the floor and beside pages from the database. Nothing here asserts a time."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.floor import settings as floor
from bench.service import against_floor, lookups, memory, nodes, processes, starts, tables, weight
from bench.service.interleaved import ratio, rounds, verdict
from bench.service.recorded import lookup_request, page_request
from bench.service.servers import Server
from bench.service.stage import Stage, prepared, staged
from bench.service.wire import Answer, Line, joined
from bench.service.wrk import Load, Missing, load

PASTES = ["anthropic.AuthenticationError: Error code: 401 - invalid x-api-key", "连接失败 401"]
needs_wrk = pytest.mark.skipif(not shutil.which("wrk"), reason="wrk is not installed (tests/install.sh does it)")


@pytest.fixture(scope="module")
def node() -> Iterator[tuple[Path, dict[str, str]]]:
    with prepared() as found:
        yield found


@pytest.fixture(scope="module")
def stage(node: tuple[Path, dict[str, str]]) -> Iterator[Stage]:
    with staged(*node, PASTES) as found:
        yield found


def asked(server: Server, tag: str = "") -> Answer:
    with Line(server.port) as line:
        return line.ask(page_request(line.host, tag))


def text(answer: Answer, port: int) -> str:
    """What a page says, whichever server it came from."""
    main = weight.decoded(answer).decode().partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace(str(port), "PORT").split())


def test_the_floor_has_nothing_but_its_views() -> None:
    assert not floor.MIDDLEWARE and not floor.INSTALLED_APPS


def test_the_floor_answers_the_page_with_the_same_headers(stage: Stage) -> None:
    ours, bare = asked(stage.ours), asked(stage.floor)
    assert (bare.status, bare.headers["content-encoding"]) == (200, "gzip")
    assert set(ours.headers) <= set(bare.headers)
    assert weight.decoded(ours) == weight.decoded(bare)


def test_the_floor_answers_304_to_who_has_the_page(stage: Stage) -> None:
    if not stage.tag:
        pytest.skip("the page has no ETag")
    ours, bare = asked(stage.ours, stage.tag), asked(stage.floor, stage.tag)
    assert ours.status == bare.status == 304
    assert set(bare.headers) <= set(ours.headers)


def test_the_floor_reads_a_paste_and_writes_json(stage: Stage) -> None:
    with Line(stage.floor.port) as line:
        answer = line.ask(lookup_request(line.host, PASTES[0]))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert b'"matches"' in answer.body


def test_the_page_from_the_database_says_what_ours_says(stage: Stage) -> None:
    ours = text(asked(stage.ours), stage.ours.port)
    for peer in (stage.from_database, stage.stored_html):
        assert text(asked(peer), peer.port) == ours


@needs_wrk
def test_requests_are_counted_and_their_cost_is_split(stage: Stage) -> None:
    found = load(stage.floor, [page_request("127.0.0.1")], 1, connections=2)
    assert found.rate > 0 and found.p99 >= found.p50 > 0
    assert found.failed == 0
    assert 0 < found.server <= 1 and 0 < found.client <= 1


@needs_wrk
def test_answers_of_400_and_more_are_failures(stage: Stage) -> None:
    found = load(stage.floor, [b"GET /nowhere HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"], 1, connections=1)
    assert found.failed > 0


@needs_wrk
def test_every_request_is_compared_with_the_floor(stage: Stage) -> None:
    lines = "\n".join(against_floor.run(stage, PASTES, 1, 1))
    assert all(f"| {name} |" in lines for name in (against_floor.PAGE, against_floor.LOOKUP, "from the database"))
    assert "Failed requests: none" in lines


@needs_wrk
def test_two_nodes_are_compared_with_one(node: tuple[Path, dict[str, str]]) -> None:
    assert "| entry page |" in "\n".join(nodes.run(node[0], PASTES, 1, 1))


def test_what_is_not_installed_leaves_only_its_table_out() -> None:
    def measure() -> list[str]:
        raise Missing("wrk is not installed")

    assert list(tables.part("Two nodes", measure))[-1] == "Left out: wrk is not installed"


def test_a_lookup_is_measured_against_itself_in_process(stage: Stage) -> None:
    assert "2 pastes" in lookups.run(stage, PASTES, repeats=1)[-1]


def test_the_first_page_is_weighed_with_its_styles_and_scripts(stage: Stage) -> None:
    found = weight.weigh(stage.ours.port, "/en/", "gzip")
    assert any(path.endswith(".css") for path in found.sizes) and any(path.endswith(".js") for path in found.sizes)
    assert [path.rpartition(".")[2] for path in found.blocking] == ["css"]


def test_a_script_that_is_not_deferred_holds_up_the_page() -> None:
    page = weight.Page()
    page.feed('<script src="/a.js"></script><script src="/b.js" defer></script><link rel="icon" href="/i.svg">')
    assert (page.blocking, page.wanted) == (["/a.js"], ["/a.js", "/b.js", "/i.svg"])


def test_an_import_of_a_script_is_weighed_as_well() -> None:
    answer = Answer(200, {}, b"import {a} from './redact.js';", 1)
    assert weight._inner("/static/app.js", answer) == ["/static/redact.js"]


def test_the_start_is_timed_until_a_page_and_until_a_lookup(node: tuple[Path, dict[str, str]], stage: Stage) -> None:
    env = node[1] | {"FLOOR_ANSWERS": str(stage.folder / "answers.json")}
    assert len(starts.run(env, 1, workers=1)) == 4


def test_publishes_are_seen_and_memory_is_read(node: tuple[Path, dict[str, str]]) -> None:
    lines = memory.run(node[1], PASTES, publishes=1, workers=1)
    assert "| after 1 publishes |" in lines[3]
    assert "seen" in lines[-1] and "never" not in lines[-1]


def test_processor_time_of_workers_belongs_to_the_server(stage: Stage) -> None:
    assert len(stage.ours.workers) == 1
    assert processes.seconds(stage.ours.pid) > processes.seconds(stage.ours.workers[0]) > 0


def test_a_body_in_chunks_is_put_together() -> None:
    assert joined(b"3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n") == b"abcd"


def test_ratios_are_taken_round_by_round() -> None:
    found = ratio([10, 20, 30], [10, 10, 10])
    assert (found.median, found.low, found.high) == (2, 1.5, 2.5)


def test_the_first_round_warms_up_and_is_left_out() -> None:
    rates = iter(range(10))
    found = rounds({"a": lambda: Load(next(rates), 0, 0, 0, 0, 0, 0)}, 2)
    assert [load.rate for load in found["a"]] == [1, 2]


@pytest.mark.parametrize(("value", "most", "told"), [(2, False, "met"), (1, False, "missed"), (1, True, "met")])
def test_a_target_is_met_or_missed(value: float, most: bool, told: str) -> None:
    assert verdict(value, 1.5, most).endswith(told)
