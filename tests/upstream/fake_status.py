"""A loopback stand-in for a status page; it answers with whatever `answer` makes, and counts the requests."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATH = "/api/v2/summary.json"
Answer = tuple[int, dict[str, str], bytes]


def summary(indicator: str = "none", description: str = "All Systems Operational", *incidents: dict[str, Any]) -> bytes:
    page = {"id": "tymt9n04zgry", "name": "Claude", "url": "https://status.example.org"}
    status = {"indicator": indicator, "description": description}
    return json.dumps({"page": page, "status": status, "components": [], "incidents": list(incidents)}).encode()


def incident(name: str, shortlink: str | None = "https://stspg.example/abc") -> dict[str, Any]:
    return {"id": "1", "name": name, "status": "investigating", "impact": "major", "shortlink": shortlink}


def says(body: bytes, status: int = 200, **headers: str) -> Callable[[], Answer]:
    return lambda: (status, headers, body)


def slowly(seconds: float) -> Callable[[], Answer]:
    def answer() -> Answer:
        time.sleep(seconds)
        return 200, {}, summary()

    return answer


class FakeStatus:
    def __init__(self) -> None:
        self.answer: Callable[[], Answer] = says(summary())
        self.asked: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}{PATH}"

    def __enter__(self) -> FakeStatus:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(fake: FakeStatus) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            fake.asked.append(self.path)
            status, headers, body = fake.answer()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                self.close_connection = True  # the reader had enough

        def log_message(self, *_: object) -> None: ...

    return Handler
