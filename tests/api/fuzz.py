"""Cases that schemathesis makes up from the OpenAPI document, and what fails.

`python -m tests.api.fuzz CASES` asks a real server so many.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import schemathesis
from schemathesis import engine
from schemathesis.config import SchemathesisConfig
from schemathesis.engine.events import NonFatalError, ScenarioFinished
from schemathesis.engine.recorder import ScenarioRecorder

from tests.served import served

DOCUMENT = "/api/v1/openapi.json"


@dataclass
class Found:
    """What a run asked, what it checked, and everything that did not hold."""

    cases: Counter[str] = field(default_factory=Counter)  # by phase and operation
    statuses: Counter[int] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, phase: str, recorder: ScenarioRecorder) -> None:
        for case, interaction in recorder.interactions.items():
            self.cases[f"{phase:<9} {recorder.cases[case].value.operation.label}"] += 1
            self.statuses[interaction.response.status_code if interaction.response else 0] += 1
        for checks in recorder.checks.values():
            self.checks.update(check.name for check in checks)
            infos = [check.failure_info for check in checks if check.failure_info]
            self.failures += [f"{info.failure.title}: {info.failure.message}\n{info.code_sample}" for info in infos]


def config(examples: int, seed: int, **headers: str) -> SchemathesisConfig:
    """Every check, every phase, the same cases for the same seed; at most so many per operation and phase."""
    return SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "headers": {name.replace("_", "-"): value for name, value in headers.items()},
            "continue-on-failure": True,
            "checks": {"enabled": True},
            "generation": {"max-examples": examples, "database": "none", "no-shrink": True},
        }
    )


def run(schema: schemathesis.BaseSchema) -> Found:
    found = Found()
    for event in engine.from_schema(schema).execute():
        if isinstance(event, ScenarioFinished):
            found.add(event.phase.value, event.recorder)
        elif isinstance(event, NonFatalError):
            found.failures.append(f"{event.label}: {event.value!r}")
    return found


def lines(found: Found) -> Iterator[str]:
    for title, counter in (("cases", found.cases), ("status", found.statuses), ("check", found.checks)):
        yield f"\n{counter.total():>7,} {title}"
        yield from (f"{count:>7,}   {name}" for name, count in sorted(counter.items()))
    yield from (f"\n{failure}" for failure in found.failures)


def main(cases: int) -> int:
    """Asks a server on loopback at least so many cases; 1 when something failed."""
    os.environ["KB_LOOKUP_RATE"] = "off"
    total, seed = Found(), 0
    with served("--limit-request-line", "0") as origin:  # a long address is for the API to refuse, not for gunicorn
        while total.cases.total() < cases:
            seed += 1
            found = run(schemathesis.openapi.from_url(origin + DOCUMENT, config=config(cases // 20, seed)))
            for name in ("cases", "statuses", "checks"):
                getattr(total, name).update(getattr(found, name))
            total.failures += found.failures
    told = f"\n{total.cases.total():,} cases, {len(total.failures)} failures (seeds 1 to {seed})\n"
    sys.stdout.write("\n".join((*lines(total), told)))
    return bool(total.failures)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
