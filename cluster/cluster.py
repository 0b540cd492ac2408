"""PostgreSQL, Redis, nodes and nginx together."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from cluster.nginx import Nginx
from cluster.node import Node
from cluster.postgres import Postgres
from cluster.process import Process
from cluster.programs import free_port
from cluster.redis import Redis


class Cluster:
    """`servers=False`: SQLite and files instead of PostgreSQL and Redis, for one node. `nginx=False`: no proxy.

    `url` is where readers come in. `folder` is kept; without one, everything is in a temporary folder that goes at the
    end. `environment` is added to every node's. `port` is the proxy's, or that of a node without one.
    """

    def __init__(
        self,
        nodes: int = 2,
        workers: int = 2,
        servers: bool = True,
        nginx: bool = True,
        folder: Path | None = None,
        port: int = 0,
        environment: Mapping[str, str] = {},
    ) -> None:
        if nodes > 1 and not servers:
            raise ValueError("several nodes need PostgreSQL: a SQLite file belongs to one machine")
        self.folder = folder or Path(tempfile.mkdtemp(prefix="kb-cluster-"))
        self._temporary = folder is None
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o755)  # PostgreSQL's own user goes through it
        port = port or free_port()
        ports = [free_port() for _ in range(nodes)] if nginx else [port]
        self._postgres = Postgres(self.folder) if servers else None
        self._redis = Redis(self.folder) if servers else None
        self._nginx = Nginx(self.folder, ports, port) if nginx else None
        self.url = f"http://127.0.0.1:{port}"
        shared = self._shared() | dict(environment)
        self.nodes = [Node(self.folder, f"node{i}", p, workers, shared) for i, p in enumerate(ports, start=1)]

    @property
    def postgres(self) -> Postgres:
        assert self._postgres, "this cluster is on SQLite"
        return self._postgres

    @property
    def redis(self) -> Redis:
        assert self._redis, "this cluster has no Redis"
        return self._redis

    @property
    def nginx(self) -> Nginx:
        assert self._nginx, "this cluster has no nginx"
        return self._nginx

    @property
    def has_nginx(self) -> bool:
        return self._nginx is not None

    def __enter__(self) -> Cluster:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start everything, in the order in which it depends on each other. Raises Missing or Failed."""
        for server in (self._postgres, self._redis):
            if server:
                server.start()
        for node in self.nodes:
            node.prepare()
            node.start()
        if self._nginx:
            self._nginx.start()

    def stop(self) -> None:
        for process in reversed(self.processes()):
            process.stop()
        if self._temporary:
            shutil.rmtree(self.folder, ignore_errors=True)

    def processes(self) -> list[Process]:
        """Every process there is, in the order of starting."""
        return [part for part in (self._postgres, self._redis, *self.nodes, self._nginx) if part]

    def _shared(self) -> dict[str, str]:
        """What every node must agree on."""
        shared = {"KB_BASE_URL": self.url, "KB_SECRET_KEY": secrets.token_urlsafe(64)}
        if self._postgres and self._redis:
            shared |= {"DATABASE_URL": self._postgres.url, "REDIS_URL": self._redis.url}
        return shared
