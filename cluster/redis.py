"""A Redis server of our own on loopback, which keeps nothing on disk."""

from __future__ import annotations

from pathlib import Path

import redis

from cluster.process import Process
from cluster.programs import free_port, program


class Redis(Process):
    def __init__(self, folder: Path, port: int = 0) -> None:
        super().__init__("redis", folder)
        self.port = port or free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start the server, empty. Raises Missing."""
        where = ["--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self.folder)]
        self.launch([program("redis-server", "Redis"), *where, "--save", "", "--appendonly", "no", "--databases", "64"])
        self.wait_until(self.answers)

    def answers(self) -> bool:
        try:
            with redis.Redis(port=self.port, socket_timeout=2, socket_connect_timeout=2) as link:
                return bool(link.ping())
        except redis.RedisError:
            return False
