"""One process of `make fuzz`, guided by coverage: atheris chooses the texts from which new ones are made.

`python -m tests.fuzz.guided INPUTS SEED FILE` writes its findings to the file. libFuzzer never returns, so the process
ends itself after the last input.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["kb.lookup"]):
    from bench.catalogue import handbook
    from tests.fuzz.mutate import LONGEST
    from tests.fuzz.run import Findings, decoded, encoded, kept, mutator

TOLD = 2000  # inputs after which a line says how far it is
FRESH = 0.2  # share of inputs that begin anew from a paste of the corpora
BLIND = 0.1  # share of inputs whose bytes are changed without knowing what they mean


def main(inputs: int, seed: int, file: Path) -> None:
    book, findings = handbook(), Findings()
    change = mutator(book)

    def ask(data: bytes) -> None:
        findings.ask(book, decoded(data))
        if findings.inputs % TOLD == 0:
            print(f"{findings.inputs:,} of {inputs:,}, {len(findings.failures)} failed", flush=True)
            file.write_text(json.dumps(asdict(findings)))  # not lost in a crash
        if findings.inputs >= inputs:
            file.write_text(json.dumps(asdict(findings)))
            os._exit(0)

    def mutate(data: bytes, longest: int, number: int) -> bytes:
        chance = Random(number)
        if chance.random() < BLIND:
            return bytes(atheris.Mutate(data, longest))
        text = change.fresh(chance) if chance.random() < FRESH else decoded(data)
        return encoded(change(text, chance))[:longest]

    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(kept()):
            (Path(folder) / str(number)).write_bytes(encoded(text))
        options = [f"-seed={seed}", f"-max_len={LONGEST}", "-len_control=0", "-verbosity=0", "-rss_limit_mb=0", folder]
        atheris.Setup([sys.argv[0], *options], ask, custom_mutator=mutate)
        atheris.Fuzz()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
