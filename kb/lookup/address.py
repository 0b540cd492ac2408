"""An address as people paste it, put right step by step; every step that changes something is a finding."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from kb.lookup.characters import FULL_WIDTH

URL_LIMIT = 300  # characters
_INVISIBLE = re.compile("[\0-\x08\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SPACE = re.compile("[ \t\r\n\f\v\xa0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_WIDE = str.maketrans(FULL_WIDTH | {"\u3000": " ", "。": "."})
_QUOTES = "\"'`“”‘’<>,;"
_BEFORE = re.compile(r"[^./]{1,80}?(?=https?:/)|[a-z_]{3,60}=", re.IGNORECASE | re.ASCII)
_SCHEME = re.compile(r"(https?)(?:[:;][/\\]{0,4}|[/\\]{1,4})", re.IGNORECASE | re.ASCII)
_OTHER = re.compile(r"[a-z][a-z0-9+.-]{0,20}://", re.IGNORECASE | re.ASCII)
_PARTS = re.compile(r"(https?)://([^/?#]*)([^?#]*)(\?[^#]*)?(#[\s\S]*)?", re.IGNORECASE | re.ASCII)
_HOST = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9_][a-z0-9._-]{0,252})(:[0-9]{1,5})?", re.IGNORECASE | re.ASCII)
_LOCAL = re.compile(
    r"localhost|127\.[0-9.]{1,11}|0\.0\.0\.0|10\.[0-9.]{1,11}|192\.168\.[0-9.]{1,7}|172\.(?:1[6-9]|2[0-9]|3[01])\.[0-9.]{1,7}"
    r"|\[::1\]|[a-z0-9_-]{1,63}"
)
_HOME = (".local", ".lan", ".internal", ".localhost")
_SECRET = re.compile(r"(?:sk-|sk_|cr_|ABSK|AIza)[A-Za-z0-9_-]{16}")
_SEGMENT = re.compile(r"[A-Za-z0-9._~%@:+!,=-]{1,100}")
_NAMES = re.compile("anthropic|claude|openai|openrouter")
_CALLS = (
    ("messages", "count_tokens"),
    ("messages", "batches"),
    ("chat", "completions"),
    ("messages",),
    ("completions",),
    ("complete",),
    ("responses",),
    ("models",),
)
_SITE = {"console", "dashboard", "panel", "login", "register", "token", "tokens", "topup", "pricing", "docs", "keys"}


@dataclass(frozen=True)
class Address:
    """The parts that are left when everything that does not belong was taken off; `path` is without `/v1`."""

    findings: tuple[str, ...] = ()
    secure: bool = True
    host: str = ""
    port: str = ""
    path: str = ""
    local: bool = False

    @property
    def root(self) -> str:
        return f"{'https' if self.secure or not self.local else 'http'}://{self.host}{self.port}{self.path}"

    def corrected(self, path: str | None, speaks: str) -> Address:
        """With the path that a known platform has, and without findings that say nothing there. None: not known."""
        findings = self.findings
        if speaks in ("own", "none"):
            findings = tuple(f for f in findings if f not in ("has-v1", "no-v1", "website-path"))
            return replace(self, findings=findings)
        if path is None:
            odd = self.host and not self.local and _NAMES.search(self.host)
            return replace(self, findings=(*findings, "not-official") if odd else findings)
        wrong = self.path != path
        return replace(self, findings=(*findings, "platform-path") if wrong else findings, path=path)


def plain(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without what copying adds: invisible and full-width characters, spaces, quotes."""
    return _through(text, _CLEANING)


def read_address(text: str, keys: tuple[str, ...]) -> Address:
    """An address from a settings field or a line around it. A key in its place is not read any further."""
    text, findings = plain(text)
    if not text:
        return Address(findings)
    if _SECRET.search(text) or (text.startswith(keys) and "." not in text and "/" not in text):
        return Address((*findings, "key-in-url"))
    text, more = _through(text, _MENDING)
    return _parsed(text, (*findings, *more))


