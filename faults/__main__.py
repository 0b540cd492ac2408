"""`make faults`: every fault in turn, as a table on standard output and in a file; `--only NAME` some of them."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from cluster import Cluster, Missing
from cluster.process import Failed
from faults import clock, content, database, disk, machines, report
from faults.editor import Editor
from faults.fault import Fault, Impossible
from faults.load import Load
from faults.run import Outcome, missing, run, wait_until_well

FAULTS: list[Fault] = [*database.FAULTS, *machines.FAULTS, *disk.FAULTS, *clock.FAULTS, *content.FAULTS]
RATE = 24.0  # requests a second
NODE = {"KB_LOOKUP_RATE": "100000/m"}  # all readers come from one address here


def suite(cluster: Cluster, faults: list[Fault], rate: float = RATE) -> Iterator[tuple[Fault, Outcome | str]]:
    """Each fault with its outcome, or why it could not be done. The cluster runs."""
    with Load(cluster.url, rate) as load, Editor(cluster.nodes[0]) as editor:
        if wait_until_well(cluster, editor) is None:
            raise Failed(f"edits do not reach readers: {editor.take()}")
        for fault in faults:
            try:
                yield fault, run(fault, cluster, load, editor)
            except Impossible as reason:
                yield fault, str(reason)
        lost = missing(cluster, editor.all)
        if lost:
            raise Failed(f"at the end of all faults, edits are lost that had been there: {lost}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m faults", description=__doc__)
    parser.add_argument("--only", nargs="*", help="parts of names")
    parser.add_argument("--sqlite", action="store_true", help="one node on SQLite, without nginx")
    parser.add_argument("--rate", type=float, default=RATE, help="requests a second")
    parser.add_argument("--out", type=Path, help="keep the report in this file")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    faults = [fault for fault in FAULTS if not options.sqlite or not (fault.servers or fault.nodes > 1)]
    if options.only:
        faults = [fault for fault in faults if any(part in fault.name for part in options.only)]
    try:
        sys.exit(1 if _report(faults, options) else 0)
    except (Missing, Failed) as error:
        sys.exit(str(error))


def _report(faults: list[Fault], options: argparse.Namespace) -> list[str]:
    """Print the report and keep it; the complaints."""
    lines: list[str] = []

    def say(*more: str) -> None:
        print("\n".join(more), flush=True)
        lines.extend(more)

    say("# Faults", "", "Made by `make faults`; do not edit.", "", *report.conditions(options.rate), "", *report.HEAD)
    outcomes: list[Outcome] = []
    servers = not options.sqlite
    with Cluster(2 if servers else 1, servers=servers, nginx=servers, environment=NODE) as cluster:
        for fault, outcome in suite(cluster, faults, options.rate):
            if isinstance(outcome, str):
                say(f"| {fault.name} | not done: {outcome} |" + " |" * 8)
            else:
                say(report.row(outcome))
                outcomes.append(outcome)
    complaints = [f"{outcome.fault.name}: {text}" for outcome in outcomes for text in outcome.complaints()]
    say("", "What was said meanwhile:", "", *report.words(outcomes))
    say("", "Not as it should be:" if complaints else "All of them borne.", *(["", *complaints] if complaints else []))
    if options.out:
        options.out.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return complaints


if __name__ == "__main__":
    main()
