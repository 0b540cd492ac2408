"""What a lookup adds to a request: ours and the floor asked in turn, paste by paste, beside the lookup in process."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from bench.catalogue import handbook
from bench.clock import ms, once, summarise, without_gc
from bench.service.interleaved import ratio, verdict
from bench.service.recorded import lookup_request
from bench.service.stage import Stage
from bench.service.wire import Line
from bench.sizes import TODAY

MOST = 1.5  # times the lookup in process


def run(stage: Stage, texts: Sequence[str], repeats: int) -> list[str]:
    alone, floor, ours = measure(stage, texts, repeats)
    added = [max(0.0, with_it - without) for with_it, without in zip(ours, floor, strict=True)]
    over = median(added) / median(alone)
    lines = ["| of one paste | median [quartiles] over pastes | p95 |", "|---|---|---|"]
    named = (("lookup in process", alone), ("floor's POST", floor), ("ours", ours), ("added", added))
    for name, times in named:
        summary = summarise(times)
        lines.append(f"| {name} | {summary} | {ms(summary.p95)} |")
    return [
        *lines,
        "",
        f"Added ÷ in process: {over:.2f} of the medians, target {verdict(over, MOST, most=True)}; "
        f"paste by paste {ratio(added, alone)}; {len(texts)} pastes.",
    ]


def measure(stage: Stage, texts: Sequence[str], repeats: int) -> tuple[list[float], list[float], list[float]]:
    """Median nanoseconds of each paste: in process, at the floor, at ours; one connection, one request at a time."""
    engine = handbook().engine
    times: list[list[list[int]]] = [[[] for _ in texts] for _ in range(3)]
    with Line(stage.floor.port) as floor, Line(stage.ours.port) as ours, without_gc():
        for _ in range(repeats + 1):
            for index, text in enumerate(texts):
                times[0][index].append(once(lambda text=text: engine.lookup(text, TODAY)))  # type: ignore[misc]
                for place, line in ((1, floor), (2, ours)):
                    data = lookup_request(line.host, text)
                    times[place][index].append(once(lambda line=line, data=data: line.ask(data)))  # type: ignore[misc]
    alone, bare, whole = ([median(each[1:]) for each in part] for part in times)  # the first pass warms up
    return alone, bare, whole
