"""All servers of a measurement, each with one worker, side by side on one core; the load comes from another."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.service.recorded import page_request, record
from bench.service.servers import FLOOR, FROM_DATABASE, OURS, Server, beside, environment, prepare, serving
from bench.service.wire import Line


@dataclass(frozen=True)
class Stage:
    """`tag` is the ETag of the entry page; `load` and `served` are cores, empty where there is only one."""

    folder: Path
    ours: Server
    floor: Server
    from_database: Server
    stored_html: Server
    tag: str
    load: tuple[int, ...]
    served: tuple[int, ...]


@contextmanager
def prepared() -> Iterator[tuple[Path, dict[str, str]]]:
    """A folder with everything a node needs to start, and its environment."""
    with tempfile.TemporaryDirectory(prefix="kb-service-") as name:
        env = environment(Path(name))
        prepare(env)
        yield Path(name), env


@contextmanager
def staged(folder: Path, env: dict[str, str], texts: Sequence[str]) -> Iterator[Stage]:
    """Every server runs until the block ends; the floor repeats what ours answered to `texts`."""
    load, served = cores()
    answers = folder / "answers.json"
    floors = beside(folder, "floor") | {"FLOOR_ANSWERS": str(answers)}
    first, second = beside(folder, "from-database"), beside(folder, "stored-html") | {"STORED_HTML": "on"}
    with serving("ours", OURS, env, cores=served) as ours:
        tag = record(ours.port, texts, answers)
        with (
            serving("floor", FLOOR, floors, cores=served) as floor,
            serving("from the database", FROM_DATABASE, first, cores=served) as rendered,
            serving("from the database, HTML kept", FROM_DATABASE, second, cores=served) as html,
        ):
            for peer in (floor, rendered, html):
                answering(peer)
            yield Stage(folder, ours, floor, rendered, html, tag, load, served)


def answering(server: Server) -> None:
    """Raises RuntimeError when a server does not answer with the page: an error is quick to serve."""
    with Line(server.port) as line:
        answer = line.ask(page_request(line.host))
    if answer.status != 200:
        raise RuntimeError(f"{server.name} answered {answer.status}")


def cores() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """One core for the load, one for the server; none by name where the system has no such choice."""
    usable = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    return ((usable[0],), (usable[-1],)) if len(usable) > 1 else ((), ())
