"""What is sent back, and how a stream of events is written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

Event = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: str | bytes


def as_json(body: Any) -> Answer:
    """Success with a JSON body."""
    return Answer(200, {"content-type": "application/json"}, json.dumps(body))


def as_events(*events: Event) -> Answer:
    """Named events, each holding its name as its `type`, as `/v1/messages` streams them."""
    lines = (f"event: {name}\ndata: {json.dumps({'type': name, **data})}\n\n" for name, data in events)
    return _streamed("".join(lines))


def as_chunks(*chunks: Any) -> Answer:
    """Events without a name, as `/v1/chat/completions` streams them."""
    return _streamed("".join(f"data: {chunk if chunk == '[DONE]' else json.dumps(chunk)}\n\n" for chunk in chunks))


def _streamed(body: str) -> Answer:
    return Answer(200, {"content-type": "text/event-stream; charset=utf-8"}, body)
