"""A host on loopback that lists models as scripted, and remembers the keys it was sent."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def row(model_id: str, **fields: Any) -> dict[str, Any]:
    return {"type": "model", "id": model_id, **fields}


def page(*rows: dict[str, Any], more: bool = False) -> bytes:
    return json.dumps({"data": list(rows), "has_more": more}).encode()


class FakeHost(ThreadingHTTPServer):
    """`answers`: status, body and headers in turn; the last one again and again. `pause`: seconds between bytes."""

    daemon_threads = True

    def __init__(self, *answers: tuple[int, bytes, dict[str, str]], pause: float = 0.0) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers, self.pause = list(answers), pause
        self.keys: list[str | None] = []
        self.paths: list[str] = []
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: FakeHost

    def do_GET(self) -> None:
        host = self.server
        host.keys.append(self.headers.get("x-api-key"))
        host.paths.append(self.path)
        status, body, headers = host.answers.pop(0) if len(host.answers) > 1 else host.answers[0]
        self.send_response(status)
        for name, value in {"content-length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if not host.pause:
            self.wfile.write(body)
            return
        for byte in body:
            if host.over.is_set():
                return
            self.wfile.write(bytes([byte]))
            time.sleep(host.pause)

    def log_message(self, *said: Any) -> None:
        """Silent."""


@contextmanager
def serving(*answers: Any, pause: float = 0.0) -> Iterator[FakeHost]:
    """A running host; an answer is bytes (200), a status, or the three parts."""
    parts = [(200, a, {}) if isinstance(a, bytes) else (a, b"{}", {}) if isinstance(a, int) else a for a in answers]
    host = FakeHost(*parts, pause=pause)
    thread = threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        host.over.set()
        host.shutdown()
        host.server_close()
