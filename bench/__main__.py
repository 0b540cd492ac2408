"""`make bench`: everything, as a document on standard output and in a file; `--quick` with fewer pastes."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bench import adversarial, scale, side_by_side, sizes, stages
from bench.catalogue import FILES, corpus_rows, handbook
from bench.conditions import machine, told, when
from bench.service import tables as service

Rows = Sequence[dict[str, Any]]
_QUICK = 40  # rows

PARTS: dict[str, Callable[[Rows, bool], Iterable[str]]] = {
    "One lookup": sizes.run,
    "Ten thousand entries": lambda rows, quick: scale.run(count=40 if quick else 200),
    "Side by side": lambda rows, quick: side_by_side.run(rows[:: len(rows) // _QUICK] if quick else rows),
    "Pastes made to be slow": lambda rows, quick: adversarial.run(rows, 500 if quick else adversarial.CASES),
    "Where the time goes": lambda rows, quick: stages.run(rows, *((20, 4) if quick else (200, 20))),
    "The service": service.run,
}
NOTES = {
    "One lookup": "Pastes of the corpora among made-up log lines; median, quartiles and the rest are over pastes.",
    "Ten thousand entries": (
        "The catalogue with made-up entries added, asked in turn with the catalogue alone, in a process of its own. "
        "Memory is what building one lookup adds. Pastes of 2 KiB."
    ),
    "Side by side": (
        "Every peer gets the same texts (titles, prose, samples, phrases, both languages) and the same pastes in turn. "
        "A peer's threshold is chosen on these very rows, in its favour; ours is fixed. Our wordings were written with "
        "these corpora in view: docs/matching.md has the figures of first sight, by which ours is to be judged."
    ),
    "Pastes made to be slow": "Any of them again: `python -m bench.adversarial --only name:seed`.",
    "Where the time goes": "Each stage without those inside it; measuring adds a little.",
    "The service": "Real processes on loopback, configured as in `deploy/`; the load is made on the same machine.",
}


def document(rows: Rows, quick: bool) -> Iterator[str]:
    """The lines of the report, part by part as they are measured."""
    yield from ("# Benchmarks", "", "Made by `make bench`; do not edit.", "", *conditions(rows, quick))
    for name, part in PARTS.items():
        yield from ("", f"## {name}", "", NOTES[name], "")
        yield from part(rows, quick)


def conditions(rows: Rows, quick: bool) -> list[str]:
    entries, signatures = (
        len(part) for part in (handbook().document.rules.entries, handbook().document.rules.signatures)
    )
    return [
        f"- {when()}{', quick' if quick else ''}",
        f"- {machine()}",
        f"- {entries} entries with {signatures} signatures; {len(rows)} pastes of {', '.join(FILES)}",
        "- in process, one thread, garbage collector off, but for the service; medians with quartiles",
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--out", type=Path, help="keep the report in this file")
    options = parser.parse_args()
    told(document(corpus_rows(), options.quick), options.out)


if __name__ == "__main__":
    main()
