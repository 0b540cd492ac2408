"""Small valid answers, for a request that has failed often enough."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from kb.problems import Problem
from kb.replay.answer import Answer, Event, as_chunks, as_events, as_json
from kb.replay.event_stream import CONVERSE, INVOKE, as_stream, converse_end, converse_opening, invoked

MODEL = "replay"
WORDS = ("Replayed: ", "no model was asked.")
TEXT = "".join(WORDS)
MESSAGE_ID, CHAT_ID = "msg_011CVexample0000000000001", "chatcmpl-replay"
MODEL_INFO = {
    "type": "model",
    "id": MODEL,
    "display_name": "Replay",
    "created_at": "2026-01-01T00:00:00Z",
    "lifecycle": "active",
    "max_input_tokens": 200_000,
    "max_tokens": 64_000,
}
CHAT = re.compile(r"(?:^|/)chat/completions/?$")


def success(path: str, streamed: bool) -> Answer:
    """What the API answers on a path when all is well, which it is not where a base URL ends in `/v1`, too."""
    if re.search(r"(?:^|/)v1/v1/", path):
        raise Problem(404, "No success here", "the path has /v1 twice: the base URL ends in it, and the SDK adds it")
    for pattern, make in _SURFACES:
        if re.search(pattern, path):
            return make(streamed)
    raise Problem(404, "No success here", "replay knows no successful answer for this path of the API")


def opening() -> tuple[Event, ...]:
    """A stream of `/v1/messages` up to and with its text."""
    return (
        ("message_start", {"message": message([], None)}),
        ("content_block_start", {"index": 0, "content_block": {"type": "text", "text": ""}}),
        *(("content_block_delta", {"index": 0, "delta": {"type": "text_delta", "text": word}}) for word in WORDS),
    )


def chat_opening() -> tuple[dict[str, Any], ...]:
    """The same of `/v1/chat/completions`."""
    return tuple(_chunk({"role": "assistant", "content": word}, None) for word in WORDS)


def message(content: list[dict[str, str]], stop_reason: str | None) -> dict[str, Any]:
    head = {"id": MESSAGE_ID, "type": "message", "role": "assistant", "model": MODEL, "content": content}
    usage = {"input_tokens": 3, "output_tokens": 6}
    return {**head, "stop_reason": stop_reason, "stop_sequence": None, "usage": usage}


def _messages(streamed: bool) -> Answer:
    if not streamed:
        return as_json(message([{"type": "text", "text": TEXT}], "end_turn"))
    return as_events(*opening(), *_closing())


def _closing() -> tuple[Event, ...]:
    end = {"delta": {"stop_reason": "end_turn", "stop_sequence": None}, "usage": {"output_tokens": 6}}
    return ("content_block_stop", {"index": 0}), ("message_delta", end), ("message_stop", {})


def _chat(streamed: bool) -> Answer:
    if streamed:
        return as_chunks(*chat_opening(), _chunk({}, "stop"), "[DONE]")
    choice = {"index": 0, "message": {"role": "assistant", "content": TEXT}, "finish_reason": "stop"}
    usage = {"prompt_tokens": 3, "completion_tokens": 6, "total_tokens": 9}
    return as_json({**_chat_head("chat.completion"), "choices": [choice], "usage": usage})


def _chunk(delta: dict[str, str], finish: str | None) -> dict[str, Any]:
    return {**_chat_head("chat.completion.chunk"), "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}


def _chat_head(kind: str) -> dict[str, Any]:
    return {"id": CHAT_ID, "object": kind, "created": 1767225600, "model": MODEL}


def _converse(streamed: bool) -> Answer:
    output = {"message": {"role": "assistant", "content": [{"text": TEXT}]}}
    usage = {"inputTokens": 3, "outputTokens": 6, "totalTokens": 9}
    return as_json({"output": output, "stopReason": "end_turn", "usage": usage, "metrics": {"latencyMs": 1}})


def _models(streamed: bool) -> Answer:
    return as_json({"data": [MODEL_INFO], "has_more": False, "first_id": MODEL, "last_id": MODEL})


_SURFACES: tuple[tuple[str, Callable[[bool], Answer]], ...] = (
    (CHAT.pattern, _chat),
    (r"(?:^|/)messages/count_tokens/?$", lambda streamed: as_json({"input_tokens": 3})),
    (r"(?:^|/)messages/?$|:rawPredict$|(?:^|/)model/[^/]+/invoke$", _messages),
    (INVOKE.pattern, lambda streamed: as_stream(invoked([*opening(), *_closing()]))),
    (CONVERSE.pattern, lambda streamed: as_stream([*converse_opening(WORDS), *converse_end()])),
    (r":streamRawPredict$", lambda streamed: _messages(True)),
    (r"(?:^|/)model/[^/]+/converse$", _converse),
    (r"(?:^|/)models/?$", _models),
    (r"(?:^|/)models/[^/:]+/?$", lambda streamed: as_json(MODEL_INFO)),
)
