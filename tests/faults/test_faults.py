"""Some of `make faults`, quickly: on one node with SQLite, and on PostgreSQL, Redis, two nodes and nginx."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from cluster import Cluster, Missing
from faults import __main__ as faults
from faults.fault import Fault
from faults.run import Outcome

ALONE = ("published file cut off", "disk full")
TOGETHER = ("database stopped", "workers killed")


def named(names: tuple[str, ...]) -> list[Fault]:
    return [replace(fault, seconds=4) for fault in faults.FAULTS if fault.name in names]


def outcomes(cluster: Cluster, names: tuple[str, ...]) -> dict[str, Outcome | str]:
    with cluster:
        return {fault.name: outcome for fault, outcome in faults.suite(cluster, named(names))}


@pytest.fixture(scope="module")
def alone() -> dict[str, Outcome | str]:
    return outcomes(Cluster(1, servers=False, nginx=False, environment=faults.NODE), ALONE)


@pytest.fixture(scope="module")
def together() -> Iterator[dict[str, Outcome | str]]:
    try:
        yield outcomes(Cluster(environment=faults.NODE), TOGETHER)
    except Missing as reason:
        pytest.skip(str(reason))


def borne(outcome: Outcome | str) -> None:
    if isinstance(outcome, str):
        pytest.skip(outcome)
    assert not outcome.complaints(), outcome
    assert outcome.told.requests > 20
    assert outcome.edits.acknowledged


@pytest.mark.parametrize("name", ALONE)
def test_one_node_on_sqlite_bears_it(name: str, alone: dict[str, Outcome | str]) -> None:
    borne(alone[name])


@pytest.mark.parametrize("name", TOGETHER)
def test_two_nodes_bear_it(name: str, together: dict[str, Outcome | str]) -> None:
    borne(together[name])


def test_every_name_above_is_a_fault() -> None:
    assert {fault.name for fault in named(ALONE + TOGETHER)} == {*ALONE, *TOGETHER}
