"""Options stand in the path, since SDKs append to a base URL: `times=2,after=1,run=a7`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.problems import Problem

FORMS = {
    "times": r"[0-9]{1,2}",
    "after": r"[0-9]{1,4}",
    "run": r"[A-Za-z0-9_-]{1,64}",
    "stream": r"before|during",
    "code": r"[a-z0-9_]{1,80}",
}
ALLOWED = (
    "times=0…99, after=0…9999 (seconds), run=1…64 letters, digits, - or _, stream=before or during, "
    "code=an error code that the entry names; comma-separated, each once"
)


@dataclass(frozen=True)
class Options:
    """`times`: how often to fail before success, None for ever; `after`: seconds told in `retry-after`;
    `run`: whose requests are counted together; `stream`: where in a stream the error stands; `code`: a named code."""

    times: int | None = None
    after: int | None = None
    run: str = ""
    stream: str = ""
    code: str = ""


def split(rest: str) -> tuple[Options, str]:
    """The options, if the first segment holds some, and the path of the API without a leading slash."""
    first, _, path = rest.lstrip("/").partition("/")
    return (_parsed(first), path.lstrip("/")) if "=" in first else (Options(), rest.lstrip("/"))


def _parsed(segment: str) -> Options:
    pairs = [part.partition("=")[::2] for part in segment.split(",")]
    given = dict(pairs)
    if len(given) < len(pairs) or not all(_well_formed(name, value) for name, value in pairs):
        raise Problem(400, "Unknown option", f"allowed: {ALLOWED}")
    return Options(
        times=int(given["times"]) if "times" in given else None,
        after=int(given["after"]) if "after" in given else None,
        run=given.get("run", ""),
        stream=given.get("stream", ""),
        code=given.get("code", ""),
    )


def _well_formed(name: str, value: str) -> bool:
    return name in FORMS and re.fullmatch(FORMS[name], value) is not None
