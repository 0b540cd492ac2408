"""A rate as it is configured: `60/m`."""

from __future__ import annotations

import re
from dataclasses import dataclass

PERIODS = {"s": 1.0, "m": 60.0, "h": 3600.0}
_FORM = re.compile(r"([1-9][0-9]{0,5})/([smh])")


@dataclass(frozen=True)
class Rate:
    """A bucket of `count` tokens that fills up again in `period` seconds."""

    count: int
    period: float

    @property
    def every(self) -> float:
        """Seconds in which one token comes back."""
        return self.period / self.count


def parse_rate(text: str) -> Rate | None:
    """`n/s`, `n/m` or `n/h`; None for `off`. Raises ValueError for anything else."""
    if text == "off":
        return None
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError("use off, or a rate such as 10/s, 60/m or 600/h")
    return Rate(int(match[1]), PERIODS[match[2]])
