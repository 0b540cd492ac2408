"""Redis gone, workers and nodes killed, hanging, restarted."""

from __future__ import annotations

import time

from cluster import Cluster
from faults.fault import Fault


def redis_gone(cluster: Cluster) -> None:
    cluster.redis.kill()


def redis_back(cluster: Cluster) -> None:
    cluster.redis.start()


def redis_hangs(cluster: Cluster) -> None:
    cluster.redis.pause()


def redis_goes_on(cluster: Cluster) -> None:
    cluster.redis.resume()


def kill_workers(cluster: Cluster) -> None:
    """One of every node, one after another."""
    for node in cluster.nodes:
        node.kill_worker()
        time.sleep(1)


def kill_node(cluster: Cluster) -> None:
    cluster.nodes[-1].kill()


def start_node(cluster: Cluster) -> None:
    cluster.nodes[-1].start()


def node_hangs(cluster: Cluster) -> None:
    cluster.nodes[-1].pause()


def node_goes_on(cluster: Cluster) -> None:
    cluster.nodes[-1].resume()


def restart_without_database(cluster: Cluster) -> None:
    cluster.postgres.stop()
    cluster.nodes[-1].restart()


def database_back(cluster: Cluster) -> None:
    cluster.postgres.start()


def roll(cluster: Cluster) -> None:
    """Every node is stopped and started, the next one when this one has been back for longer than nginx avoids it."""
    for node in cluster.nodes:
        node.restart()
        time.sleep(3)


def hang_up(cluster: Cluster) -> None:
    cluster.nodes[0].reload()


FAULTS = [
    Fault("Redis gone", "SIGKILL to Redis", redis_gone, redis_back, down="cache", servers=True),
    Fault("Redis hangs", "SIGSTOP to Redis", redis_hangs, redis_goes_on, down="cache", servers=True),
    Fault("workers killed", "SIGKILL to a worker of each node", kill_workers, cuts=2),
    Fault("node killed", "SIGKILL to every process of a node", kill_node, start_node, nodes=2),
    Fault("node cut off", "SIGSTOP to every process of a node", node_hangs, node_goes_on, nodes=2),
    Fault(
        "restart while the database is down",
        "PostgreSQL shut down, then a node stopped and started",
        restart_without_database,
        database_back,
        down="database",
        refuses=True,
        servers=True,
        nodes=2,
    ),
    Fault("upgrade, node by node", "each node stopped and started", roll, nodes=2),
    Fault("upgrade by SIGHUP", "SIGHUP to a node", hang_up),
]
