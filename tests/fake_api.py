"""A loopback stand-in for the Claude API: it answers as scripted, else with success, and remembers what was asked."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

REQUEST_ID = "req_011CVexample0000000000001"


@dataclass(frozen=True)
class Answer:
    status: int
    body: str
    headers: dict[str, str] = field(default_factory=dict)


def error(status: int, kind: str, message: str, **headers: str) -> Answer:
    body = {"type": "error", "error": {"type": kind, "message": message}, "request_id": REQUEST_ID}
    return Answer(status, json.dumps(body), {name.replace("_", "-"): value for name, value in headers.items()})


def rate_limited(retry_after: str) -> Answer:
    return error(429, "rate_limit_error", "This request would exceed your rate limit.", retry_after=retry_after)


def overloaded() -> Answer:
    return error(529, "overloaded_error", "Overloaded")


def error_in_a_stream(kind: str, message: str) -> Answer:
    """HTTP 200, a message that begins, then an error event."""
    failure = {"error": {"type": kind, "message": message}}
    return _events(("message_start", {"message": _message("m", [])}), ("error", failure))


def overloaded_in_a_stream() -> Answer:
    return error_in_a_stream("overloaded_error", "Overloaded")


class FakeApi:
    """`script` is used up first, then `always` if set, then every request succeeds."""

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
        return self.always or _success(path.partition("?")[0], request)


def _success(path: str, request: dict[str, Any]) -> Answer:
    model = str(request.get("model", "claude"))
    if path == "/v1/messages":
        return _stream(model) if request.get("stream") else Answer(200, json.dumps(_message(model)))
    if path == "/v1/messages/count_tokens":
        return Answer(200, json.dumps({"input_tokens": 3}))
    if path == "/v1/models":
        one = _model(model)
        return Answer(200, json.dumps({"data": [one], "has_more": False, "first_id": model, "last_id": model}))
    if path.startswith("/v1/models/"):
        return Answer(200, json.dumps(_model(path.rpartition("/")[2])))
    return error(404, "not_found_error", "Not Found")


def _model(model: str) -> dict[str, Any]:
    return {"type": "model", "id": model, "display_name": "Claude", "created_at": "2026-01-01T00:00:00Z"}


def _message(model: str, content: list[dict[str, str]] | None = None) -> dict[str, Any]:
    text = [{"type": "text", "text": "pong"}] if content is None else content
    head = {"id": "msg_1", "type": "message", "role": "assistant", "model": model, "content": text}
    usage = {"input_tokens": 3, "output_tokens": 1}
    return {**head, "stop_reason": "end_turn", "stop_sequence": None, "usage": usage}


def _stream(model: str) -> Answer:
    return _events(
        ("message_start", {"message": _message(model, [])}),
        ("content_block_start", {"index": 0, "content_block": {"type": "text", "text": ""}}),
        ("content_block_delta", {"index": 0, "delta": {"type": "text_delta", "text": "pong"}}),
        ("content_block_stop", {"index": 0}),
        ("message_delta", {"delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 1}}),
        ("message_stop", {}),
    )


def _events(*events: tuple[str, dict[str, Any]]) -> Answer:
    lines = (f"event: {name}\ndata: {json.dumps({'type': name, **data})}\n\n" for name, data in events)
    return Answer(200, "".join(lines), {"content-type": "text/event-stream"})


def _handler(api: FakeApi) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            credential = self.headers.get("x-api-key") or self.headers.get("authorization") or ""
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
