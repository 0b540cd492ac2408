"""One node: gunicorn with the configuration in `deploy/` and a `KB_VAR` of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import psutil

from cluster.process import STARTS_WITHIN, Failed, Process
from cluster.programs import ROOT, free_port, without_settings


class Node(Process):
    """On SQLite in its own folder, unless the environment names a database.

    `environment` is added to ours, from which everything that configures a handbook is taken out; it may be changed
    between `stop()` and `start()`.
    """

    def __init__(
        self, folder: Path, name: str = "node1", port: int = 0, workers: int = 2, environment: Mapping[str, str] = {}
    ) -> None:
        super().__init__(name, folder)
        self.var = folder / name
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.workers = workers
        self.environment = dict(environment)

    def prepare(self) -> None:
        """Migrate, load, publish, collect static files: what a deployment does before it starts a node."""
        self.manage("prepare")

    def start(self, within: float = STARTS_WITHIN) -> None:
        """Start gunicorn, and wait until it serves readers. Raises Failed."""
        self.var.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "gunicorn", "-c", str(ROOT / "deploy" / "gunicorn.conf.py")]
        self.launch(command, environment=self.settings())
        self.wait_until(self.healthy, within)

    def restart(self) -> None:
        self.stop()
        self.start()

    def reload(self) -> None:
        """SIGHUP: new workers with new code; old ones finish what they have. Returns when none of the old is left."""
        old = self.worker_processes()
        self.signal(signal.SIGHUP)
        _, left = psutil.wait_procs(old, timeout=60)
        assert not left, f"{self.name} kept old workers"

    def worker_processes(self) -> list[psutil.Process]:
        return self.tree()[1:]

    def kill_worker(self) -> int:
        """SIGKILL to the oldest worker; gunicorn starts another. The number of the process killed."""
        worker = min(self.worker_processes(), key=psutil.Process.create_time)
        worker.kill()
        return worker.pid

    def healthy(self) -> bool:
        return self.status("/healthz") == 200

    def status(self, path: str, timeout: float = 5.0) -> int:
        """The status of a GET at this node itself; 0 when there is no answer."""
        try:
            with urlopen(f"{self.url}{path}", timeout=timeout) as answer:
                return int(answer.status)
        except HTTPError as error:
            return error.code
        except OSError:
            return 0

    def manage(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run `manage.py` as on this node. Raises Failed with what it said when it fails and `check` is set."""
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        self.var.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            command, env=self.settings(), cwd=ROOT, capture_output=True, text=True, check=False, timeout=900
        )
        if check and done.returncode:
            raise Failed(f"{self.name}: manage.py {arguments[0]} failed:\n{(done.stdout + done.stderr)[-2000:]}")
        return done

    def settings(self) -> dict[str, str]:
        """The environment of its processes."""
        ours = {"KB_VAR": str(self.var), "PORT": str(self.port), "WEB_CONCURRENCY": str(self.workers)}
        return without_settings() | ours | self.environment
