"""Requests per second and p99 beside a bare Django view, and beside the page rendered from the database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from statistics import median

from bench.service.interleaved import p99s, rates, ratio, rounds, shares, verdict
from bench.service.recorded import lookup_request, page_request
from bench.service.servers import Server
from bench.service.stage import Stage
from bench.service.wrk import Load, load

PAGE, UNCHANGED, LOOKUP = "entry page", "entry page, 304", "lookup of 2 KiB"
LEAST = {PAGE: 0.8, UNCHANGED: 0.9}  # of the floor's requests per second
SLOWEST = 3.0  # times the floor's p99
PEER = 8.0  # times the requests per second of the page from the database
HEAD = (
    "| request | ours, req/s | floor, req/s | ours ÷ floor | target | p99, ours | p99, floor | ours ÷ floor | target "
    "| servers / wrk / others |"
)


def turns(stage: Stage, texts: Sequence[str], duration: float) -> dict[str, Callable[[], Load]]:
    """What is done in each round: `<server>: <request>` → a turn of some seconds."""

    def turn(server: Server, requests: Sequence[bytes]) -> Callable[[], Load]:
        return partial(load, server, requests, duration, 8, stage.load)

    found = {}
    for name, server in (("ours", stage.ours), ("floor", stage.floor)):
        host = f"127.0.0.1:{server.port}"
        found[f"{name}: {PAGE}"] = turn(server, [page_request(host)])
        if stage.tag:
            found[f"{name}: {UNCHANGED}"] = turn(server, [page_request(host, stage.tag)])
        found[f"{name}: {LOOKUP}"] = turn(server, [lookup_request(host, text) for text in texts])
    for server in (stage.from_database, stage.stored_html):
        found[server.name] = turn(server, [page_request(f"127.0.0.1:{server.port}")])
    return found


def run(stage: Stage, texts: Sequence[str], count: int, duration: float) -> list[str]:
    found = rounds(turns(stage, texts, duration), count)
    names = [name for name in (PAGE, UNCHANGED, LOOKUP) if f"ours: {name}" in found]
    lines = [HEAD, "|" + "---|" * 10]
    lines += [_line(name, found[f"ours: {name}"], found[f"floor: {name}"]) for name in names]
    if not stage.tag:
        lines += ["", "The page has no ETag, so there is no 304: missed"]
    lines += ["", "| page | req/s | p99 | ours ÷ it | target |", "|---|---|---|---|---|"]
    servers = (stage.from_database, stage.stored_html)
    lines += [_peer(server.name, found[f"ours: {PAGE}"], found[server.name]) for server in servers]
    return [*lines, "", failures(found)]


def _line(name: str, ours: Sequence[Load], floor: Sequence[Load]) -> str:
    rate, tail = ratio(rates(ours), rates(floor)), ratio(p99s(ours), p99s(floor))
    target = verdict(rate.median, LEAST[name]) if name in LEAST else "below"
    p99 = verdict(tail.median, SLOWEST, most=True)
    return (
        f"| {name} | {median(rates(ours)):,.0f} | {median(rates(floor)):,.0f} | {rate} | {target} "
        f"| {median(p99s(ours)):.1f} ms | {median(p99s(floor)):.1f} ms | {tail} | {p99} | {shares(ours)} |"
    )


def _peer(name: str, ours: Sequence[Load], peer: Sequence[Load]) -> str:
    rate = ratio(rates(ours), rates(peer))
    return (
        f"| {name} | {median(rates(peer)):,.0f} | {median(p99s(peer)):.0f} ms | {rate} | {verdict(rate.median, PEER)} |"
    )


def failures(found: dict[str, list[Load]]) -> str:
    failed = {name: sum(load.failed for load in loads) for name, loads in found.items()}
    named = ", ".join(f"{name} {count}" for name, count in failed.items() if count)
    return f"Failed requests: {named or 'none'}"
