"""The soak as a table."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean, quantiles

from bench.service.interleaved import verdict
from bench.soak.edits import EVERY, Watched
from bench.soak.load import Outcome

SEEN_WITHIN = 5.0  # seconds
GROWTH = 5.0  # per cent, from the first minute to the last
OFTEN = 0.1  # of the requests sent late, from which times tell of the machine
BEHIND = (
    "Capacity is measured without an editor. Beside the publishes, which these same cores rendered, this load was more "
    "than was left: the times below are those of a queue, not of an answer."
)


def table(capacity: float, share: float, outcome: Outcome, found: Watched) -> list[str]:
    lines = ["| | measured | target |", "|---|---|---|"]
    lines.append(f"| capacity, as fast as it goes | {capacity:,.0f} requests/s | |")
    lines.append(f"| load, at a constant rate | {outcome.rate:,.0f} requests/s | {share:.0%} of it |")
    lines.append(f"| requests | {outcome.answered + outcome.failed.total():,} | |")
    lines.append(f"| failed | {outcome.failed.total():,}{_reasons(outcome)} | {_none(outcome.failed.total())} |")
    lines.append(f"| edits, one every {EVERY:g} s | {len(found.publishing)} | |")
    lines.append(f"| an edit with its publish | {spread(found.publishing)} s | |")
    lines += [_node(name, times) for name, times in found.shown.items()]
    lines.append(_memory(found.memory, outcome.seconds))
    lines.append(f"| sent over 50 ms late, for want of a free connection | {outcome.late:,} | |")
    if outcome.late > OFTEN * outcome.answered:
        lines += ["", BEHIND]
    lines += ["", "| milliseconds since due | requests | median | p95 | p99 | slowest |", "|---|---|---|---|---|---|"]
    return [*lines, *(_times(kind, list(times)) for kind, times in sorted(outcome.times.items()))]


def spread(values: Sequence[float]) -> str:
    """Median, 95th percentile and maximum."""
    if len(values) < 2:
        return ", ".join(f"{value:.2f}" for value in values) or "none"
    cuts = quantiles(values, n=20, method="inclusive")
    return f"median {cuts[9]:.2f}, p95 {cuts[18]:.2f}, most {max(values):.2f}"


def _node(name: str, times: Sequence[float | None]) -> str:
    known = [time for time in times if time is not None]
    missed = len(times) - len(known)
    target = verdict(max(known), SEEN_WITHIN, most=True) if known and not missed else f"≤ {SEEN_WITHIN:g}: missed"
    unseen = f"; {missed} not seen" if missed else ""
    return f"| from then until {name} shows it | {spread(known)} s{unseen} | {target} |"


def _memory(samples: Sequence[tuple[float, float]], seconds: float) -> str:
    """The first and the last minute, or the first and last third of a shorter run."""
    window = min(60.0, seconds / 3)
    first = mean([size for at, size in samples if at <= window] or [0.0])
    last = mean([size for at, size in samples if at >= seconds - window] or [0.0])
    change = (last - first) / first * 100 if first else 0.0
    target = verdict(abs(change), GROWTH, most=True)
    return f"| RSS of all workers, first and last minute | {first:.0f} and {last:.0f} MiB, {change:+.1f} % | {target} |"


def _times(kind: str, times: Sequence[float]) -> str:
    cuts = quantiles(times, n=100, method="inclusive") if len(times) > 1 else [*times] * 99
    return f"| {kind} | {len(times):,} | {cuts[49]:.1f} | {cuts[94]:.1f} | {cuts[98]:.1f} | {max(times):.1f} |"


def _reasons(outcome: Outcome) -> str:
    return "".join(f"; {reason} {count}" for reason, count in outcome.failed.most_common(5))


def _none(failed: int) -> str:
    return f"none: {'missed' if failed else 'met'}"
