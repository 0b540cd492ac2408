"""An entry's error as the API sends it: as a response, inside a stream, in the form of a compatible path."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from kb.handbook.types import Entry
from kb.problems import Problem
from kb.replay.answer import Answer, as_chunks, as_events
from kb.replay.event_stream import CONVERSE, as_stream, converse_opening, exception, invoked, is_stream
from kb.replay.sockets import MODES
from kb.replay.success import CHAT, WORDS, chat_opening, opening

REQUEST_ID = "req_011CVexample0000000000001"
HOP_BY_HOP = ("connection", "keep-alive", "transfer-encoding", "content-length")
TYPES = {
    "401": "authentication_error",
    "402": "billing_error",
    "403": "permission_error",
    "404": "not_found_error",
    "409": "conflict_error",
    "413": "request_too_large",
    "429": "rate_limit_error",
    "504": "timeout_error",
    "529": "overloaded_error",
}


def failure(entry: Entry, path: str, during: bool, named: str = "") -> Answer:
    """The error of an entry, or of one of the codes that it names; `during`: after some text of a stream."""
    answer = _named(entry, named) if named else _recorded(entry) or _composed(entry)
    if answer is None:
        raise Problem(404, "Nothing to replay", _why_not(entry))
    if during and is_stream(path):
        return _inside_bedrock(answer, path)
    body = api_error(answer)
    chat = CHAT.search(path) is not None
    if during:
        if body is None:
            raise Problem(404, "Not inside a stream", "this answer is not an error of the API, so no stream carries it")
        return _inside_chat(body) if chat else as_events(*opening(), ("error", {"error": body["error"]}))
    return replace(answer, body=json.dumps(_as_openai(body), ensure_ascii=False)) if chat and body else answer


def replayable(entry: Entry) -> bool:
    return (_recorded(entry) or _composed(entry)) is not None


def api_error(answer: Answer) -> dict[str, Any] | None:
    """The body, if it is an error in the API's own form."""
    try:
        body = json.loads(answer.body)
    except ValueError:
        return None
    sound = isinstance(body, dict) and body.get("type") == "error" and isinstance(body.get("error"), dict)
    return body if sound else None


def _recorded(entry: Entry) -> Answer | None:
    if entry.response is None:
        return None
    kept = {name.lower(): value for name, value in entry.response.headers.items() if name.lower() not in HOP_BY_HOP}
    return Answer(int(entry.response.status), {"content-type": "text/plain", **kept}, entry.response.body)


def _composed(entry: Entry) -> Answer | None:
    """From status, type and message, where these are the API's: the code then begins with the status."""
    status = next((status for status in entry.statuses if entry.code.startswith(f"{status}-")), "000")
    if status == "000" or not entry.error_types or not entry.message:
        return None
    return _api_answer(status, {"type": entry.error_types[0], "message": entry.message})


def _named(entry: Entry, code: str) -> Answer:
    """Only status and code are documented, not the wording."""
    found = entry.named_code(code)
    if found is None:
        raise Problem(404, "No such error code", "the entry does not name this error code")
    kind = TYPES.get(found.status, "api_error" if found.status >= "500" else "invalid_request_error")
    return _api_answer(found.status, {"type": kind, "message": "…", "details": {"error_code": code}})


def _api_answer(status: str, error: dict[str, Any]) -> Answer:
    body = json.dumps({"type": "error", "error": error, "request_id": REQUEST_ID}, ensure_ascii=False)
    return Answer(int(status), {"content-type": "application/json", "request-id": REQUEST_ID}, body)


def _inside_bedrock(answer: Answer, path: str) -> Answer:
    """An exception after some text, if it is one that Bedrock's streams carry."""
    name = answer.headers.get("x-amzn-errortype", "")
    error = exception(name, json.loads(answer.body).get("message", "")) if name else None
    if error is None:
        raise Problem(404, "Not inside a stream", "this answer is not an error that a stream of Bedrock carries")
    begun = converse_opening(WORDS) if CONVERSE.search(path) else invoked(opening())
    return as_stream([*begun, error])


def _inside_chat(body: dict[str, Any]) -> Answer:
    return as_chunks(*chat_opening(), _as_openai(body))


def _as_openai(body: dict[str, Any]) -> dict[str, Any]:
    """The same type and message in the error object of OpenAI's API."""
    error = body["error"]
    return {"error": {"message": error.get("message"), "type": error.get("type"), "param": None, "code": None}}


def _why_not(entry: Entry) -> str:
    mode = next((name for name, mode in MODES.items() if mode.code == entry.code), None)
    if mode:
        return f"no HTTP answer is involved; on your own machine: manage.py replay_socket {mode}"
    return "the client writes this message itself; no answer of a server is known that always leads to it"
