"""nginx with the files in `deploy/nginx`; only what an operator writes himself is ours: listen.conf and nodes.conf."""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from cluster.process import Process
from cluster.programs import ROOT, free_port, program

FILES = ROOT / "deploy" / "nginx"
_MAIN = """\
{user}
worker_processes 1;
daemon off;
pid nginx.pid;
error_log stderr warn;
events {{ worker_connections 2048; }}
http {{
    access_log off;
    {temporary}
    include handbook.conf;
}}
"""
_KINDS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


class Nginx(Process):
    def __init__(self, folder: Path, upstreams: Sequence[int], port: int = 0) -> None:
        super().__init__("nginx", folder)
        self.conf = folder / "nginx"
        self.port = port or free_port()
        self.upstreams = tuple(upstreams)
        self.url = f"http://127.0.0.1:{self.port}"

    def write(self) -> Path:
        """Write the configuration; the main file of it."""
        shutil.rmtree(self.conf, ignore_errors=True)
        shutil.copytree(FILES, self.conf)
        kinds = ("max_fails=1 fail_timeout=2s", "max_fails=0 backup")
        lines = [f"server 127.0.0.1:{port} {kind};" for kind in kinds for port in self.upstreams]
        (self.conf / "handbook" / "nodes.conf").write_text("\n".join([*lines, ""]))
        (self.conf / "handbook" / "listen.conf").write_text(f"listen 127.0.0.1:{self.port} reuseport;\n")
        user = f"user {getpass.getuser()};" if os.geteuid() == 0 else ""
        temporary = "\n    ".join(f"{kind}_temp_path {self.conf}/{kind};" for kind in _KINDS)
        main = self.conf / "nginx.conf"
        main.write_text(_MAIN.format(user=user, temporary=temporary))
        return main

    def check(self) -> subprocess.CompletedProcess[str]:
        """`nginx -t` on what was written. Raises Missing."""
        return subprocess.run(self._command("-t"), capture_output=True, text=True, check=False)

    def start(self) -> None:
        """Raises Missing, or Failed with what nginx says about its configuration."""
        self.write()
        self.launch(self._command())
        self.wait_until(self.answers)

    def reload(self) -> None:
        self.signal(signal.SIGHUP)

    def answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=2):
            return True
        return False

    def _command(self, *arguments: str) -> list[str]:
        prefix = ["-p", str(self.conf), "-c", str(self.conf / "nginx.conf"), "-e", "stderr"]
        return [program("nginx", "nginx"), *prefix, *arguments]
