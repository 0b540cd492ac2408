"""Secrets out, before anything else sees the paste.

A key may be wrapped by a terminal, escaped, coloured or in full-width characters. It is looked for in a view where
those are undone; the view remembers positions, so the key leaves the text as it was pasted. `static/redact.js` does
the same in the browser; both are held to `tests/redaction_vectors.json`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from operator import eq

from kb.lookup.characters import FULL_WIDTH, Table
from kb.lookup.mapped import Mapped, named_by
from kb.lookup.result import Redaction
from kb.lookup.secret import Secret, cut, merged, summary
from kb.lookup.steps import Steps

# Kind, the fewest characters after the prefix, the length of an issued key (0: it varies), prefixes: the longer first.
_TABLE = """
    anthropic-api-key       8 108 sk-ant-api     | anthropic-oauth-token   8 108 sk-ant-oat
    anthropic-refresh-token 8 108 sk-ant-ort     | anthropic-admin-key     8   0 sk-ant-admin
    anthropic-session-key   8   0 sk-ant-sid     | anthropic-key           8   0 sk-ant-
    openrouter-key   12  73 sk-or-v1- sk-or-     | openai-key       12   0 sk-proj- sk-svcacct- sk-admin-
    api-key          16  51 sk-                  | api-key          16   0 gsk_ xai- hf_ pplx- nvapi- sk_live_ sk_test_
    github-token     16  93 github_pat_          | github-token     16  40 ghp_ gho_ ghu_ ghs_ ghr_
    gitlab-token     16   0 glpat-               | slack-token      16   0 xoxa- xoxb- xoxe- xoxp- xoxr- xoxs- xapp-
    google-key       30  39 AIza                 | google-token     16   0 ya29.
    aws-access-key   16  20 AKIA ASIA            | bedrock-key      20   0 ABSK bedrock-api-key-
    npm-token        16  40 npm_                 | relay-key        32  67 cr_            | jwt  20  0  eyJ
