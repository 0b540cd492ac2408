"""A process that edits and publishes as an editor would: `python -m bench.service.editor` reads numbers from standard
input, and for each of them changes one entry, publishes, and says which entry and how many seconds it took."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from types import TracebackType

from bench.service.wire import Line
from cluster.programs import ROOT

PATIENCE = 15.0  # seconds for an edit to be seen
IN_A_ROW = 5  # answers with it, each over a new connection, so that it is seen of every worker


def mark(number: int) -> str:
    """What an edit writes, in words that stand nowhere else."""
    return f"This sentence was written by edit {number} of a measurement."


def seen(port: int, code: str, number: int) -> float | None:
    """Seconds until a node shows an edit whichever of its workers answers; None when it does not in time."""
    began = first = time.perf_counter()
    shown = 0
    while time.perf_counter() - began < PATIENCE:
        asked = time.perf_counter()
        with Line(port) as line:
            fresh = mark(number).encode() in line.get(f"/en/errors/{code}/").body
        if fresh:
            first = asked if not shown else first
            shown += 1
            if shown == IN_A_ROW:
                return first - began
        else:
            shown = 0
            time.sleep(0.02)
    return None


class Editor:
    """The process, seen from outside."""

    def __init__(self, env: dict[str, str]) -> None:
        words, pipe = [sys.executable, "-m", "bench.service.editor"], subprocess.PIPE
        env = env | {"DJANGO_SETTINGS_MODULE": "kb.settings"}
        self._process = subprocess.Popen(words, env=env, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)

    def __enter__(self) -> Editor:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate(timeout=60)

    def edit(self, number: int) -> tuple[str, float]:
        """The code of the entry that was edited, and the seconds that saving and publishing took."""
        assert self._process.stdin and self._process.stdout
        print(number, file=self._process.stdin, flush=True)
        told = json.loads(self._process.stdout.readline() or "null")
        if told is None:
            raise RuntimeError("the editor's process ended")
        return told["code"], told["seconds"]


def main() -> None:
    import django

    django.setup()
    from kb.models import Entry
    from kb.serving.publish import publish

    before = dict(Entry.objects.filter(withdrawn__isnull=True).values_list("code", "meaning"))
    codes = list(before)
    for line in sys.stdin:
        began, code = time.perf_counter(), codes[int(line) * 7 % len(codes)]
        meaning = {lang: f"{text.rstrip()}\n\n{mark(int(line))}\n" for lang, text in before[code].items()}
        Entry.objects.filter(code=code).update(meaning=meaning)
        publish()
        print(json.dumps({"code": code, "seconds": time.perf_counter() - began}), flush=True)


if __name__ == "__main__":
    main()
