"""Memory of each worker once it has served every page, and after it has taken up many publishes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from bench.service.editor import Editor, seen
from bench.service.interleaved import verdict
from bench.service.processes import memory
from bench.service.recorded import lookup_request
from bench.service.servers import OURS, Server, serving
from bench.service.wire import Line

MOST = 150.0  # MiB of RSS
_LOCATION = re.compile(rb"<loc>https?://[^/]+([^<]+)</loc>")


def run(env: dict[str, str], texts: Sequence[str], publishes: int, workers: int = 2) -> list[str]:
    with serving("node", OURS, env, workers) as node:
        read_everything(node, texts)
        before = [memory(pid) for pid in node.workers]
        took = list(published(node, env, publishes))
        read_everything(node, texts)
        after = [memory(pid) for pid in node.workers]
    target = verdict(max(rss for rss, _ in after), MOST, most=True)
    lines = ["| workers | RSS | PSS | target, MiB |", "|---|---|---|---|"]
    lines.append(f"| every page and {len(texts)} lookups served | {_sizes(before, 0)} | {_sizes(before, 1)} | |")
    lines.append(f"| after {publishes} publishes | {_sizes(after, 0)} | {_sizes(after, 1)} | {target} |")
    return [*lines, "", _told(took)]


def published(node: Server, env: dict[str, str], count: int) -> Iterator[tuple[float, float | None]]:
    """For each edit the seconds to publish it, and from then until the node shows it, None when it never does."""
    with Editor(env) as editor:
        for number in range(count):
            code, seconds = editor.edit(number)
            yield seconds, seen(node.port, code, number)


def read_everything(node: Server, texts: Sequence[str]) -> None:
    """Every page of the sitemap, over connections enough to reach every worker, and every paste."""
    paths = pages(node.port)
    for _ in range(2 * max(1, len(node.workers))):
        with Line(node.port) as line:
            for path in paths:
                line.get(path, Accept_Encoding="gzip")
            for text in texts:
                line.ask(lookup_request(line.host, text))


def pages(port: int) -> list[str]:
    """The paths that the sitemap names."""
    with Line(port) as line:
        return [path.decode() for path in _LOCATION.findall(line.get("/sitemap.xml").body)]


def _sizes(found: Sequence[tuple[float, float]], which: int) -> str:
    return " and ".join(f"{pair[which]:.0f}" for pair in found) + " MiB"


def _told(took: Sequence[tuple[float, float | None]]) -> str:
    times = [seconds for _, seconds in took if seconds is not None]
    shown = f"seen {median(times):.2f} s later, at most {max(times):.2f} s" if times else "never seen"
    missed = f"; not seen: {len(took) - len(times)}" if len(times) < len(took) else ""
    return f"An edit with its publish: {median(edit for edit, _ in took):.2f} s; {shown}{missed}"
