"""The service level, table by table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bench.catalogue import handbook
from bench.service import against_floor, lookups, memory, nodes, starts, weight
from bench.service.stage import prepared, staged
from bench.service.wrk import Missing
from bench.sizes import SMALL, pastes

ROUNDS, TURN = (9, 1), (2.0, 1.0)  # rounds and seconds of a turn: as measured, and quick
PASTES, REPEATS, PUBLISHES, STARTS = (200, 20), (7, 3), (50, 2), (5, 1)


def run(rows: Sequence[dict[str, Any]], quick: bool = False) -> Iterator[str]:
    """Every table as it is measured; a part that lacks a program says so."""
    rounds, turn, repeats, publishes, times = (pair[quick] for pair in (ROUNDS, TURN, REPEATS, PUBLISHES, STARTS))
    handbook()  # built before anything is measured
    texts = [row["text"] for row in pastes(rows, SMALL, PASTES[quick])]
    with prepared() as (folder, env):
        with staged(folder, env, texts) as stage:
            yield from part("Against a bare Django view", against_floor.run, stage, texts, rounds, turn)
            yield from part("What a lookup adds to a request", lookups.run, stage, texts, repeats)
            yield from part("First page", weight.run, stage.ours.port)
        yield from part("Two nodes", nodes.run, folder, texts, rounds, turn)
        kept = env | {"FLOOR_ANSWERS": str(folder / "answers.json")}
        yield from part("From start to first answer", starts.run, kept, times)
        yield from part("Memory", memory.run, env, texts, publishes)


def part(name: str, measure: Callable[..., list[str]], *arguments: Any) -> Iterator[str]:
    yield from ("", f"### {name}", "", NOTES[name], "")
    try:
        yield from measure(*arguments)
    except Missing as reason:
        yield f"Left out: {reason}"


NOTES = {
    "Against a bare Django view": (
        "A project without middleware, application or database, which answers the same bytes with the same headers and "
        "writes the same JSON; and the same page from the models on every request, with `startproject`'s middleware. "
        "One gunicorn worker each, on one core, the command line of a node; wrk with 8 connections on another core; in "
        "turn, medians over rounds with quartiles. The last column is who had the time of all cores."
    ),
    "What a lookup adds to a request": (
        "One connection, one request at a time; for each paste in turn: in process, at the bare view, at ours. "
        "Medians over passes, then over pastes."
    ),
    "First page": "With an empty cache: the page and all that it, its styles and scripts ask for; KB of 1000 bytes.",
    "Two nodes": "One worker each, free to use every core, as wrk is; 8 connections in all. In turn.",
    "From start to first answer": "A node that has been prepared, with two workers, from the start of gunicorn.",
    "Memory": "One node with two workers and the whole catalogue; each publish is an edit in the database.",
}
