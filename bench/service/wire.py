"""HTTP/1.1 over one kept connection, with as little work as can be: what comes back is bytes."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from types import TracebackType


@dataclass(frozen=True)
class Answer:
    """`headers` in lower case; `size` is what came over the wire, head and body."""

    status: int
    headers: dict[str, str]
    body: bytes
    size: int


def request(method: str, path: str, host: str, headers: dict[str, str] | None = None, body: bytes = b"") -> bytes:
    """One request as bytes."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def chunked(headers: dict[str, str]) -> bool:
    return headers.get("transfer-encoding", "").lower() == "chunked"


class Line:
    """A connection to a server on this machine, opened anew whenever the server closed it."""

    def __init__(self, port: int, timeout: float = 60.0) -> None:
        self.host = f"127.0.0.1:{port}"
        self._address, self._timeout = ("127.0.0.1", port), timeout
        self._socket: socket.socket | None = None

    def __enter__(self) -> Line:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        if self._socket:
            self._socket.close()
        self._socket = None

    def ask(self, data: bytes) -> Answer:
        """Send a request, read its answer whole. Raises OSError."""
        if self._socket is None:
            self._socket = socket.create_connection(self._address, self._timeout)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self._socket.sendall(data)
            answer = self._read(self._socket, data.startswith(b"HEAD"))
        except OSError:
            self.close()
            raise
        if answer.headers.get("connection", "").lower() == "close":
            self.close()
        return answer

    def get(self, path: str, **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask(request("GET", path, self.host, named))

    def _read(self, link: socket.socket, bare: bool) -> Answer:
        data = b""
        while b"\r\n\r\n" not in data:
            data += _some(link)
        head, _, body = data.partition(b"\r\n\r\n")
        status, headers = parse_head(head)
        if status == 304 or bare:
            return Answer(status, headers, b"", len(data))
        while not complete(headers, body):
            body += _some(link)
        size = len(head) + 4 + len(body)
        return Answer(status, headers, joined(body) if chunked(headers) else body, size)


def parse_head(head: bytes) -> tuple[int, dict[str, str]]:
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return int(first.split()[1]), {name.lower(): value.strip() for name, _, value in pairs}


def complete(headers: dict[str, str], body: bytes) -> bool:
    if chunked(headers):
        return body.endswith(b"0\r\n\r\n")
    return len(body) >= int(headers.get("content-length", 0))


def joined(body: bytes) -> bytes:
    """A chunked body put together."""
    parts, rest = [], body
    while rest:
        size, _, rest = rest.partition(b"\r\n")
        length = int(size, 16)
        parts.append(rest[:length])
        rest = rest[length + 2 :] if length else b""
    return b"".join(parts)


def _some(link: socket.socket) -> bytes:
    data = link.recv(1 << 18)
    if not data:
        raise ConnectionError("the server closed the connection within an answer")
    return data
