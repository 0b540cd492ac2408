"""Two nodes to put under load: behind nginx, on PostgreSQL and Redis, where these are installed; else on SQLite."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from bench.service.processes import children
from bench.service.servers import OURS, beside, clean, serving
from bench.service.stage import prepared
from cluster import Cluster, Missing

NODES = 2


@dataclass(frozen=True)
class Site:
    """`front`: ports that take the load; `nodes`: name → port of each node; `masters`: their gunicorns' processes."""

    name: str
    front: list[int]
    nodes: dict[str, int]
    masters: dict[str, int]
    env: dict[str, str]

    def workers(self) -> list[int]:
        return [worker for master in self.masters.values() for worker in children(master)]


@contextmanager
def site(workers: int) -> Iterator[Site]:
    """Two nodes until the block ends."""
    try:
        cluster = Cluster(NODES, workers, environment={"KB_LOOKUP_RATE": "off"}).__enter__()
    except Missing:
        with plain(workers) as found:
            yield found
        return
    try:
        yield behind_nginx(cluster)
    finally:
        cluster.stop()


def behind_nginx(cluster: Cluster) -> Site:
    nodes = {node.name: node for node in cluster.nodes}
    first = cluster.nodes[0]
    return Site(
        name="behind nginx, on PostgreSQL and Redis",
        front=[cluster.nginx.port],
        nodes={name: node.port for name, node in nodes.items()},
        masters={name: node.pid for name, node in nodes.items()},
        env=clean() | first.settings(),
    )


@contextmanager
def plain(workers: int) -> Iterator[Site]:
    """Two nodes that share a SQLite file, each with a folder of its own; the load goes to both in turn."""
    with prepared() as (folder, env), ExitStack() as stack:
        nodes, masters = {}, {}
        for number in range(1, NODES + 1):
            own = beside(folder, f"node-{number}") if number > 1 else env
            server = stack.enter_context(serving(f"node {number}", OURS, own, workers))
            nodes[server.name], masters[server.name] = server.port, server.pid
        yield Site("on SQLite, without a proxy", list(nodes.values()), nodes, masters, env)
