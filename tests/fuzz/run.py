"""Many texts asked one after another; what went wrong is kept, what took longest as well."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappush, heappushpop
from pathlib import Path
from random import Random
from time import process_time
from typing import TYPE_CHECKING

from bench.adversarial import words
from bench.catalogue import corpus_rows
from tests.fuzz.mutate import Mutator
from tests.fuzz.rules import TODAY, hold

if TYPE_CHECKING:
    from kb.handbook import Handbook

HERE = Path(__file__).parent
SLOWEST = 40  # texts that are timed again
POOL = 500  # texts at hand to be changed further


@dataclass
class Findings:
    """`failures`: what was raised, with the text. `slowest`: milliseconds of all stages, number of the text, text."""

    inputs: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)
    slowest: list[tuple[float, int, str]] = field(default_factory=list)

    def ask(self, book: Handbook, text: str) -> None:
        self.inputs += 1
        begun = process_time()
        try:
            hold(book, text)
        except Exception:
            self.failures.append((traceback.format_exc(limit=-3), text))
        self._note(1000 * (process_time() - begun), text)

    def _note(self, took: float, text: str) -> None:
        keep = heappush if len(self.slowest) < SLOWEST else heappushpop
        keep(self.slowest, (took, self.inputs, text))


def mutator(book: Handbook) -> Mutator:
    return Mutator(words([signature.phrase for signature in book.document.rules.signatures], corpus_rows()))


def drawn(change: Mutator, count: int, seed: int) -> Iterator[str]:
    """The kept texts, then texts changed by chance, and some of these changed again. Same seed, same texts."""
    chance, pool = Random(seed), kept()
    yield from pool[:count]
    for _ in range(count - len(pool)):
        start = chance.choice(pool) if chance.random() < 0.5 else change.fresh(chance)
        text = change(start, chance)
        if len(pool) < POOL:
            pool.append(text)
        else:
            pool[chance.randrange(POOL)] = text
        yield text


def kept() -> list[str]:
    """The seeds, and the texts that once were answered wrong, in the folders beside this file."""
    return [decoded(path.read_bytes()) for path in sorted(HERE.glob("*/*.txt"))]


def decoded(data: bytes) -> str:
    """Unpaired surrogates stay what they are; what is no UTF-8 at all becomes some."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "surrogateescape")


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def milliseconds(book: Handbook, text: str) -> float:
    """Processor time of one lookup, the best of three."""
    times = []
    for _ in range(3):
        begun = process_time()
        book.engine.lookup(text, TODAY)
        times.append(1000 * (process_time() - begun))
    return min(times)