def _parsed(text: str, findings: tuple[str, ...]) -> Address:
    parts = _PARTS.fullmatch(text)
    assert parts
    scheme, authority, path, query, fragment = parts.groups(default="")
    host = _HOST.fullmatch(authority.rpartition("@")[2])
    marks = (("userinfo", "@" in authority), ("query", bool(query)), ("hash", bool(fragment)))
    findings = (*findings, *(name for name, there in marks if there))
    if not host:
        return Address((*findings, "no-host"))
    name, port = host[1].lower(), host[2] or ""
    local = bool(_LOCAL.fullmatch(name)) or name.endswith(_HOME)
    if scheme.lower() == "http" and not local:
        findings = (*findings, "http")
    path, more = _path(path)
    return Address((*findings, *more), scheme.lower() == "https", name, port, path, local)


def _path(given: str) -> tuple[str, tuple[str, ...]]:
    """The path before `/v1` and the call, and what was wrong with it."""
    segments = [segment for segment in given.split("/") if segment]
    segments, called, versions = _without_call(segments)
    odd = not all(_SEGMENT.fullmatch(segment) for segment in segments)
    site = any(segment.lower() in _SITE for segment in segments)
    bare = not called and not site and not odd
    marks = (
        ("double-slash", "//" in given),
        ("trailing-slash", given.endswith("/")),
        ("call-pasted", called),
        ("doubled-v1", versions > 1),
        ("has-v1", versions == 1 and bare),
        ("no-v1", versions == 0 and bare),
        ("odd-path", odd),
        ("website-path", site and not odd),
    )
    path = "" if odd or site else "".join(f"/{segment}" for segment in segments)
    return path, tuple(name for name, there in marks if there)


def _without_call(segments: list[str]) -> tuple[list[str], bool, int]:
    """The segments before version and call, whether a call stood there, how often the version did."""
    called, versions = False, 0
    while segments:
        call = next((c for c in _CALLS if tuple(s.lower() for s in segments[-len(c) :]) == c), None)
        if call:
            called, segments = True, segments[: -len(call)]
        elif segments[-1].lower() == "v1":
            versions, segments = versions + 1, segments[:-1]
        else:
            break
    return segments, called, versions


def _through(text: str, steps: tuple[tuple[str, Callable[[str], str]], ...]) -> tuple[str, tuple[str, ...]]:
    findings = []
    for name, step in steps:
        changed = step(text)
        if changed != text:
            findings.append(name)
        text = changed
    return text, tuple(findings)


def _without_name(text: str) -> str:
    """Without the name of a setting or other words before the address."""
    found = _BEFORE.match(text)
    return text[found.end() :].lstrip(_QUOTES) if found else text


def _scheme(text: str) -> str:
    """One `http://` or `https://`, however often and however oddly it was written."""
    found = _SCHEME.match(text)
    other = _OTHER.match(text)
    if not found:
        return f"https://{text[other.end() :]}" if other else text
    again = _SCHEME.match(text, found.end())
    last = again or found
    tidy = f"{last[1].lower()}://{text[last.end() :]}"
    return text if tidy.lower() == text.lower() else tidy


def _with_scheme(text: str) -> str:
    if text[:8].lower().startswith(("http://", "https://")):
        return text
    host = re.split(r"[:/?#]", text, maxsplit=1)[0].lower()
    return f"{'http' if _LOCAL.fullmatch(host) else 'https'}://{text}"


_CLEANING: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("invisible", lambda text: _INVISIBLE.sub("", text)),
    ("full-width", lambda text: text.translate(_WIDE)),
    ("spaces", lambda text: _SPACE.sub("", text)),
    ("quotes", lambda text: text.strip(_QUOTES)),
)
_MENDING: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("text-before", _without_name),
    ("bad-scheme", _scheme),
    ("no-scheme", _with_scheme),
)
