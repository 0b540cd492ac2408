"""The suite complains about everything that a fault must not do; it needs no server to be told."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from faults.editor import Edits
from faults.fault import Fault, nothing
from faults.load import Told
from faults.report import row
from faults.run import Outcome

STOPPED = Fault("database stopped", "by hand", nothing, down="database", refuses=True)


def outcome(**other: Any) -> Outcome:
    borne: dict[str, Any] = {
        "fault": STOPPED,
        "told": Told(100),
        "edits": Edits([1, 2], ["OperationalError: it is down"]),
        "lost": [],
        "ready": Counter({503: 8}),
        "healthy": Counter({200: 8}),
        "named": {"database unreachable"},
        "healed": 1.5,
    }
    return Outcome(**borne | other)


def test_a_fault_that_was_borne_is_not_complained_about() -> None:
    assert outcome().complaints() == []


@pytest.mark.parametrize(
    ("other", "complaint"),
    [
        ({"told": Told(100, ["/en/: status 502 after 0.1 s"])}, "a reader failed: /en/: status 502"),
        ({"lost": [7]}, "edit 7 was acknowledged and is lost"),
        ({"healed": None}, "not healed"),
        ({"edits": Edits([1, 2, 3])}, "no edit was refused"),
        ({"healthy": Counter({200: 7, 503: 1})}, "/healthz did not stay 200"),
        ({"named": {"cache unreachable"}}, "/readyz never named database"),
        ({"fault": Fault("clock", "by hand", nothing, down="")}, "/readyz did not stay 200"),
    ],
)
def test_whatever_went_wrong_is_named(other: dict[str, Any], complaint: str) -> None:
    assert any(text.startswith(complaint) for text in outcome(**other).complaints())


def test_requests_in_a_killed_process_may_fail_only_where_nobody_asks_again() -> None:
    killed = Fault("worker killed", "by hand", nothing, cuts=1)
    cut = {"told": Told(100, ["/en/: ReadError"]), "named": set(), "fault": killed}
    assert outcome(**cut, asked_again=True).complaints()
    assert not outcome(**cut, asked_again=False).complaints()


def test_a_row_of_the_table_tells_requests_failures_and_lost_edits() -> None:
    cells = [cell.strip() for cell in row(outcome(lost=[2])).split("|")]
    assert cells[1:9] == ["database stopped", "by hand", "100", "0", "0.00 s", "2", "1", "1"]
