"""`make cluster`: two nodes behind nginx on loopback, until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from pathlib import Path

from cluster import Cluster, Missing
from cluster.process import Failed
from cluster.programs import ROOT


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m cluster", description=__doc__)
    parser.add_argument("--nodes", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2, help="of each node")
    parser.add_argument("--port", type=int, default=8000, help="of nginx, where readers come in")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "cluster", help="kept for the next start")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with Cluster(options.nodes, options.workers, folder=options.folder, port=options.port) as cluster:
            print("\n".join(addresses(cluster)), flush=True)
            wait(cluster)
    except (Missing, Failed) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        print("stopped")


def addresses(cluster: Cluster) -> list[str]:
    return [
        f"nginx       {cluster.url}/",
        *(f"{node.name}       {node.url}/   KB_VAR={node.var}" for node in cluster.nodes),
        f"PostgreSQL  {cluster.postgres.url}",
        f"Redis       {cluster.redis.url}",
        f"logs        {cluster.folder}/*.log",
        "Ctrl-C stops all of them.",
    ]


def wait(cluster: Cluster) -> None:
    """Until Ctrl-C, or until one of the processes ends. Raises Failed."""
    while True:
        for process in cluster.processes():
            if not process.running:
                raise Failed(f"{process.name} ended:\n{process.tail()}")
        time.sleep(0.5)


if __name__ == "__main__":
    main()
