"""One kept connection of the load generator, which does as little as it can for each request."""

from __future__ import annotations

import asyncio

from bench.service.wire import complete, parse_head


class Connection:
    """One request at a time. What the server closed is opened anew for the next request."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._link: _Link | None = None

    async def ask(self, data: bytes) -> int:
        """The status of the answer, once all of it is there. Raises OSError."""
        if self._link is None or self._link.closed:
            loop = asyncio.get_running_loop()
            _, self._link = await loop.create_connection(_Link, "127.0.0.1", self._port)
        return await self._link.ask(data)

    def close(self) -> None:
        if self._link:
            self._link.close()
        self._link = None


class _Link(asyncio.Protocol):
    """A connection that is used until either side closes it."""

    def __init__(self) -> None:
        self.closed = False
        self._transport: asyncio.Transport | None = None
        self._waiting: asyncio.Future[int] | None = None
        self._data = b""

    def ask(self, data: bytes) -> asyncio.Future[int]:
        assert self._transport
        self._data, self._waiting = b"", asyncio.get_running_loop().create_future()
        self._transport.write(data)
        return self._waiting

    def close(self) -> None:
        self.closed = True
        if self._transport:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        self.closed = True
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(error or ConnectionError("closed within an answer"))

    def data_received(self, data: bytes) -> None:
        self._data += data
        head, end, body = self._data.partition(b"\r\n\r\n")
        if not end:
            return
        status, headers = parse_head(head)
        if status not in (204, 304) and not complete(headers, body):
            return
        if headers.get("connection", "").lower() == "close":
            self.close()
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(status)
