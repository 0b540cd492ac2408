"""`/replay/<code>/[options/]<any path of the API>`: the answer of that entry. No query, no cookie, nothing kept."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from kb.handbook import Handbook, current
from kb.problems import Problem, problem
from kb.replay.answer import Answer
from kb.replay.attempts import attempt
from kb.replay.failure import failure
from kb.replay.keys import refuse_live_keys
from kb.replay.options import Options, split
from kb.replay.success import success

CHUNK = 64 * 1024
POLICY = "default-src 'none'; sandbox"  # a replayed page of HTML is shown as text and runs nothing


@csrf_exempt
def replay(request: HttpRequest, code: str, rest: str | None = None) -> HttpResponse:
    """Like the API would answer; what replay itself refuses is a problem (RFC 9457)."""
    handbook = current()
    _discard(request)
    try:
        response = _sent(_answer(request, handbook, code.lower(), rest or ""))
    except Problem as refused:
        response = problem(refused)
    response["X-KB-Replay"] = _canonical(handbook, code.lower()) or "unknown"
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = POLICY
    return response


def _answer(request: HttpRequest, handbook: Handbook, asked: str, rest: str) -> Answer:
    if not settings.REPLAY:
        raise Problem(404, "Replay is off", "this server does not replay errors (KB_REPLAY)")
    refuse_live_keys(request)
    code = _canonical(handbook, asked)
    if code is None:
        raise Problem(404, "No such entry", "no entry has this code")
    options, path = split(rest)
    failing = failure(handbook.entries[code], path, options.stream == "during", options.code)
    number = attempt(options, code, request.headers)
    if options.times is None or number <= options.times:
        answer = _with_wait(failing, options)
    else:
        answer = success(path, _is_streamed(request, options))
    return _with(answer, "X-KB-Replay-Attempt", number) if options.run else answer


def _canonical(handbook: Handbook, asked: str) -> str | None:
    code = handbook.document.redirects.get(asked, asked)
    return code if code in handbook.entries else None


def _with_wait(answer: Answer, options: Options) -> Answer:
    """`after` is only told to the client; nobody waits here."""
    return answer if options.after is None else _with(answer, "retry-after", options.after)


def _with(answer: Answer, header: str, value: int) -> Answer:
    return replace(answer, headers={**answer.headers, header: str(value)})


def _is_streamed(request: HttpRequest, options: Options) -> bool:
    """`"stream": true` stands in the body, which is not read: the option says it, or a header."""
    told = request.headers
    helper = told.get("x-stainless-helper-method") == "stream" or "x-stainless-stream-helper" in told  # the older name
    return bool(options.stream) or helper or "text/event-stream" in told.get("accept", "")


def _sent(answer: Answer) -> HttpResponse:
    return HttpResponse(answer.body, status=answer.status, headers=answer.headers)


def _discard(request: HttpRequest) -> None:
    """Takes the body off the connection and drops it: a server that closes early looks like a reset to the client."""
    try:
        for _ in range(settings.DATA_UPLOAD_MAX_MEMORY_SIZE // CHUNK):
            if not request.read(CHUNK):
                return
    except UnreadablePostError:
        return
