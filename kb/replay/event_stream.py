"""Bedrock's binary streams (`application/vnd.amazon.eventstream`): framed messages with headers and check sums."""

from __future__ import annotations

import json
import re
import struct
from base64 import b64encode
from collections.abc import Iterable
from typing import Any
from zlib import crc32

from kb.replay.answer import Answer, Event

INVOKE = re.compile(r"(?:^|/)model/[^/]+/invoke-with-response-stream$")
CONVERSE = re.compile(r"(?:^|/)model/[^/]+/converse-stream$")
STRING = 7  # the type of a header's value
CARRIED = (  # exceptions that the service's model gives to both streams
    "internalServerException",
    "modelStreamErrorException",
    "serviceUnavailableException",
    "throttlingException",
    "validationException",
)


def is_stream(path: str) -> bool:
    return bool(INVOKE.search(path) or CONVERSE.search(path))


def invoked(events: Iterable[Event]) -> list[bytes]:
    """Events of the Messages API, each wrapped as a chunk of bytes."""
    return [_event("chunk", {"bytes": _base64({"type": name, **data})}) for name, data in events]


def converse_opening(words: Iterable[str]) -> list[bytes]:
    """A stream of `converse-stream` up to and with its text."""
    parts = [_event("contentBlockDelta", {"contentBlockIndex": 0, "delta": {"text": word}}) for word in words]
    return [_event("messageStart", {"role": "assistant"}), *parts]


def converse_end() -> list[bytes]:
    usage = {"inputTokens": 3, "outputTokens": 6, "totalTokens": 9}
    return [
        _event("contentBlockStop", {"contentBlockIndex": 0}),
        _event("messageStop", {"stopReason": "end_turn"}),
        _event("metadata", {"usage": usage, "metrics": {"latencyMs": 1}}),
    ]


def exception(name: str, message: str) -> bytes | None:
    """An error in the middle of a stream, from its name in `x-amzn-errortype`; None when streams do not carry it."""
    name = name[:1].lower() + name[1:].partition(":")[0]
    if name not in CARRIED:
        return None
    return _framed({":message-type": "exception", ":exception-type": name}, {"message": message})


def as_stream(messages: Iterable[bytes]) -> Answer:
    return Answer(200, {"content-type": "application/vnd.amazon.eventstream"}, b"".join(messages))


def _event(name: str, payload: dict[str, Any]) -> bytes:
    return _framed({":message-type": "event", ":event-type": name}, payload)


def _framed(headers: dict[str, str], payload: dict[str, Any]) -> bytes:
    """Lengths, their check sum, headers, payload, and the check sum of all that."""
    told = {**headers, ":content-type": "application/json"}
    head, body = b"".join(_header(name, value) for name, value in told.items()), json.dumps(payload).encode()
    prelude = struct.pack(">II", 12 + len(head) + len(body) + 4, len(head))
    message = prelude + struct.pack(">I", crc32(prelude)) + head + body
    return message + struct.pack(">I", crc32(message))


def _header(name: str, value: str) -> bytes:
    return struct.pack(">B", len(name)) + name.encode() + struct.pack(">BH", STRING, len(value)) + value.encode()


def _base64(data: dict[str, Any]) -> str:
    return b64encode(json.dumps(data).encode()).decode()
