"""Facts read out of the plain text by fixed expressions, none with nested or adjacent unbounded repeats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from kb.lookup.result import Facts

_STATUS = r"(000|4(?:[01]\d|2[0-9]|31|51|99)|5(?:0\d|1[01]|2\d|30))"
_STATUS_PATTERNS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:error|status)[ _-]?code[\"']?\s{{0,4}}[:=]?\s{{0,4}}[\"'(]?{_STATUS}\b",
        rf"\bAPI Error:?\s{{0,4}}\(?{_STATUS}\b",
        rf"\bHTTP/[\d.]{{1,4}}\"?\s{{1,4}}{_STATUS}\b",
        rf"\bhttp_code\W{{0,6}}{_STATUS}\b",
        rf"(?:状态码|狀態碼|错误代码|錯誤代碼|错误码|오류|エラー|コード|código|erreur|Fehler)\W{{0,6}}{_STATUS}\b",
        rf"\b(?:HTTP|status|code|error|exception)[\"']?\W{{0,6}}{_STATUS}\b",
        rf"(?:错误|報錯|报错|失败|失敗)\W{{0,6}}{_STATUS}\b",
        rf"\b{_STATUS}\s{{1,4}}(?:Unauthorized|Bad Request|Forbidden|Not Found|Too Many Requests|Payment Required"
        rf"|Internal|Bad Gateway|Service Unavailable|Gateway|Request|Overloaded)",
        rf"\b{_STATUS}\s{{0,4}}\{{",
        rf"\({_STATUS}\)",
    )
]
_BARE_STATUS = re.compile(rf"(?<![\w.,:/-]){_STATUS}(?![\w.,:/%-])")
MOST_MESSAGES = 60  # of one kind read from one paste
SHORT_PASTE = 120  # characters within which a number alone is taken for a status

_TYPE = re.compile(r"[\"']?\btype[\"']?\s{0,4}[:=]\s{0,4}[\"']?([a-z_]{4,60})\b")
_TYPES = re.compile(
    r"^(?:[a-z_]{1,40}_error|forbidden|request_too_large|insufficient_quota|invalid_request|not_found|rate_limit)$"
)
_BARE_TYPE = re.compile(
    r"\b(authentication_error|invalid_request_error|rate_limit_error|overloaded_error|permission_error|not_found_error"
    r"|api_error|billing_error|timeout_error|request_too_large|new_api_error|one_api_error|upstream_error)\b"
)
_ERROR_CODE = re.compile(r"[\"']?\b(?:error_)?code[\"']?\s{0,4}[:=]\s{0,4}[\"']([A-Za-z][A-Za-z0-9_.:-]{2,80})[\"']")
_MESSAGE_KEY = re.compile(r"\b(?:message|detail|msg)[\"']?\s{0,4}[:=]\s{0,4}([\"'])(?!\{[\"'])")
_MESSAGE_END = {quote: re.compile(rf"{quote}\s{{0,4}}(?:[,}}\])]|$)") for quote in "\"'"}
LONGEST_MESSAGE = 1200
_TAIL = re.compile(
    r"(?:^|\b)(?:错误信息|錯誤訊息|Error Message|API Error:? ?\(?\d{0,3}|Error code: \d{3} -"
    r"|[A-Za-z_.]{0,60}(?:Error|Exception): \d{0,3}"
    r"|curl: \(\d{1,2}\)|error:)[ :]{0,4}([^\n{]{4,600})",
    re.IGNORECASE | re.MULTILINE,
)
_EXCEPTION = re.compile(r"\b((?:[a-z_][\w]{0,40}\.){0,6}[A-Z][A-Za-z]{2,60}(?:Error|Exception|Timeout|Exhausted))\b")
_MODEL = re.compile(
    r"(?:[a-z]{2,8}\.)?(?:anthropic[./:])?\bclaude[-_ ]?(?:[a-z]{1,12}[-_ ]?)?[a-z0-9][a-z0-9._@:-]{0,60}(?:\[1m\])?",
    re.IGNORECASE,
)
_CALL = re.compile(r":(?:stream)?rawPredict$", re.IGNORECASE)  # of a Vertex URL
_MODEL_WORD = re.compile(r"opus|sonnet|haiku|fable|mythos|instant|claude-?\d|claude-v", re.IGNORECASE)
_MODEL_FIELD = re.compile(
    r"\bmodel\b[\"'`]?\s{0,4}[:=]?\s{0,4}[\"'`(]{0,2}([A-Za-z][A-Za-z0-9._@:/-]{2,80}(?:\[1m\])?)"
)
_REQUEST_ID = re.compile(
    r"\b(req_[A-Za-z0-9_]{4,60})\b|\brequest[ _-]?id[\"']?\s{0,4}[:=]\s{0,4}[\"']?([A-Za-z0-9][\w-]{7,80})",
    re.IGNORECASE,
)
_RETRY_AFTER = re.compile(
    r"\bretry[-_ ]after[\"']?\s{0,4}[:=]?\s{0,4}[\"']?(\d{1,6})\b"
    r"|\b(?:try again|retry) (?:in|after) (\d{1,6}) ?s(?:ec|\b)",
    re.IGNORECASE,
)
_HOST = re.compile(
    r"\bhttps?://([A-Za-z0-9.-]{1,200})|Could not resolve host: ([\w.-]{1,200})|\bhost='([\w.-]{1,200})'"
    r"|ENOTFOUND ([\w.-]{1,200})|connect to ([\w-]{1,60}\.[\w.-]{1,140})|^Host: ([\w.-]{1,200})",
    re.IGNORECASE | re.MULTILINE,
)
_READING = re.compile(
    r"^(?:docs?|help|support|status|console|www|blog|platform)\.|github\.com$|statsig|sentry|curl\.se$", re.IGNORECASE
)


@dataclass(frozen=True)
class Message:
    """One error message of the paste, at `[start, end)` of the plain text."""

    text: str
    start: int
    end: int


def messages(text: str) -> list[Message]:
    """Every error message found, innermost last; the whole paste when it is one short line."""
    found = list(_quoted_messages(text))
    found += [Message(m[1].rstrip("'\"`} \r)"), *m.span(1)) for m in islice(_TAIL.finditer(text), MOST_MESSAGES)]
    stripped = text.strip().strip("`'\"")
    if "\n" not in stripped and 3 < len(stripped) <= 300:
        start = text.index(stripped)
        found.append(Message(stripped, start, start + len(stripped)))
    return found


def _quoted_messages(text: str) -> Iterator[Message]:
    """Values of `message` and its like; one that the paste cuts off goes on to the end."""
    done = 0
    for key in islice(_MESSAGE_KEY.finditer(text), MOST_MESSAGES):
        if key.end() < done:
            continue
        end = _MESSAGE_END[key[1]].search(text, key.end(), key.end() + LONGEST_MESSAGE)
        if end or len(text) - key.end() <= LONGEST_MESSAGE:
            done = end.start() if end else len(text)
            value = text[key.end() : done].rstrip()
            if value:
                yield Message(value, key.end(), key.end() + len(value))


def read(text: str, client: str | None) -> Facts:
    """The facts of a plain text; `client` was recognised by its cues."""
    return Facts(
        status=_status(text),
        error_type=_error_type(text),
        error_code=_first(_ERROR_CODE, text),
        message=_message(text),
        exception=_exception(text),
        model=_model(text),
        request_id=_first(_REQUEST_ID, text),
        retry_after=_number(_first(_RETRY_AFTER, text)),
        host=_host(text),
        client=client,
    )


def statuses(text: str) -> list[str]:
    """Every status the paste states, most trustworthy wording first."""
    found = [m[1] for pattern in _STATUS_PATTERNS for m in pattern.finditer(text)]
    if not found and len(text.strip()) <= SHORT_PASTE:
        found = [m[1] for m in _BARE_STATUS.finditer(text)]
    return list(dict.fromkeys(found))


def hosts(text: str) -> list[str]:
    """Hosts the paste talks to; pages one reads (documentation, status) left out."""
    found = [next(g for g in m.groups() if g).rstrip(".").lower() for m in _HOST.finditer(text)]
    return [host for host in dict.fromkeys(found) if not _READING.search(host)]


def error_types(text: str) -> list[str]:
    found = [m[1] for m in _TYPE.finditer(text) if _TYPES.match(m[1])]
    return list(dict.fromkeys(found or [m[1] for m in _BARE_TYPE.finditer(text)]))


def exceptions(text: str) -> list[str]:
    return list(dict.fromkeys(m[1] for m in _EXCEPTION.finditer(text)))


def _status(text: str) -> str | None:
    return next(iter(statuses(text)), None)


def _error_type(text: str) -> str | None:
    return next(reversed(error_types(text)), None)


def _exception(text: str) -> str | None:
    found = exceptions(text)
    named = [name for name in found if "." in name]
    return next(reversed(named or found), None)


def _message(text: str) -> str | None:
    for message in reversed([found.text for found in _quoted_messages(text)]):
        if not message.lstrip().startswith(("{", "b'{", 'b"{')):
            return _tidy(message)
    tails = (_tidy(match[1]) for match in _TAIL.finditer(text))
    return next((tail for tail in tails if not tail.isdigit()), None)


def _model(text: str) -> str | None:
    for candidate in _models(text):
        name = _CALL.sub("", candidate.strip(" .,:;_-"))
        if _MODEL_WORD.search(name):
            return name
    return None


def _models(text: str) -> Iterator[str]:
    yield from (m[1] for m in _MODEL_FIELD.finditer(text) if "claude" in m[1].lower())
    yield from (m[0] for m in _MODEL.finditer(text))


def _host(text: str) -> str | None:
    return next(iter(hosts(text)), None)


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return next((group for group in match.groups() if group), None) if match else None


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _tidy(message: str) -> str:
    return " ".join(message.split())[:600]
