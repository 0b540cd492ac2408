"""What is printed and kept: a table, and the words of whoever refused."""

from __future__ import annotations

from collections.abc import Sequence

from bench.conditions import machine, when
from faults.run import Outcome

HEAD = (
    "| fault | done by | requests | failed | slowest | edits acknowledged | refused | lost | `/readyz` | healed in |",
    "|---|---|---|---|---|---|---|---|---|---|",
)


def conditions(rate: float) -> list[str]:
    return [
        f"- {when()}",
        f"- {machine()}",
        f"- {rate:.0f} requests a second: pages, permalinks and lookups in both languages, each answer checked,"
        " none asked twice; one edit begun a second, published at once",
    ]


def row(outcome: Outcome) -> str:
    fault, told, edits = outcome.fault, outcome.told, outcome.edits
    cells = (
        fault.name,
        fault.how,
        str(told.requests),
        str(len(told.failures)),
        f"{told.slowest:.2f} s",
        str(len(edits.acknowledged)),
        str(len(edits.refused)),
        str(len(outcome.lost)),
        "; ".join(f"{_meaning(status)} × {count}" for status, count in sorted(outcome.ready.items())),
        "never" if outcome.healed is None else f"{outcome.healed:.1f} s",
    )
    return f"| {' | '.join(cells)} |"


def words(outcomes: Sequence[Outcome]) -> list[str]:
    """What `/readyz` and refused edits said, fault by fault."""
    lines = []
    for outcome in outcomes:
        said = [*sorted(outcome.named)[:2], *sorted(set(outcome.edits.refused))[:2]]
        lines += [f"- {outcome.fault.name}: " + "; ".join(f"`{text}`" for text in said)] if said else []
    return lines


def _meaning(status: int) -> str:
    return str(status) if status else "no answer"
