"""Log lines. Whatever is logged while a request is answered may hold what a reader sent, so it is told without values.

Our own loggers (`kb.…`) say only what they chose to say. Of others, inside a request, the logger, the level, the
status, the route and the place of an exception are kept; the text and the values of exceptions are not. Outside of a
request (start, commands, background threads) nothing of a reader is at hand and lines are whole.
"""

from __future__ import annotations

import json
import logging
import time
import traceback
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest

from kb.observe.request_id import request_id
from kb.observe.routes import method_of, route_of

FIELDS = ("method", "route", "status", "ms")  # of a record, where there are such
# gunicorn tells of requests after ours has ended and repeats what was sent: only a known beginning is kept.
_OF_GUNICORN = (
    "Error handling request", "Invalid request", "Socket error processing request", "Closing connection",
    "Ignored premature client disconnection", "No keepalived connections can be handled",
)  # fmt: skip
_BOOTING = ("Exception in worker process", "Exception during worker exit")
_WITHHELD = "(text withheld)"
_ESCAPES = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))} | {0x2028: "\\u2028", 0x2029: "\\u2029"}


class TextLines(logging.Formatter):
    """`time LEVEL logger message name=value …`; the stack of an exception follows, indented."""

    def format(self, record: logging.LogRecord) -> str:
        told = fields(record)
        stack = told.pop("exception", "")
        head = " ".join(str(told.pop(name)) for name in ("time", "level", "logger", "message"))
        line = _escaped(" ".join([head, *(f"{name}={value}" for name, value in told.items())]))
        return "\n    ".join([line, *map(_escaped, stack.splitlines())])


class JsonLines(logging.Formatter):
    """One JSON object in a line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(fields(record), ensure_ascii=True).replace("\x7f", "\\u007f")


def fields(record: logging.LogRecord) -> dict[str, Any]:
    """What a line tells, in order; `time` is RFC 3339 in UTC, `ms` the time that a request took."""
    bare = _may_hold_what_was_sent(record)
    told = {"time": _time(record.created), "level": record.levelname, "logger": record.name}
    told["message"] = _bare_message(record) if bare else record.getMessage()
    told |= {"request_id": request_id()} if request_id() else {}
    told |= _of_request(record) | {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
    if record.exc_info and record.exc_info[1]:
        told["exception"] = "\n".join(_stack(record.exc_info[1], values=not bare))
    return told


def _may_hold_what_was_sent(record: logging.LogRecord) -> bool:
    if record.name.startswith("gunicorn."):
        return record.levelno != logging.INFO and not str(record.msg).startswith(_BOOTING)
    ours = record.name.startswith("kb.") and not record.exc_info
    return not ours and (bool(request_id()) or hasattr(record, "request") or record.name.startswith("django.security"))


def _bare_message(record: logging.LogRecord) -> str:
    if record.name.startswith("kb."):
        return record.getMessage()
    status = getattr(record, "status_code", None)
    if isinstance(status, int):
        return HTTPStatus(status).phrase if status in set(HTTPStatus) else f"status {status}"
    return next((start for start in _OF_GUNICORN if str(record.msg).startswith(start)), _WITHHELD)


def _of_request(record: logging.LogRecord) -> dict[str, Any]:
    request, status = getattr(record, "request", None), getattr(record, "status_code", None)
    if not isinstance(request, HttpRequest) or not isinstance(status, int):
        return {}
    return {"method": method_of(request), "route": route_of(request, status), "status": status}


def _stack(error: BaseException, values: bool) -> Iterator[str]:
    """As Python prints it; without `values` the types of exceptions stand alone, and notes and groups are left out."""
    told = traceback.TracebackException.from_exception(error, capture_locals=False)
    return (line.rstrip("\n") for line in told.format()) if values else _types(told)


def _types(told: traceback.TracebackException) -> Iterator[str]:
    cause = told.__cause__ or (None if told.__suppress_context__ else told.__context__)
    if cause:
        yield from _types(cause)
        yield "which led to:"
    for frame in told.stack:
        yield f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
    yield told.exc_type.__name__ if told.exc_type else "an exception"


def _escaped(text: str) -> str:
    """On one line, without anything that a terminal acts on."""
    return text if text.isprintable() else text.translate(_ESCAPES)


def _time(created: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(created)) + f".{int(created * 1000) % 1000:03d}Z"
