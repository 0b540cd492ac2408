"""Texts that nobody would paste, put to every stage of the lookup: `make fuzz [INPUTS=200000] [SEED=1]`.

Guided by coverage where atheris is installed, else by chance alone. Exit 1 when a rule of `tests/fuzz/rules.py` is
broken or a lookup takes longer than 50 ms of processor time, the best of three. What failed is written to `var/fuzz/`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from bench.catalogue import handbook
from tests.fuzz.run import Findings, drawn, encoded, milliseconds, mutator

if TYPE_CHECKING:
    from kb.handbook import Handbook

MOST = 50.0  # milliseconds
KINDS = 20  # failures shown


def guided(inputs: int, seed: int, jobs: int) -> Findings:
    """In processes of their own, whose code counts what it covers; that makes it slower, so nothing is judged there."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / str(job) for job in range(jobs)]
        shares = [inputs // jobs + (job < inputs % jobs) for job in range(jobs)]
        commands = [
            [sys.executable, "-m", "tests.fuzz.guided", str(share), str(seed * 1000 + job), str(file)]
            for job, (share, file) in enumerate(zip(shares, files, strict=True))
        ]
        running = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for command in commands]
        ended = [process.wait() for process in running]
        found = together([Findings(**json.loads(file.read_text())) for file in files if file.exists()])
        if any(ended):
            found.failures.append((f"ended with {ended}: a crash outside Python, or no memory", ""))
        return found


def together(parts: Sequence[Findings]) -> Findings:
    return Findings(
        sum(part.inputs for part in parts),
        [failure for part in parts for failure in part.failures],
        [slow for part in parts for slow in part.slowest],
    )


def by_chance(book: Handbook, inputs: int, seed: int) -> Findings:
    findings = Findings()
    for text in drawn(mutator(book), inputs, seed):
        findings.ask(book, text)
    return findings


def keep(text: str, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    data = encoded(text)
    path = folder / f"{hashlib.sha256(data).hexdigest()[:12]}.txt"
    path.write_bytes(data)
    return path


def report(book: Handbook, findings: Findings, folder: Path) -> bool:
    """Print the figures; whether all is well."""
    for told, text in findings.failures[:KINDS]:
        print(f"{keep(text, folder)}\n{told}")
    times = sorted(((milliseconds(book, text), text) for _, _, text in findings.slowest), reverse=True) or [(0.0, "")]
    slow = [(took, text) for took, text in times if took > MOST]
    for took, text in slow:
        print(f"{keep(text, folder)}: {took:.1f} ms")
    print(f"inputs:      {findings.inputs:,}")
    print(f"exceptions:  {len(findings.failures)}")
    print(f"slowest:     {times[0][0]:.1f} ms of processor time, {len(encoded(times[0][1])):,} bytes")
    print(f"over {MOST:.0f} ms:  {len(slow)}")
    return not findings.failures and not slow


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1, help="another seed makes other texts")
    parser.add_argument("--jobs", type=int, default=2, help="processes, when guided by coverage")
    parser.add_argument("--by-chance", action="store_true", help="not guided by coverage")
    options = parser.parse_args()
    book = handbook()
    by_coverage = find_spec("atheris") is not None and not options.by_chance
    print("guided by coverage (atheris)" if by_coverage else "by chance alone", flush=True)
    if by_coverage:
        findings = guided(options.inputs, options.seed, options.jobs)
    else:
        findings = by_chance(book, options.inputs, options.seed)
    return 0 if report(book, findings, Path("var") / "fuzz") else 1


if __name__ == "__main__":
    sys.exit(main())
