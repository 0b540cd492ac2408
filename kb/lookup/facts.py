"""Facts read out of a plain text by fixed expressions on RE2. `\\b` and `\\w` there are those of ASCII."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kb.lookup.result import Facts
from kb.lookup.scan import Scan

_STATUS = r"(000|4(?:[01]\d|2[0-9]|31|51|99)|5(?:0\d|1[01]|2\d|30))"
_GAP = r"[^\pL\pN_]{0,6}"
_STATUSES = [  # the most trustworthy wording first
    rf"(?i)\b(?:error|status)[ _-]?code[\"']?\s{{0,4}}[:=]?\s{{0,4}}[\"'(]?{_STATUS}\b",
    rf"(?i)\bAPI Error:?\s{{0,4}}\(?{_STATUS}\b",
    rf"(?i)\bHTTP/[\d.]{{1,4}}\"?\s{{1,4}}{_STATUS}\b",
    rf"(?i)\bhttp_code{_GAP}{_STATUS}\b",
    rf"(?i)(?:状态码|狀態碼|错误代码|錯誤代碼|错误码|오류|エラー|コード|código|erreur|Fehler){_GAP}{_STATUS}\b",
    rf"(?i)\b(?:HTTP|status|code|error|exception)[\"']?{_GAP}{_STATUS}\b",
    rf"(?i)(?:错误|報錯|报错|失败|失敗){_GAP}{_STATUS}\b",
    rf"(?i)\b{_STATUS}\s{{1,4}}(?:Unauthorized|Bad Request|Forbidden|Not Found|Too Many Requests|Payment Required"
    rf"|Internal|Bad Gateway|Service Unavailable|Gateway|Request|Overloaded)",
    rf"\b{_STATUS}\s{{0,4}}\{{",
    rf"\({_STATUS}\)",
]
_BARE_STATUS = re.compile(rf"(?<![\w.,:/-]){_STATUS}(?![\w.,:/%-])")
MOST_MESSAGES = 60  # of one kind read from one paste
MOST = 200  # of any other kind
SHORT_PASTE = 120  # characters within which a number alone is taken for a status
LONGEST_MESSAGE, LONGEST_TAIL, SHORTEST_TAIL = 1200, 600, 4  # characters
LONGEST_ONLY, MOST_RULES = 300, 4  # characters of a paste that is one message; lines of a frame around it
LONGEST_NAME = 160  # characters of an identifier; anything longer is none

_WORD, _OPENING = re.compile(r"\w"), re.compile(r"^(?:b?[\"'])?`?")
_TYPES = re.compile(
    r"^(?:[a-z_]{1,40}_error|forbidden|request_too_large|insufficient_quota|invalid_request|not_found|rate_limit)$"
)
_MESSAGE_END = {quote: re.compile(rf"{quote}\s{{0,4}}(?:[,}}\])]|$)") for quote in "\"'"}
_HOLDS_OTHERS = re.compile(r"error[\"']?\s{0,4}[:=]\s{0,4}$")
# Words before "API error" that name no product, and those through which Claude is reached.
_NO_PRODUCT = frozenset(
    re.findall(
        r"\w+",
        "a an the this that your our my any some got get received returned unexpected unknown fatal last "
        "first original raw upstream provider external internal remote backend server client http https rest "
        "llm ai model chat messages request response streaming stream retry retrying retryable transient "
        "error warning failed new another same possible claude anthropic code cherry studio cursor cline roo "
        "kilo bedrock vertex litellm langchain openrouter agent sdk task ",
    )
)
_CALL = re.compile(r":(?:stream)?rawPredict$", re.IGNORECASE)  # of a Vertex URL
_MODEL_WORD = re.compile(r"opus|sonnet|haiku|fable|mythos|instant|claude-?\d|claude-v", re.IGNORECASE)
_READING = re.compile(
    r"^(?:docs?|help|support|status|console|www|blog|platform)\.|github\.com$|statsig|sentry|curl\.se$", re.IGNORECASE
)
_STATUS_NAMES = [f"status {index}" for index, _ in enumerate(_STATUSES)]
_SCAN = Scan(
    dict(zip(_STATUS_NAMES, _STATUSES, strict=True))
    | {
        "type": r"[\"']?\btype[\"']?\s{0,4}[:=]\s{0,4}[\"']?([a-z_]{4,60})\b",
        "bare type": r"\b(authentication_error|invalid_request_error|rate_limit_error|overloaded_error|permission_error"
        r"|not_found_error|api_error|billing_error|timeout_error|request_too_large|new_api_error|one_api_error"
        r"|upstream_error)\b",
        "error code": r"[\"']?\b(?:error_)?code[\"']?\s{0,4}[:=]\s{0,4}[\"']([A-Za-z][A-Za-z0-9_.:-]{2,80})[\"']",
        "message key": r"\b(?:message|detail|msg|error)[\"']?\s{0,4}[:=]\s{0,4}([\"'])",
        "lead": r"(?i)(错误信息|錯誤訊息|\b(?:Error Message|API Error:? ?\(?\d{0,3}|Error code: \d{3} -"
        r"|[A-Z_.]*(?:Error|Exception): \d{0,3}|curl: \(\d{1,2}\)|error:))",
        "speaker": r"\b([A-Z][A-Za-z0-9]+)(?:'s)? API [Ee]rror\b",
        "exception": r"\b((?:[a-z_]\w*\.)*[A-Z][A-Za-z]+(?:Error|Exception|Timeout|Exhausted))\b",
        "model": r"(?i)(?:[a-z]{2,8}\.)?(?:anthropic[./:])?\bclaude[-_ ]?(?:[a-z]+[-_ ]?)?[a-z0-9][a-z0-9._@:-]*"
        r"(?:\[1m\])?",
        "model field": r"\bmodel\b[\"'`]?\s{0,4}[:=]?\s{0,4}[\"'`(]{0,2}([A-Za-z][A-Za-z0-9._@:/-]{2,}(?:\[1m\])?)",
        "request id": r"(?i)\b(req_[A-Z0-9_]{4,})\b"
        r"|\brequest[ _-]?id[\"']?\s{0,4}[:=]\s{0,4}[\"']?([A-Z0-9][\w-]{7,})",
        "retry after": r"(?i)\bretry[-_ ]after[\"']?\s{0,4}[:=]?\s{0,4}[\"']?(\d{1,6})\b"
        r"|\b(?:try again|retry) (?:in|after) (\d{1,6}) ?s(?:ec|\b)",
        "host": r"(?im)\bhttps?://([A-Z0-9.-]+)|Could not resolve host: ([\w.-]+)|\bhost='([\w.-]+)'"
        r"|ENOTFOUND ([\w.-]+)|connect to ([\w-]+\.[\w.-]+)|^Host: ([\w.-]+)",
    },
    case_sensitive=True,
)


@dataclass(frozen=True)
class Message:
    """One error message of the paste, at `[start, end)` of the text it was read from."""

    text: str
    start: int
    end: int


class Reading:
    """What a plain text says, read once. Lists are in order of appearance, without repeats."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._read = _SCAN.read(text)

    @cached_property
    def statuses(self) -> list[str]:
        """Every status the paste states, most trustworthy wording first."""
        stated = (name for name in _STATUS_NAMES if name in self._read)
        found = [status for name in stated for status in self._read.all(name, MOST)]
        if not found and len(self.text.strip()) <= SHORT_PASTE:
            found = [m[1] for m in _BARE_STATUS.finditer(self.text)]
        return list(dict.fromkeys(found))

    @cached_property
    def error_types(self) -> list[str]:
        found = [name for name in self._read.all("type", MOST) if _TYPES.match(name)]
        return list(dict.fromkeys(found or self._read.all("bare type", MOST)))

    @cached_property
    def exceptions(self) -> list[str]:
        return self._names("exception")

    @cached_property
    def hosts(self) -> list[str]:
        """Hosts the paste talks to; pages one reads (documentation, status) left out."""
        found = dict.fromkeys(host.rstrip(".").lower() for host in self._names("host"))
        return [host for host in found if not _READING.search(host)]

    def _names(self, kind: str) -> list[str]:
        names = dict.fromkeys(self._read.all(kind, MOST))
        return [name for name in names if len(name) <= LONGEST_NAME]

    @cached_property
    def speaker(self) -> str | None:
        """The product that the paste names right before "API error", when it is none that Claude is reached through."""
        return next((name for name in self._names("speaker") if name.lower() not in _NO_PRODUCT), None)

    @cached_property
    def messages(self) -> list[Message]:
        """Every error message found, innermost last; the whole paste when it is one short line."""
        return [*self._quoted, *self._tails, *self._only_line]

    @property
    def _only_line(self) -> Iterator[Message]:
        """The text of a paste that is one line, in a frame or quotes or bare."""
        lines = [line for line in self.text.split("\n", MOST_RULES) if _WORD.search(line)]
        only = _OPENING.sub("", lines[0].strip()).rstrip("`'\"") if len(lines) == 1 else ""
        if SHORTEST_TAIL <= len(only) <= LONGEST_ONLY:
            start = self.text.index(only)
            yield Message(only, start, start + len(only))

    @cached_property
    def _tails(self) -> list[Message]:
        """What follows the words that lead to a message, up to the end of its line or to a brace."""
        text, done, found = self.text, 0, []
        for lead, after in self._read.spans("lead", MOST_MESSAGES):
            start = after + len(text[after : after + 4]) - len(text[after : after + 4].lstrip(" :"))
            value = text[start : start + LONGEST_TAIL].partition("\n")[0].partition("{")[0]
            if lead >= done and len(value) >= SHORTEST_TAIL:
                done = start + len(value)
                found.append(Message(value.rstrip("'\"`} \r)"), start, done))
        return found

    @cached_property
    def _quoted(self) -> list[Message]:
        """Values of `message` and its like; one that the paste cuts off goes on to the end. `error` holds others."""
        text, done, found = self.text, 0, []
        for quote, begin in self._read.spans("message key", MOST_MESSAGES):
            if begin < done or text.startswith(('{"', "{'"), begin):
                continue
            begin += text[begin] == "`" if begin < len(text) else 0
            end = _MESSAGE_END[text[quote]].search(text, begin, begin + LONGEST_MESSAGE)
            if end or len(text) - begin <= LONGEST_MESSAGE:
                stop = end.start() if end else len(text)
                done = done if _HOLDS_OTHERS.search(text, max(quote - 12, 0), quote) else stop
                value = text[begin:stop].rstrip().rstrip("`")
                if value:
                    found.append(Message(value, begin, begin + len(value)))
        return found

    def facts(self, client: str | None) -> Facts:
        """The facts of the paste; `client` was recognised by its cues."""
        retry_after = self._read.first("retry after")
        return Facts(
            status=next(iter(self.statuses), None),
            error_type=next(reversed(self.error_types), None),
            error_code=self._read.first("error code"),
            message=self._message(),
            exception=self._exception(),
            model=self._model(),
            request_id=next(iter(self._names("request id")), None),
            retry_after=int(retry_after) if retry_after else None,
            host=next(iter(self.hosts), None),
            client=client,
        )

    def _exception(self) -> str | None:
        named = [name for name in self.exceptions if "." in name]
        return next(reversed(named or self.exceptions), None)

    def _message(self) -> str | None:
        for message in reversed(self._quoted):
            if not message.text.lstrip().startswith(("{", "b'{", 'b"{')):
                return _tidy(message.text)
        tails = (_tidy(self.text[message.start : message.end]) for message in self._tails)
        return next((tail for tail in tails if not tail.isdigit()), None)

    def _model(self) -> str | None:
        fields = [name for name in self._names("model field") if "claude" in name.lower()]
        for candidate in fields + self._names("model"):
            name = _CALL.sub("", candidate.strip(" .,:;_-"))
            if _MODEL_WORD.search(name):
                return name
        return None


def _tidy(message: str) -> str:
    return " ".join(message.split())[:600]
