"""Records all clients, or those named, and replaces their files."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from kb.content.recordings import FOLDER, Recording, unparse
from kb.handbook import current
from record.cases import Case
from record.clients import command, printed, release, runs_on
from record.plan import SESSIONS, Session
from record.scrub import scrubbed
from record.service import reachable, replaying

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


def main() -> None:
    parser = argparse.ArgumentParser(prog="make record", description=__doc__)
    parser.add_argument("client", nargs="*", help="slugs; all when none is given")
    parser.add_argument("--out", type=Path, default=FIXTURES / FOLDER)
    options = parser.parse_args()
    sessions = [session for session in SESSIONS if not options.client or session.client in options.client]
    options.out.mkdir(exist_ok=True)
    with replaying() as origin:
        for session in sessions:
            keep(options.out, session, list(recorded(session, origin)))
    for path in gone(options.out, sessions):
        path.unlink()
        print(f"{path.name}: removed")


def recorded(session: Session, origin: str) -> Iterator[Recording]:
    """What a session printed; a case in which the client saw no error gives nothing."""
    cases = session.cases(current().listed())
    with reachable(cases, origin) as asked:
        told = printed(session, asked)
    for case, text in zip(cases, told, strict=True):
        if scrubbed(text):
            yield _recording(session, case, scrubbed(text))


def _recording(session: Session, case: Case, text: str) -> Recording:
    return Recording(
        entry=case.entry,
        client=session.client,
        version=release(session),
        platform=runs_on(session),
        mode=session.mode,
        command=command(session),
        recorded=datetime.now(UTC).date(),
        text=text,
    )


def keep(folder: Path, session: Session, recordings: list[Recording]) -> None:
    path = folder / name(session)
    path.write_text(unparse(recordings), encoding="utf-8")
    print(f"{path.name}: {len(recordings)}", flush=True)


def name(session: Session) -> str:
    return "-".join(part for part in (session.client, session.version, session.mode) if part) + ".txt"


def gone(folder: Path, sessions: list[Session]) -> list[Path]:
    """Files of the recorded clients that no session writes any more."""
    clients, written = {session.client for session in sessions}, {name(session) for session in sessions}
    return [
        path
        for path in sorted(folder.glob("*.txt"))
        if path.name not in written and any(path.name.startswith(f"{client}-") for client in clients)
    ]
