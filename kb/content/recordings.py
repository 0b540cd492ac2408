"""What real clients printed when an entry was replayed to them: `recorded/*.txt`, written by `make record`.

A file holds what one version of a client printed in one mode: lines of `key: value`, then for each entry a line
`=== code` and the text as it was printed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kb.content.yaml_files import Row

FOLDER = "recorded"
KEYS = ("client", "version", "platform", "mode", "command", "recorded")
NOTE = "# What the client printed, scrubbed of paths, ports and dates. Written by `make record`; do not edit."
_MARK = re.compile(r"^=== (\S+)\n", re.MULTILINE)


@dataclass(frozen=True)
class Recording:
    """`client`: a slug; `version`: with the package's name; `mode`: how it was asked, and how much of it is kept."""

    entry: str
    client: str
    version: str
    platform: str
    mode: str
    command: str
    recorded: date
    text: str


def paths(folder: Path) -> list[Path]:
    """The files below a folder of fixtures."""
    return sorted((folder / FOLDER).glob("*.txt"))


def read_recordings(folder: Path) -> tuple[Recording, ...]:
    """Every recording below a folder of fixtures. Raises ValueError naming the file and what is wrong with it."""
    return tuple(recording for path in paths(folder) for recording in read_file(path))


def read_file(path: Path) -> list[Recording]:
    """The recordings of one file. Raises ValueError naming it."""
    try:
        return parse(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{FOLDER}/{path.name}: {error}") from None


def parse(text: str) -> list[Recording]:
    """The recordings of a file's text. Raises ValueError."""
    head, *parts = _MARK.split(text)
    lines = [line for line in head.splitlines() if line and not line.startswith("#")]
    given = dict(line.partition(": ")[::2] for line in lines)
    if tuple(given) != KEYS or len(lines) != len(KEYS):
        raise ValueError(f"the head has not exactly the lines {', '.join(KEYS)}")
    recorded = date.fromisoformat(given.pop("recorded"))
    told = dict(zip(parts[::2], parts[1::2], strict=True))
    if 2 * len(told) != len(parts):
        raise ValueError("an entry stands twice")
    if empty := [code for code, printed in told.items() if not printed.strip()]:
        raise ValueError(f"nothing was printed for {', '.join(empty)}")
    return [Recording(entry=e, recorded=recorded, text=printed.strip("\n"), **given) for e, printed in told.items()]


def unparse(recordings: Sequence[Recording]) -> str:
    """The text of a file; all are of one client, version and mode. Raises ValueError when a text cannot be kept."""
    first, ordered = recordings[0], sorted(recordings, key=lambda recording: recording.entry)
    head = [NOTE, *(f"{key}: {getattr(first, key)}" for key in KEYS)]
    text = "\n".join(head) + "\n" + "".join(f"\n=== {one.entry}\n{one.text}\n" for one in ordered)
    if parse(text) != ordered:
        raise ValueError(f"what {first.client} printed in mode {first.mode} reads as a mark of ours")
    return text


def check_recordings(folder: Path, rows: Sequence[Row]) -> list[str]:
    """What is wrong with the files, beside these rows, if anything."""
    codes = {row.fields["code"] for row in rows if row.model == "kb.entry"}
    clients = {row.fields["slug"] for row in rows if row.model == "kb.client"}
    mistakes = []
    for path in paths(folder):
        try:
            mistakes += [f"{FOLDER}/{path.name}: {wrong}" for wrong in _unknown(read_file(path), codes, clients)]
        except ValueError as error:
            mistakes.append(str(error))
    return mistakes


def _unknown(found: Sequence[Recording], codes: Collection[str], clients: Collection[str]) -> Iterator[str]:
    yield from (f"{recording.entry}: there is no such entry" for recording in found if recording.entry not in codes)
    yield from sorted({f"client: {r.client} is unknown" for r in found if r.client not in clients})


def recordings_digest(folder: Path) -> bytes:
    """Tells one set of files from another; empty when there is none."""
    total = hashlib.sha256()
    for path in paths(folder):
        total.update(f"{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.digest() if paths(folder) else b""
