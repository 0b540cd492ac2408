"""Secrets out, before anything else sees the paste.

A key may be wrapped by a terminal, JSON-escaped or typed in full-width characters. It is looked for in a view of
the text where those are undone; the view remembers positions, so the key is taken out of the text as it was pasted.
`static/redact.js` does the same in the browser; both are held to `tests/redaction_vectors.json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.lookup.mapped import Mapped
from kb.lookup.result import Redaction

# Prefixes of keys, the kind they announce, and the fewest characters of material that make one. Longest prefix first.
PREFIXES: tuple[tuple[str, str, int], ...] = (
    ("sk-ant-api", "anthropic-api-key", 8),
    ("sk-ant-oat", "anthropic-oauth-token", 8),
    ("sk-ant-ort", "anthropic-refresh-token", 8),
    ("sk-ant-admin", "anthropic-admin-key", 8),
    ("sk-ant-", "anthropic-key", 8),
    ("sk-or-", "openrouter-key", 12),
    ("sk-proj-", "openai-key", 12),
    ("sk-svcacct-", "openai-key", 12),
    ("sk-", "api-key", 16),
    ("github_pat_", "github-token", 20),
    ("ghp_", "github-token", 20),
    ("gho_", "github-token", 20),
    ("ghs_", "github-token", 20),
    ("glpat-", "gitlab-token", 20),
    ("xoxb-", "slack-token", 20),
    ("xoxp-", "slack-token", 20),
    ("npm_", "npm-token", 20),
    ("ya29.", "google-token", 20),
    ("AIza", "google-key", 30),
    ("ABSK", "bedrock-key", 30),
    ("AKIA", "aws-access-key", 16),
    ("ASIA", "aws-access-key", 16),
    ("cr_", "relay-key", 32),
    ("gsk_", "api-key", 20),
    ("xai-", "api-key", 20),
    ("hf_", "api-key", 20),
    ("eyJ", "jwt", 40),
)
LIMIT = 2000  # characters after which a wrapped key ends; tokens in one piece may be longer
ANTHROPIC_LENGTH = 108  # of a whole sk-ant-api03- key, as issued in 2024-2026
MARK = re.compile(r"\[redacted:[a-z-]+\]")

_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0x2011: "-", 0x2010: "-"}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]|\x1b\\[[0-9;?]{0,20}[A-Za-z]")
_ESCAPE = re.compile(r"(?<!\\)\\+(u[0-9a-fA-F]{4}|[-_/.])")
_ESCAPED = {char: char for char in "-_/."}
# A wrap: the line ended inside the key. An escaped line break (\n in JSON or a repr) is one too.
_BREAK = r"[ \t│┃|]{0,200}(?:\r?\n|\\{1,8}r?n|\\{1,8}r\\{1,8}n)[ \t│┃|>#*]{0,200}"
_WRAP = re.compile(_BREAK)
_START = re.compile("|".join(f"(?:{_BREAK})?".join(map(re.escape, prefix)) for prefix, _, _ in PREFIXES))
_MATERIAL = re.compile(r"[A-Za-z0-9_-]+")
_JWT_MATERIAL = re.compile(r"[A-Za-z0-9_.-]+")
_BLOCK = re.compile(
    r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----.{0,20000}?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|\Z)", re.DOTALL
)
_LOGIN = re.compile(r"://[^\s/@:\"'<>]{0,64}:([^\s/@\"'<>]{3,200})@")
_ALONE = re.compile(r"[\"'`,;)\]} \t│┃|]*(?:\r?\n|$)")
_WORD = re.compile(r"[A-Z]?[a-z]{1,11}")
_DATE = re.compile(r"\d{4}-\d\d|\d\d-\d\d")
_NAMED = re.compile(
    r"(?:x-api-key|api[_-]?key|auth[_-]?token|secret[_-]?(?:access[_-]?)?key|session[_-]?token|authorization|password|passwd"
    r"|ANTHROPIC_\w{0,20}(?:KEY|TOKEN))[\"']?[ \t]{0,8}(?:[:=]|=>)[ \t]{0,8}[\"']?(?:(?:Bearer|Basic)[ \t]{1,4})?"
    r"([A-Za-z0-9_+/=.~-]{8,})"
    r"|\bBearer[ \t]{1,4}([A-Za-z0-9_+/=.~-]{16,})",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"your|example|placeholder|dummy|x{4}|\.\.\.|header|required|not-a-key|env\.|environ|process\.", re.IGNORECASE
)


@dataclass(frozen=True)
class Secret:
    """A key found at `[start, end)` of the source."""

    start: int
    end: int
    kind: str
    live: bool
    line_break: bool


def redact(text: str) -> tuple[str, tuple[Redaction, ...]]:
    """The text with every secret replaced by `[redacted:<kind>]`, and what was taken out."""
    found = find(text)
    return cut(text, found), summary(found)


def find(text: str) -> list[Secret]:
    """Every secret of the text, in order, without overlaps."""
    view = _view(text)
    found = [
        *_with_prefix(view),
        *_named_values(view),
        *_whole(view, _BLOCK, 0, "private-key"),
        *_whole(view, _LOGIN, 1, "password"),
    ]
    found.sort(key=lambda secret: (secret.start, -secret.end))
    kept: list[Secret] = []
    for secret in found:
        if not kept or secret.start >= kept[-1].end:
            kept.append(secret)
    return kept


def cut(text: str, secrets: Sequence[Secret]) -> str:
    parts, done = [], 0
    for secret in secrets:
        parts += [text[done : secret.start], f"[redacted:{secret.kind}]"]
        done = secret.end
    return "".join([*parts, text[done:]])


def summary(secrets: Sequence[Secret]) -> tuple[Redaction, ...]:
    kinds: dict[str, list[Secret]] = {}
    for secret in secrets:
        kinds.setdefault(secret.kind, []).append(secret)
    return tuple(
        Redaction(kind, len(group), any(s.live for s in group), any(s.line_break for s in group))
        for kind, group in kinds.items()
    )


def _view(text: str) -> Mapped:
    return Mapped.of(text).translate(_FULL_WIDTH).sub(_INVISIBLE).sub(_ESCAPE, _ESCAPED, group=1)


def _with_prefix(view: Mapped) -> Iterator[Secret]:
    text, done = view.text, 0
    for match in _START.finditer(text):
        start = match.start()
        prefix, kind, least = _announced(match[0])
        if start < done or (kind == "api-key" and _inside_word(text, start)):
            continue
        end, material = _walk(text, match.end(), prefix, kind)
        done = max(end, match.end())
        if len(material) < least or (kind in ("api-key", "relay-key") and not _dense(material)):
            continue
        yield Secret(*view.span(start, end), kind, _live(prefix, material), _breaks_after(text, end))


def _announced(found: str) -> tuple[str, str, int]:
    bare = _WRAP.sub("", found)
    return next(row for row in PREFIXES if row[0] == bare)


def _inside_word(text: str, start: int) -> bool:
    before = text[max(start - 2, 0) : start]
    return before[-1:].isalnum() and not re.fullmatch(r"\\[nrt]", before)


def _walk(text: str, position: int, prefix: str, kind: str) -> tuple[int, str]:
    """The end of the key that goes on at `position`, and its material, across terminal wraps."""
    run = (_JWT_MATERIAL if kind == "jwt" else _MATERIAL).match
    material, end = "", position
    while len(material) < LIMIT:
        chunk = run(text, position)
        if chunk and (not material or _goes_on(text, chunk, prefix + material)):
            material, end = material + chunk[0], chunk.end()
        elif material:
            break
        wrap = _WRAP.match(text, end)
        if wrap is None or wrap.end() == position:
            break
        position = wrap.end()
    return end, material


def _goes_on(text: str, chunk: re.Match[str], before: str) -> bool:
    """Whether the first run of the next line belongs to the key: it looks like key material, or stands alone."""
    run = chunk[0]
    if len(before) + len(run) == ANTHROPIC_LENGTH or (len(run) >= 6 and run[:6] in before):
        return True
    if _DATE.match(run) or text[chunk.end() : chunk.end() + 1] in (":", "(", ".", "="):
        return False
    if _WORD.fullmatch(run) and _dense(before):
        return False
    return _dense(run) or len(run) >= 24 or _ALONE.match(text, chunk.end()) is not None


def _dense(run: str) -> bool:
    """Mixed as key material is: a digit beside letters, or a capital inside a word."""
    has_digit = any(char.isdigit() for char in run) and any(char.isalpha() for char in run)
    return has_digit or re.search(r"[a-z][A-Z]", run) is not None


def _named_values(view: Mapped) -> Iterator[Secret]:
    for match in _NAMED.finditer(view.text):
        group = 1 if match[1] else 2
        value = match[group]
        if _PLACEHOLDER.search(value) or not _dense(value) or value.startswith("claude-"):
            continue
        yield Secret(*view.span(*match.span(group)), "secret", len(value) >= 24, _breaks_after(view.text, match.end()))


def _whole(view: Mapped, pattern: re.Pattern[str], group: int, kind: str) -> Iterator[Secret]:
    """Secrets that a fixed form encloses: private key blocks, the password of an address."""
    for match in pattern.finditer(view.text):
        if not match[group].startswith("[redacted:"):
            yield Secret(*view.span(*match.span(group)), kind, False, False)


def _live(prefix: str, material: str) -> bool:
    return len(prefix) + len(material) >= 40 and not _PLACEHOLDER.search(material)


def _breaks_after(text: str, end: int) -> bool:
    """A line break before the closing quote: the key was stored with it."""
    return re.match(r"(?:\r?\n|\\{1,8}n)[\"']", text[end : end + 12]) is not None
