"""The whole service on loopback from the files in `deploy/`: PostgreSQL, Redis, nodes and nginx, each its own.

For `make cluster`, the fault suite, benchmarks and tests::

    with Cluster(nodes=2) as cluster:
        httpx.get(cluster.url)
        cluster.nodes[0].kill_worker()
        cluster.postgres.pause()

Start it from a thread that lives as long as the cluster does: on Linux they end with it.
"""

from cluster.cluster import Cluster
from cluster.node import Node
from cluster.programs import Missing

__all__ = ["Cluster", "Missing", "Node"]
