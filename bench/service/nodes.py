"""Two nodes beside one, while the load generator takes its share of the same cores."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from statistics import median

from bench.service.interleaved import rates, ratio, rounds, shares, verdict
from bench.service.recorded import lookup_request, page_request
from bench.service.servers import OURS, Server, beside, environment, serving
from bench.service.wire import Line
from bench.service.wrk import Load, load

LEAST = 1.4
CONNECTIONS = 8  # in all, on one node or on two


def run(folder: Path, texts: Sequence[str], count: int, duration: float) -> list[str]:
    first = environment(folder)
    with serving("node 1", OURS, first) as one, serving("node 2", OURS, beside(folder, "node-2")) as two:
        for node in (one, two):
            warmed(node, texts)
        found = rounds(
            {
                f"{name}, {len(nodes)}": partial(load, nodes, requests(name, texts), duration, CONNECTIONS)
                for name in ("entry page", "lookup of 2 KiB")
                for nodes in ([one], [one, two])
            },
            count,
        )
    return table(found)


def warmed(node: Server, texts: Sequence[str]) -> None:
    with Line(node.port) as line:
        for data in (page_request(line.host), lookup_request(line.host, texts[0])):
            line.ask(data)


def requests(name: str, texts: Sequence[str]) -> list[bytes]:
    """The same bytes for every node: all of them answer to this name."""
    host = "127.0.0.1"
    return [page_request(host)] if name == "entry page" else [lookup_request(host, text) for text in texts]


def table(found: dict[str, list[Load]]) -> list[str]:
    head = "| request | one node, req/s | two nodes, req/s | two ÷ one | target | with two: servers / wrk / others |"
    lines = [head, "|---|---|---|---|---|---|"]
    for name in ("entry page", "lookup of 2 KiB"):
        one, two = found[f"{name}, 1"], found[f"{name}, 2"]
        over = ratio(rates(two), rates(one))
        lines.append(
            f"| {name} | {median(rates(one)):,.0f} | {median(rates(two)):,.0f} | {over} "
            f"| {verdict(over.median, LEAST)} | {shares(two)} |"
        )
    return lines
