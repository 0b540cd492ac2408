"""Secrets out, before anything else sees the paste.

A key may be wrapped by a terminal, JSON-escaped, coloured or typed in full-width characters. It is looked for in a
view of the text where those are undone; the view remembers positions, so the key leaves the text as it was pasted.
`static/redact.js` does the same in the browser; both are held to `tests/redaction_vectors.json`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kb.lookup.mapped import Mapped
from kb.lookup.result import Redaction

_KEY, _DOTTED, _CAPITAL = re.compile(r"[A-Za-z0-9_-]+"), re.compile(r"[A-Za-z0-9_.-]+"), re.compile(r"[A-Z0-9]+")
_VALUE = re.compile(r"[A-Za-z0-9_+/=.~-]+")


class Rule(NamedTuple):
    """How the keys of one prefix look: the fewest characters after it, the length of a whole key (0: it varies)."""

    prefix: str
    kind: str
    least: int
    whole: int = 0
    run: re.Pattern[str] = _KEY


PREFIXES: tuple[Rule, ...] = (  # the longer before the shorter
    Rule("sk-ant-api", "anthropic-api-key", 8, 108),
    Rule("sk-ant-oat", "anthropic-oauth-token", 8, 108),
    Rule("sk-ant-ort", "anthropic-refresh-token", 8, 108),
    Rule("sk-ant-admin", "anthropic-admin-key", 8),
    Rule("sk-ant-sid", "anthropic-session-key", 8),
    Rule("sk-ant-", "anthropic-key", 8),
    Rule("sk-or-", "openrouter-key", 12, 73),
    *(Rule(prefix, "openai-key", 12) for prefix in ("sk-proj-", "sk-svcacct-", "sk-admin-")),
    Rule("sk-", "api-key", 16, 51),
    Rule("github_pat_", "github-token", 20, 93),
    *(Rule(f"gh{letter}_", "github-token", 20, 40) for letter in "pousr"),
    Rule("glpat-", "gitlab-token", 20),
    *(Rule(prefix, "slack-token", 20) for prefix in ("xoxa-", "xoxb-", "xoxe-", "xoxp-", "xoxr-", "xoxs-", "xapp-")),
    Rule("npm_", "npm-token", 20, 40),
    Rule("ya29.", "google-token", 20, 0, _DOTTED),
    Rule("AIza", "google-key", 30, 39),
    *(Rule(prefix, "bedrock-key", 30, 0, _VALUE) for prefix in ("ABSK", "bedrock-api-key-")),
    *(Rule(prefix, "aws-access-key", 16, 20, _CAPITAL) for prefix in ("AKIA", "ASIA")),
    Rule("cr_", "relay-key", 32, 67),
    *(Rule(prefix, "api-key", 20) for prefix in ("gsk_", "xai-", "hf_", "pplx-", "nvapi-", "sk_live_", "sk_test_")),
    Rule("eyJ", "jwt", 30, 0, _DOTTED),
    *(
        Rule(f"-----BEGIN {block}-----", "private-key", 16, 0, _VALUE)
        for block in (*(f"{of}PRIVATE KEY" for of in ("", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED ")), "PGP PRIVATE KEY BLOCK")
    ),
)
LIMIT = 8000  # characters after which a wrapped key ends; tokens in one piece may be longer
MARK = re.compile(r"\[redacted:[a-z-]+\]")

# The view: what terminals, serializers, editors and input methods do to a key is undone.
_FORMS = (
    {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0xFE63), "-")
    | dict.fromkeys((0xA0, *range(0x2000, 0x200B), 0x202F, 0x3000), " ")
    | dict(zip(map(ord, "“”„‘’‚"), "\"\"\"'''", strict=True))
)
_BACKSLASHES = re.compile(r"\\{2,}")
_INVISIBLE = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f\xad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
    r"|(?:\x1b|\u241b|\\(?:x1[bB]|u001[bB]|033|e))\[[0-9;:?]{0,20}[A-Za-z]|\[[0-9;]{1,12}m"
    r"|\x1b\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\)|\\u(?:00[aA][dD]|200[b-fB-F]|20[26][0-9a-eA-E]|[fF][eE][fF]{2})"
)
_ESCAPE = re.compile(r"[\\%](u[0-9a-fA-F]{4}|x?[2-7][0-9a-fA-F]|[nrt\"'`/_.-])")
_ESCAPED = {char: char for char in "\"'`/_.-"} | {"n": "\n", "r": "\r", "t": " "}
_ESCAPED |= {f"{x}{code:02x}": chr(code) for code in range(0x20, 0x80) for x in ("", "x")}

# A wrap: the line ended inside the key. A quote closes the line only where another opens the next.
_END, _BORDER = r"(?:\r\n?|\n)", "\u2500-\u259f|"
_MARGIN = rf"(?:\d{{1,6}}[ \t]{{0,8}}[{_BORDER}:])?[ \t{_BORDER}\"'`>»❯#*/;%+\\⎿⏺●•]{{0,100}}(?:--[ \t]{{1,20}})?"
_QUOTED = rf"[\"'`][ \t+\\]{{0,20}}{_END}[ \t]{{0,100}}[\"'`]"
_WRAP = re.compile(rf"[ \t{_BORDER}\\↩⏎]{{0,100}}(?:{_QUOTED}|{_END}[ \t]{{0,100}}{_MARGIN})", re.ASCII)
_SPACES = re.compile(r" {1,2}")  # that OCR puts beside hyphens
_START = re.compile("|".join(f"({re.escape(r.prefix)})".replace(r"k\-ant\-", "k ?- ?ant ?- ?") for r in PREFIXES))
_BLOCK_END = re.compile(r"-----END [A-Z ]{0,20}PRIVATE KEY[A-Z ]{0,6}-----")

# Beside a wrap: what is no key, and what shows that a run stands where the rest of one would.
_ELSE = re.compile(
    r"(?:req|toolu|srvtoolu|msg|call|file|org|wrkspc)_|(?:claude|gpt|chatcmpl)-|https?$|[0-9]{4}-[0-9][0-9]|0x|-----"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-|(?:[0-9a-f]{40}|[0-9a-f]{64})$"
)
_ERROR = re.compile(r"(?:error|exception|warning|traceback|failed|denied|unauthorized|forbidden)$", re.IGNORECASE)
_OPENS = re.compile(r"[\"'`]?[ \t]{0,4}[:=(]|\.[A-Za-z0-9_\[]")
_ALONE = re.compile(rf"[\"'`,;)\]}}. \t{_BORDER}\\+]{{0,100}}(?:[\r\n]|$)")
_CLOSED = re.compile(r"[\"'`,;)\]}]")
_TOKEN, _MIXED = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+"), re.compile(r"[A-Za-z][0-9]|[0-9][A-Za-z]")
_ENCLOSED = re.compile(r"[A-Za-z][0-9]+[A-Za-z]")
_COMMON = (  # pairs of letters in English and code; random letters seldom keep to them
    "ab ac ad ag ai al am an ap ar as at au av ba be bi bl bu ca ce ch ci ck cl co cr ct cu da dd de di do ds du ea ec "
    "ed ee ef eg el em en ep er es et ev ew ex fa fe ff fi fl fo fr ge gi gs ha he hi ho ia ib ic id ie if ig il im in "
    "io ip ir is it iv iz ke la ld le li ll lo ls lt lu ly ma me mi mo mp na nc nd ne nf ng ni no ns nt nu oc od ol om "
    "on oo op or os ot ou ow pa pe pi pl po pp pr pt qu ra rc rd re rg ri rm ro rr rs rt ry sa sc se sh si so sp ss st "
    "su ta te th ti to tr ts tt tu ty ub ue ul um un up ur us ut va ve vi wa wi xt yp ze"
)

# Keys without a prefix are told by what stands before them; how many characters make one.
_SET = r"(?:[\"'][ \t]{0,4},|[\"']?[ \t]{0,8}(?:=>|:=|[:=]))[ \t]{0,8}\[?b?[\"'`]?(?:(?:Bearer|Basic|Token)[ \t]{1,4})?"
_SHOWN = r"(?!redacted:)([A-Za-z0-9_+/=.~-]{8,})"
_NAMES = (
    r"(?:api[ _-]?key(?: provided)?|subscription-key|(?:access|auth|bearer|id|refresh|security|session)[_-]?token|\btoken"
    r"|secret[_-]?(?:access[_-]?)?key|client[_-]?secret|authorization|passw(?:or)?d|[?&](?:amp;)?key)"
)
_NAMED = (
    (re.compile(f"{_NAMES}{_SET}{_SHOWN}", re.IGNORECASE | re.ASCII), 8),
    (re.compile(f"(?:KEY|TOKEN|SECRET|PASSWORD){_SET}{_SHOWN}"), 8),
    (re.compile(rf"(?:\bBearer|-(?:key|token|secret|password)|\bsetx \w{{1,60}})[ \t]{{1,4}}[\"']?{_SHOWN}", re.I | re.A), 16),
)
_KINDS = (  # by what stands before the value and, for Azure, by its form
    (re.compile(r"(?:aws|amz)[_-](?:session|security)", re.IGNORECASE), re.compile(""), "aws-session-token"),
    (re.compile(r"secret[_-]?access", re.IGNORECASE), re.compile(""), "aws-secret-key"),
    (re.compile(r"(?:^|[^-])api-key|azure|subscription", re.I), re.compile(r"(?:[0-9a-f]{32}|\w{84})$"), "azure-key"),
)
_NO_VALUE = re.compile(r"claude-|gpt-|AWS4-|https?:|[xX.-]+$")
_MASK = re.compile(r"[*•…●·]|\.\.\.")
_LOGIN = re.compile(r"://[^\s/@:\"'<>]{0,64}:(?!\[redacted:|\*)([^\s/\"'<>]{1,200})@", re.ASCII)
_PLACEHOLDER = re.compile(r"your|example|placeholder|dummy|x{4}", re.IGNORECASE)
_QUOTE_BELOW = re.compile(r"[\r\n]{1,4}([\"'`])")


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
    view = Mapped.of(text).translate(_FORMS).sub(_BACKSLASHES, "\\").sub(_INVISIBLE).sub(_ESCAPE, _ESCAPED, group=1)
    prefixed = _merged(_with_prefix(view.text))
    found = _merged([*prefixed, *_named(view.text, [s.start for s in prefixed]), *_logins(view.text)])
    return [_at_source(text, view, secret) for secret in found]


def cut(text: str, secrets: Sequence[Secret]) -> str:
    """The text with these secrets replaced by their marks."""
    parts, done = [], 0
    for secret in secrets:
        parts += [text[done : secret.start], f"[redacted:{secret.kind}]"]
        done = secret.end
    return "".join([*parts, text[done:]])


def summary(secrets: Sequence[Secret]) -> tuple[Redaction, ...]:
    """The secrets counted by kind, in order of appearance."""
    kinds: dict[str, list[Secret]] = {}
    for secret in secrets:
        kinds.setdefault(secret.kind, []).append(secret)
    return tuple(Redaction(k, len(g), any(s.live for s in g), any(s.line_break for s in g)) for k, g in kinds.items())


def _at_source(text: str, view: Mapped, secret: Secret) -> Secret:
    start, end = view.span(secret.start, secret.end)
    if text[end - 1] in "\\＼%％":  # the last character was written as an escape: all of it goes
        end = view.at[secret.end]
    return replace(secret, start=start, end=end)


def _merged(secrets: Iterable[Secret]) -> list[Secret]:
    """In order; two that overlap become one that covers both and keeps the kind of the first."""
    kept: list[Secret] = []
    for secret in sorted(secrets, key=lambda s: s.start):
        if kept and secret.start < kept[-1].end:
            last = kept.pop()
            longer = max(last, secret, key=lambda s: s.end)
            secret = replace(longer, start=last.start, kind=last.kind, live=last.live or secret.live)
        kept.append(secret)
    return kept


def _with_prefix(text: str) -> Iterator[Secret]:
    starts = list(_starts(text))
    stops = [start for _, start, _ in starts[1:]] + [len(text)]
    for (rule, start, body), stop in zip(starts, stops, strict=False):
        key = _Reading(text, rule, start, body, stop)
        block = _BLOCK_END.search(text, body, min(stop, body + LIMIT)) if rule.kind == "private-key" else None
        if block or _is_key(rule, key.material):
            live = len(rule.prefix) + len(key.material) >= min(40, rule.whole or 40)
            yield _secret(text, start, block.end() if block else key.end, rule.kind, live)


def _starts(text: str) -> Iterator[tuple[Rule, int, int]]:
    """Prefixes, wrapped ones too: the rule, where it starts, where its material begins."""
    joined = Mapped.of(text).sub(_WRAP)
    for match in _START.finditer(joined.text):
        rule = PREFIXES[(match.lastindex or 1) - 1]
        start, body = joined.span(match.start(), match.end() - match[0].endswith(" "))
        before = text[max(start - 1, 0) : start]
        inside = (before.isascii() and before.isalnum()) or (before == "." and rule.kind == "jwt")
        if rule.prefix.startswith("sk-ant-") or not inside:
            yield rule, start, body


def _is_key(rule: Rule, material: str) -> bool:
    """Long enough, and not words as in `sk-estimator-container` or `the sk-ant-prefixed ones`."""
    if len(material) < rule.least or (rule.run is _CAPITAL and len(material) > rule.least):
        return False
    told = rule.prefix.startswith("sk-ant-") or not ("-" in material or "_" in material)
    return (told and len(material) >= 16) or not _reads_as_words(material, 0.6)


class _Reading:
    """A key read along the text, across wraps and spaces, up to `stop`: its material, and where it ends."""

    def __init__(self, text: str, rule: Rule, start: int, body: int, stop: int) -> None:
        self.text, self.rule, self.stop, self.material, self.end = text, rule, stop, "", body
        self.begun = max(text.rfind("\n", start, body) + 1, start)  # of the piece on this line
        self.above: tuple[int, int] | None = None  # the piece on the line above, see _piece
        self._take(rule.run.match(text, body, stop))
        while len(self.material) < LIMIT and len(rule.prefix) + len(self.material) != rule.whole and self._goes_on():
            pass
        self.end -= len(self.material) - len(self.material.rstrip("."))

    def _take(self, run: re.Match[str] | None) -> bool:
        if run:
            self.material, self.end = self.material + run[0], run.end()
        return run is not None

    def _goes_on(self) -> bool:
        """Take the run after a wrap, or after a space that OCR saw, if it belongs to the key."""
        wrap = _WRAP.match(self.text, self.end)
        gap = wrap or _SPACES.match(self.text, self.end)
        run = gap and self.rule.run.match(self.text, gap.end(), self.stop)
        if not run or not (self._fits_below(run) if wrap else self._fits_beside(run)):
            return False
        if wrap:
            self.above, self.begun = self._piece(self.begun, self.end), run.start()
        return self._take(run)

    def _piece(self, start: int, end: int) -> tuple[int, int]:
        """The length of a piece on one line, and the column where it ends."""
        return end - start, end - self.text.rfind("\n", 0, end)

    def _fits_beside(self, run: re.Match[str]) -> bool:
        """OCR puts spaces beside hyphens; so do options (`-H`) and dashes."""
        piece = run[0]
        if "-" not in (self.text[self.end - 1], piece[0]) or _OPENS.match(self.text, run.end()):
            return False
        told = len(piece) >= 8 or (piece[-1] == "-" and len(piece) > 1) or _MIXED.search(piece)
        return bool(told) and not _reads_as_words(piece, 0.6)

    def _fits_below(self, run: re.Match[str]) -> bool:
        """The rest of a key fills its line as the piece above did, repeats what was before, or is no word."""
        piece, end = run[0], run.end()
        if len(self.rule.prefix) + len(self.material) + len(piece) == self.rule.whole:
            return True
        alone = _ALONE.match(self.text, end) is not None
        words = _reads_as_words(piece, 0.8 if alone else 0.6)
        last, here = self._piece(self.begun, self.end), self._piece(run.start(), end)
        wrapped = _alike(self.above, last)
        if _ELSE.match(piece) or _ERROR.search(piece[-20:]):
            return False
        if _OPENS.match(self.text, end) and (words or not (wrapped or _of_all_sorts(piece))):
            return False
        closed = alone or _CLOSED.match(self.text, end) is not None
        if (wrapped and closed) or (alone and _alike(last, here)) or (len(piece) > 5 and piece[:6] in self.material):
            return True
        if self.above and 4 * last[0] < 3 * self.above[0] and 4 * last[1] < 3 * self.above[1]:
            return False  # the line above was the key's last
        return not words and (len(piece) >= 8 or (closed and _MIXED.search(piece) is not None))


def _alike(above: tuple[int, int] | None, below: tuple[int, int]) -> bool:
    return above is not None and (above[0] == below[0] or above[1] == below[1])


def _of_all_sorts(piece: str) -> bool:
    return len(piece) >= 8 and all(re.search(sort, piece) for sort in ("[a-z]", "[A-Z]", "[0-9]"))


def _reads_as_words(run: str, share: float) -> bool:
    """Whether so large a share of its pairs of letters is common. Digits alone, or hardly any letters, are no key."""
    head = run[:64]
    tokens = _TOKEN.findall(head)
    if 2 * sum(map(len, tokens)) <= len(head):
        return True
    if _ENCLOSED.search(head) or head[:4] in head[4:] or 3 * len(tokens) > len(head) + 1:
        return False
    pairs = [t[i : i + 2].lower() for t in tokens if t.isalpha() for i in range(len(t) - 1)]
    return sum(pair in _COMMON for pair in pairs) >= share * len(pairs)


def _named(text: str, taken: list[int]) -> Iterator[Secret]:
    """Values that stand where a key stands. Those that have a prefix are only made whole."""
    for pattern, least in _NAMED:
        for match in pattern.finditer(text):
            start, value = match.start(1), match[1].split("...")[0].rstrip(".")
            end, index = start + len(value), bisect_left(taken, start)
            stop = taken[index] if index < len(taken) else len(text)
            masked = _MASK.match(text, end) is not None
            if len(value) < (16 if masked else least) or _NO_VALUE.match(value) or _reads_as_words(value, 0.6):
                continue
            if start < stop and not masked:
                end = _Reading(text, Rule("", "", 0, 0, _VALUE), start, start, stop).end
            yield _secret(text, start, end, _named_kind(text[max(match.start() - 16, 0) : start], value), len(value) >= 24)


def _named_kind(before: str, value: str) -> str:
    return next((kind for name, form, kind in _KINDS if name.search(before) and form.match(value)), "secret")


def _logins(text: str) -> Iterator[Secret]:
    for match in _LOGIN.finditer(text):
        yield _secret(text, *match.span(1), "password", False)


def _secret(text: str, start: int, end: int, kind: str, long: bool) -> Secret:
    """A line break before the closing quote belongs to the key: it was stored with it."""
    quote = _QUOTE_BELOW.match(text, end)
    line = text[max(start - 200, 0) : start].rpartition("\n")[2]
    live = long and not _PLACEHOLDER.search(text, start, end)
    return Secret(start, end, kind, live, quote is not None and line.count(quote[1]) % 2 == 1)
