"""Failures below HTTP, for `manage.py replay_socket`: what each mode does to a connection, on loopback only."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

HOST = "127.0.0.1"
PORT = 8765
CLOSE = "connection: close"
SUCCESS = (
    b'{"id":"msg_011CVexample0000000000001","type":"message","role":"assistant","model":"replay","content":'
    b'[{"type":"text","text":"slow"}],"stop_reason":"end_turn","stop_sequence":null,'
    b'"usage":{"input_tokens":3,"output_tokens":1}}'
)
PAGE = b"<!doctype html>\n<html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>\n"
START = (
    b'event: message_start\ndata: {"type":"message_start","message":{"id":"msg_011CVexample0000000000001",'
    b'"type":"message","role":"assistant","model":"replay","content":[],"stop_reason":null,"stop_sequence":null,'
    b'"usage":{"input_tokens":3,"output_tokens":1}}}\n\n'
)
Behaviour = Callable[[socket.socket, float], None]


@dataclass(frozen=True)
class Mode:
    """`code`: the entry that it leads to; `does`: in a few words; `behave` gets a connection and a pause in seconds."""

    code: str
    does: str
    behave: Behaviour


def _reset(connection: socket.socket, pause: float) -> None:
    _request(connection)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _silent(connection: socket.socket, pause: float) -> None:
    """Takes the request and says nothing until the client leaves."""
    while connection.recv(65536):
        pass


def _slow(connection: socket.socket, pause: float) -> None:
    """A right answer, a few bytes at a time, with a pause before each part."""
    _request(connection)
    answer = _head("application/json", f"content-length: {len(SUCCESS)}", CLOSE) + SUCCESS
    for start in range(0, len(answer), 64):
        time.sleep(pause)
        connection.sendall(answer[start : start + 64])


def _cut(connection: socket.socket, pause: float) -> None:
    """A stream that begins and is closed before its last chunk. Announced, Node would take it for the end."""
    _request(connection)
    chunk = f"{len(START):x}\r\n".encode() + START + b"\r\n"
    connection.sendall(_head("text/event-stream", "transfer-encoding: chunked", "connection: keep-alive") + chunk)


def _html(connection: socket.socket, pause: float) -> None:
    _request(connection)
    connection.sendall(_head("text/html", f"content-length: {len(PAGE)}", CLOSE) + PAGE)


MODES = {
    "reset": Mode("000-connection-reset", "resets the connection after the request", _reset),
    "refused": Mode("000-connection-refused", "holds the port and listens to nobody", _silent),
    "timeout": Mode("000-connection-timeout", "takes the request and never answers", _silent),
    "slow": Mode("000-connection-timeout", "answers right, a few bytes at a time", _slow),
    "cut": Mode("000-stream-interrupted", "begins a stream and closes in the middle", _cut),
    "html": Mode("html-instead-of-json", "answers 200 with a web page", _html),
    "tls": Mode("000-tls-certificate", "speaks TLS with a certificate that nobody trusts", _html),
}


class Companion:
    """Listens on loopback in a thread of its own; a connection is handled in another."""

    def __init__(self, mode: str, port: int = 0, pause: float = 1.0, tls: ssl.SSLContext | None = None) -> None:
        self._mode, self._pause, self._tls = mode, pause, tls
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((HOST, port))
        scheme = "https" if tls else "http"
        self.url = f"{scheme}://{HOST}:{self._socket.getsockname()[1]}"

    def __enter__(self) -> Companion:
        if self._mode != "refused":
            self._socket.listen()
            threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._mode != "refused":
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._handle, args=(connection,), daemon=True).start()

    def _handle(self, connection: socket.socket) -> None:
        """A client that leaves early is what several modes are for."""
        try:
            with self._tls.wrap_socket(connection, server_side=True) if self._tls else connection as wrapped:
                MODES[self._mode].behave(wrapped, self._pause)
        except OSError:
            connection.close()


def untrusted() -> ssl.SSLContext | None:
    """A certificate for loopback from an authority made a moment ago; None where trustme is not installed."""
    try:
        import trustme
    except ImportError:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert(HOST, "localhost").configure_cert(context)
    return context


def _request(connection: socket.socket) -> None:
    """Reads a request to the end of its body, when the length is told, and forgets it."""
    data = b""
    while b"\r\n\r\n" not in data and len(data) < 65536:
        data += (more := connection.recv(65536))
        if not more:
            return
    head, _, body = data.partition(b"\r\n\r\n")
    left = _length(head) - len(body)
    while left > 0 and (more := connection.recv(65536)):
        left -= len(more)


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name == b"content-length" and value.strip().isdigit():
            return int(value)
    return 0


def _head(content_type: str, *more: str) -> bytes:
    return "\r\n".join(["HTTP/1.1 200 OK", f"content-type: {content_type}", *more, "", ""]).encode()
