"""What a fault is, and what it is done to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cluster import Cluster


class Impossible(RuntimeError):
    """This fault cannot be done on this machine or cluster; the text says why."""


Step = Callable[[Cluster], None]


def nothing(cluster: Cluster) -> None:
    """It heals by itself."""


@dataclass(frozen=True)
class Fault:
    """`begin` and `end` are what happens to the cluster; `prepare` and `clear` are done before and after, unmeasured.

    `down`: the part that `/readyz` must name with 503 on some node meanwhile; empty when all nodes must stay ready;
    None when either is right, as while a process is replaced. `refuses`: edits must be refused meanwhile.
    `moves_files`: the editor rests during `prepare` and `clear`.
    `cuts`: requests that may be under way in what is killed, and fail where no nginx asks another process.
    """

    name: str
    how: str
    begin: Step
    end: Step = nothing
    prepare: Step = nothing
    clear: Step = nothing
    down: str | None = None
    refuses: bool = False
    cuts: int = 0
    moves_files: bool = False
    seconds: float = 8.0  # that it lasts
    servers: bool = False  # needs PostgreSQL and Redis
    nodes: int = 1  # needs as many