"""
PREFIXES = {p: (row[0], int(row[1]), int(row[2])) for row in map(str.split, re.split("[|\n]", _TABLE)) for p in row[3:]}
LIMIT = 8000  # characters after which a wrapped key ends; tokens in one piece may be longer
_PADDED = r"(?:={1,2}(?=[\s\"'`,;)}\]]|$))?"
_KEY, _DOTTED, _VALUE = (re.compile(rf"[A-Za-z0-9_{more}") for more in ("-]+", ".-]+", f"+/.~-]+{_PADDED}"))
_RUNS = {"jwt": _DOTTED, "google-token": _DOTTED, "bedrock-key": _VALUE, "private-key": _VALUE}

# The view: what terminals, serializers, editors and input methods do to a key is undone.
_PLAIN = FULL_WIDTH | dict.fromkeys("\xa0\u202f\u3000", " ")
_PLAIN |= dict(zip("‐‑‒–—―−﹣“”„‘’‚", "--------\"\"\"'''", strict=True))
_FORMS = Table(_PLAIN)
_BACKSLASHES = re.compile(r"\\{2,}")
_INVISIBLE = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f\xad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
    r"|(?:\x1b|\u241b|\\(?:x1[bB]|u001[bB]|033|e))\[[0-9;:?]{0,20}[A-Za-z]|\[[0-9;]{1,12}m"
    r"|\x1b\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\)|\\u(?:00[aA][dD]|200[b-fB-F]|20[26][0-9a-eA-E]|[fF][eE][fF]{2})"
)
_SEQUENCE = re.compile(r"\x1b|\\(?:x1[bB]|u001[bB]|033|e)\[")  # may take a key with it, as the title of a terminal
_ESCAPE = re.compile(r"[\\%](u[0-9a-fA-F]{4}|x?[2-7][0-9a-fA-F]|[nrt\"'`/_.-])")
_ESCAPED = {char: char for char in "\"'`/_.-"} | {"n": "\n", "r": "\r", "t": " "}
_ESCAPED |= {f"{x}{code:02x}": chr(code) for code in range(0x20, 0x80) for x in ("", "x")}

# A wrap: the line ended inside the key. A quote closes the line only where another opens the next.
_END, _BORDER = r"(?:\r\n?|\n)", "\u2500-\u259f|"
_MARGIN = rf"(?:[0-9]{{1,6}}[ \t]{{0,8}}[{_BORDER}:])?[ \t{_BORDER}\"'`>»❯#*/;%+\\⎿⏺●•]{{0,100}}(?:--[ \t]{{1,20}})?"
_QUOTED = rf"[\"'`][ \t+\\]{{0,20}}{_END}[ \t]{{0,100}}[\"'`]"
_WRAP = re.compile(rf"(?<=[A-Za-z0-9_.+/=~-])[ \t{_BORDER}\\↩⏎]{{0,100}}(?:{_QUOTED}|{_END}[ \t]{{0,100}}{_MARGIN})")
_SPACES = re.compile(r" {1,2}(?:- {1,2}){0,2}")  # that OCR puts beside hyphens
_BLOCK = " [A-Z ]{0,20}PRIVATE KEY[A-Z ]{0,6}-----"
_START = re.compile("|".join([*(re.escape(p).replace(r"\-", " ?- ?") for p in PREFIXES), f"-----BEGIN{_BLOCK}"]))
_INSIDE = re.compile(r"[A-Za-z0-9]"), re.compile(r"[A-Za-z0-9.]")  # before a prefix that is none; of a JWT
_BLOCK_END = re.compile(f"-----END{_BLOCK}")

# After a wrap: what is no key, and what shows that a run stands where the rest of one would.
_ELSE = re.compile(
    r"(?i)(?:req|toolu|srvtoolu|msg|call|file|org|wrkspc)_|(?:claude|gpt|chatcmpl)-|https?$|[0-9]{4}-[0-9]{2}|0x[0-9a-f]+$"
    r"|-----|[0-9a-f]{8}-[0-9a-f]{4}-|.{0,40}(?:error|exception|warning|traceback|failed|denied|unauthorized|forbidden)$"
)
_ALONE = re.compile(rf"[\"'`,;)\]}}. \t{_BORDER}\\+]{{0,100}}(?:[\r\n]|$)")
_OPENS, _CLOSED = re.compile(r"[\"'`]?[ \t]{0,4}[:=(]|\.[A-Za-z0-9_\[]"), re.compile(r"[\"'`,;)\]}]|\. ")
_ALL_SORTS = re.compile(r"(?=.{0,60}[a-z])(?=.{0,60}[A-Z])(?=.{0,60}[0-9]).{8}")
_NOT_HEX, _PAIR, _AFTER_DIGIT = re.compile("[g-zG-Z]"), re.compile("(?=[a-z][a-z])"), re.compile("[0-9][A-Za-z]")
_TOKEN, _MIXED = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[0-9]+"), re.compile(r"[A-Za-z][0-9]|[0-9][A-Za-z]")
# Pairs of letters that are common in English and code. Random letters seldom keep to them.
_COMMON = re.compile(
    "(?=a[bcdgilmnprstuv]|b[aeilu]|c[aehiklortu]|d[adeiosu]|e[acdefglmnprstvwx]|f[aefilor]|g[eis]|h[aeio]|"
    "i[abcdefglmnoprstvz]|ke|l[adeilostuy]|m[aeiop]|n[acdefgiostu]|o[cdlmnoprstuw]|p[aeiloprt]|qu|"
    "r[acdegimorsty]|s[acehiopstu]|t[aehiorstuy]|u[belmnprst]|v[aei]|w[ai]|xt|yp|ze)"
)

# Keys without a prefix are told by what stands before them.
_SIGN = r"[\"'][ \t]{0,4},[ \t]{0,4}b?[\"']|[\"']?[ \t]{0,8}(?:=>|:=|[:=])[ \t]{0,8}\[?b?[\"'`]?"
_SET = rf"(?:{_SIGN})(?:(?:Bearer|Basic|Token)[ \t]{{1,4}})?"
_SHOWN = rf"(?!redacted:)([A-Za-z0-9_+/.~-]{{8,400}}{_PADDED})"
_NAMES = r"(?:(?:access|api|secret)[ _-]?key(?: provided)?|token|secret|authorization|passw(?:or)?d|[?&;]key)"
_BEFORE = r"(?:\bBearer|-(?:key|token|secret|password)|\bsetx \w{1,60})[ \t]{1,4}[\"']?"
_AZURE = r"([0-9a-f]{32}|\w{84})\b"
_LONGER = _SHOWN.replace("8", "16", 1)
_LEAST = {
    _SHOWN: "[A-Za-z0-9_+/.~-]{8}",
    _LONGER: "[A-Za-z0-9_+/.~-]{16}",
    _AZURE: r"\w{32}",
}  # what at least stands there, for a first look
_NAMED = tuple(
    (kind, re.compile(f"(?{flags}a){before}{value}"), f"(?{flags}s){before}{_LEAST[value]}")
    for kind, flags, before, value in (
        ("aws-session-token", "i", f"(?:aws|amz)[_-](?:session|security)[_-]token{_SET}", _SHOWN),
        ("azure-key", "i", rf"(?:(?:^|[^\w-])api-|subscription-|azure\w{{0,20}})key{_SET}", _AZURE),
        ("secret", "i", f"{_NAMES}{_SET}", _SHOWN),
        ("secret", "", f"(?:KEY|TOKEN|SECRET|PASSWORD){_SET}", _SHOWN),
        ("secret", "i", _BEFORE, _LONGER),
    )
)
_NO_VALUE = re.compile(r"AWS4-|https?:|[xX.-]+$|[A-Za-z_]{1,30}\.[A-Za-z_.]{1,40}$")
_LOGIN = re.compile(r"://[^\s/@:\"'<>\[]{0,200}:(?!\*|pass(?:word|wd)?@)([^\s/\"'<>\[]{1,200})@", re.ASCII)
_PLACEHOLDER = re.compile(r"(?i)your|example|placeholder|dummy|x{4}")
_MASK, _QUOTE_BELOW = re.compile(r"[*•…●·(]|\.\.\."), re.compile(r"[\r\n]{1,4}([\"'`])")

# A first look on RE2, never narrower than the expressions above, spares most texts all of them.
_BROKEN = r"(?:[^A-Za-z0-9\r\n]*[\r\n][^A-Za-z]*| ?)"  # a wrap or a blank of OCR inside a prefix
_STARTS = [(prefix, "" if prefix.startswith("sk-ant-") else "(?:^|[^A-Za-z0-9])") for prefix in PREFIXES]
_SUSPECTS = (
    {"prefix": "|".join(before + _BROKEN.join(map(re.escape, prefix)) for prefix, before in _STARTS)}
    | {"block": "-----BEGIN", "login": r"://[^\s/]*@"}
    | {look: look for _, _, look in _NAMED}
)
_UNDONE = Steps(
    (_FORMS.any, lambda view: view.translate(_FORMS)),
    (r"\\\\", lambda view: view.sub(_BACKSLASHES, "\\")),
    (
        r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{ad}\x{34f}\x{180e}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{206f}"
        r"\x{fe00}-\x{fe0f}\x{feff}\x{241b}]|\[[0-9;]{1,12}m|\\(?:x1|u|033|e)",
        lambda view: view.sub(_INVISIBLE),
    ),
    (r"[\\%]", lambda view: view.sub(_ESCAPE, named_by(_ESCAPED)).translate(_FORMS)),
    also=_SUSPECTS,
    case_sensitive=True,
)


def redact(text: str) -> tuple[str, tuple[Redaction, ...]]:
    """The text with every secret replaced by `[redacted:<kind>]`, and what was taken out."""
    found = find(text)
    return cut(text, found), summary(found)


def find(text: str) -> list[Secret]:
    """Every secret of the text, in order, without overlaps."""
    view, names = _UNDONE.and_names(Mapped.of(text))
    suspects = names & _SUSPECTS.keys()
    if not suspects:
        return []
    seen = [replace(s, start=view.at[s.start], end=view.at[s.end]) for s in _standing_in(view.text, suspects)]
    if not _SEQUENCE.search(text):
        return seen
    return merged([*seen, *_standing_in(text, suspects)])


def _standing_in(text: str, suspects: set[str]) -> list[Secret]:
    """The secrets of a text as it is."""
    logins = (_secret(text, *match.span(1), "password", False) for match in _LOGIN.finditer(text))
    prefixed = [*_with_prefix(text)][::-1] if suspects & {"prefix", "block"} else []
    named = _named(text, [secret.start for secret in prefixed], suspects)
    return merged([*prefixed, *named, *(logins if "login" in suspects else ())])


def _with_prefix(text: str) -> Iterator[Secret]:
    """The last first: each is read no further than the prefix after it."""
    stop, (joined, source) = len(text), _without_wraps(text)
    for match in reversed(list(_START.finditer(joined))):
        prefix = match[0].replace(" ", "")
        kind, least, whole = PREFIXES.get(prefix, ("private-key", 16, 0))
        start, body = source(match.start()), source(match.end() - match[0].endswith(" ") - 1) + 1
        if not prefix.startswith("sk-ant-") and _INSIDE[kind == "jwt"].match(text[max(start - 1, 0) : start]):
            continue
        if stop - body < least:
            stop = start
            continue
        end, material = _read(text, _RUNS.get(kind, _KEY), start, body, stop, whole - len(prefix))
        block = _BLOCK_END.search(text, body, min(stop, body + LIMIT)) if kind == "private-key" else None
        # Words, as in `sk-estimator-container`, `ASIA-PACIFIC-REGION` or `the sk-ant-prefixed ones`, are no key.
        told = len(material) >= 16 and (prefix.startswith("sk-ant-") or material.rstrip("=").isalnum())
        if block or (len(material) >= least and (told or not _reads_as_words(material, 0.6))):
            long = len(prefix) + len(material) >= min(40, whole or 40)
            yield _secret(text, start, block.end() if block else end, kind, long)
        stop = start


def _without_wraps(text: str) -> tuple[str, Callable[[int], int]]:
    """The text with its lines joined; and where one of its characters stands in the text."""
    wraps = [wrap.span() for wrap in _WRAP.finditer(text)]
    ends = [0, *(end for _, end in wraps)]
    pieces = [0, *accumulate(start - end for end, (start, _) in zip(ends, wraps, strict=False))]

    def source(index: int) -> int:
        piece = bisect_right(pieces, index) - 1
        return ends[piece] + index - pieces[piece]

    joined = "".join(text[end:start] for end, (start, _) in zip(ends, wraps, strict=False))
    return joined + text[ends[-1] :], source


def _read(text: str, runs: re.Pattern[str], start: int, body: int, stop: int, whole: int) -> tuple[int, str]:
    """Where a key ends, and its material after the prefix, across wraps and the spaces of OCR, but before `stop`."""
    run = runs.match(text, body, stop)
    material, end = (run[0], run.end()) if run else ("", body)
    above, begun = (0, 0), max(text.rfind("\n", start, body) + 1, start)
    while len(material) < LIMIT:
        wrap = _WRAP.match(text, end)
        gap = wrap or _SPACES.match(text, end)
        run = gap and runs.match(text, gap.end(), stop)
        last = (end - begun, end - text.rfind("\n", 0, end))  # the piece's length on this line, the column of its end
        if not run or not (_fits_below(run, material, whole, above, last) if wrap else _fits_next(run, text[end - 1])):
            break
        above, begun = (last, run.start()) if wrap else (above, begun)
        material, end = material + run[0], run.end()
    return end - len(material) + len(material.rstrip(".")), material


def _fits_next(run: re.Match[str], before: str) -> bool:
    """OCR puts spaces beside hyphens; so do options (`-H`) and dashes."""
    piece = run[0]
    told = _MIXED.search(piece) is not None if len(piece) < 8 else not _reads_as_words(piece, 0.6)
    told = (told or piece[-1] == "-") and len(piece) > 1 and "-" in (before, piece[0])
    return told and not _OPENS.match(run.string, run.end())


def _fits_below(run: re.Match[str], material: str, whole: int, above: tuple[int, int], last: tuple[int, int]) -> bool:
    """The rest of a key fills its line as the piece above did, repeats what was before, or is no word."""
    piece, text, end = run[0], run.string, run.end()
    here = (len(piece), end - text.rfind("\n", 0, end))
    alone = _ALONE.match(text, end) is not None
    closed = alone or _CLOSED.match(text, end) is not None
    words = _reads_as_words(piece, 0.8 if closed else 0.6)
    wrapped, repeats = any(map(eq, above, last)), len(piece) > (2 if closed else 5) and piece[:6] in material
    told = not words and (wrapped or _ALL_SORTS.match(piece) is not None)
    if _ELSE.match(piece) or _START.match(piece) or (_OPENS.match(text, end) and not told):
        return False
    if repeats or len(material) + len(piece) == whole or (alone and any(map(eq, last, here))):
        return True
    if not wrapped and _NOT_HEX.search(material) and not _NOT_HEX.search(piece):
        return False  # a hash, or a number
    told = closed and _MIXED.search(piece) is not None if len(piece) < 8 else not words
    return told or (wrapped and closed)


def _reads_as_words(run: str, share: float) -> bool:
    """Whether so many of its characters are letters, and of its pairs of letters common. A few digits are no key."""
    head = run[:64]
    tokens = _TOKEN.findall(head)
    words = " ".join(tokens).lower()
    letters, known = sum(map(str.isalpha, words)), sum(map(len, tokens))
    if not letters or 2 * known <= len(head):
        return len(head) < 16
    if _AFTER_DIGIT.search(head) or head[-4:] in head[:-4] or 3 * len(tokens) > len(head) + 1:
        return False
    return letters >= share * known and len(_COMMON.findall(words)) >= share * len(_PAIR.findall(words))


def _named(text: str, taken: Sequence[int], suspects: set[str]) -> Iterator[Secret]:
    """Values that stand where a key stands, up to the next prefix. Those that begin with one are only made whole."""
    for kind, pattern, look in _NAMED:
        done = 0
        for place in _UNDONE.scan.places(look, text) if look in suspects else ():
            match = pattern.match(text, place) if place >= done else None
            if match:
                secret = _value(text, match, kind, taken)
                done = secret.end if secret else match.start(1)
                if secret:
                    yield secret


def _value(text: str, match: re.Match[str], kind: str, taken: Sequence[int]) -> Secret | None:
    """The value that stands where a key stands, if it may be one."""
    start, after = match.start(1), bisect_right(taken, match.start(1))
    stop = taken[after] if after < len(taken) else len(text)
    value = text[start : min(match.end(1), stop)].split("...")[0].rstrip(".")
    end, least = start + len(value), 16 if _MASK.match(text, start + len(value)) else 8
    if len(value) < least or _NO_VALUE.match(value) or _reads_as_words(value, 0.6):
        return None
    if least == 8 and start not in taken[after - 1 : after]:
        end = _read(text, _VALUE, start, start, stop, 0)[0]
    return _secret(text, start, end, kind, len(value) >= 24)


def _secret(text: str, start: int, end: int, kind: str, long: bool) -> Secret:
    """A line break before the closing quote belongs to the key: it was stored with it."""
    quote = _QUOTE_BELOW.match(text, end)
    line = text[max(start - 200, 0) : start].rpartition("\n")[2]
    live = long and not _PLACEHOLDER.search(text, start, end)
    return Secret(start, end, kind, live, quote is not None and line.count(quote[1]) % 2 == 1)
