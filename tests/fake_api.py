"""A loopback stand-in for the Claude API, for what replay cannot honestly do.

Replay answers with what the catalogue holds, reads no body and keeps no key. So this one stands in where a test asks
which credential arrived, where the answer is one that no entry holds, and where the request itself names its answer
(as its model). It answers as scripted, else with success.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

REQUEST_ID = "req_011CVexample0000000000001"
CREDENTIALS = ("x-api-key", "authorization")


@dataclass(frozen=True)
class Answer:
    status: int
    body: str
    headers: dict[str, str] = field(default_factory=dict)


def error(status: int, kind: str, message: str) -> Answer:
    body = {"type": "error", "error": {"type": kind, "message": message}, "request_id": REQUEST_ID}
    return Answer(status, json.dumps(body))


class FakeApi:
    """`script` is used up first, then `always` if set, then every request succeeds.

    `credentials`: one for each request; where two headers hold some, both, joined by a comma.
    """

    def __init__(self) -> None:
        self.script: list[Answer] = []
        self.always: Answer | None = None
        self.paths: list[str] = []
        self.credentials: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> FakeApi:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str, known: bool, request: dict[str, Any]) -> Answer:
        self.paths.append(path)
        if not known:
            return error(401, "authentication_error", "x-api-key header is required")
        if self.script:
            return self.script.pop(0)
        return self.always or _success(path.partition("?")[0], str(request.get("model", "claude")))


def _success(path: str, model: str) -> Answer:
    if path == "/v1/messages":
        return Answer(200, json.dumps(_message(model)))
    if path == "/v1/models":
        one = {"type": "model", "id": model, "display_name": "Claude", "created_at": "2026-01-01T00:00:00Z"}
        return Answer(200, json.dumps({"data": [one], "has_more": False, "first_id": model, "last_id": model}))
    return error(404, "not_found_error", "Not Found")


def _message(model: str) -> dict[str, Any]:
    head = {"id": "msg_1", "type": "message", "role": "assistant", "model": model}
    usage = {"input_tokens": 3, "output_tokens": 1}
    text = [{"type": "text", "text": "pong"}]
    return {**head, "content": text, "stop_reason": "end_turn", "stop_sequence": None, "usage": usage}


def _handler(api: FakeApi) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            credential = ", ".join(self.headers[name] for name in CREDENTIALS if self.headers.get(name))
            api.credentials.append(credential)
            answer = api.answer(self.path, bool(credential), json.loads(body) if body else {})
            self.send_response(answer.status)
            for name, value in {"content-type": "application/json", "request-id": REQUEST_ID, **answer.headers}.items():
                self.send_header(name, value)
            sent = answer.body.encode()
            self.send_header("content-length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        do_GET = do_POST  # noqa: N815 (the name that http.server calls)

        def log_message(self, *_: object) -> None: ...

    return Handler
