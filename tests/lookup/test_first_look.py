"""The first look on RE2 spares work and nothing else: with it and without it, the same comes out."""

from __future__ import annotations

from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.lookup.clean import plain
from kb.lookup.mapped import Mapped
from kb.lookup.redact import find
from kb.lookup.scan import Scan
from kb.lookup.views import repair

SECRET_PARTS = [
    "sk-ant-api03-",
    "sk-",
    "eyJ",
    "AKIA",
    "ghp_",
    "aB3dE6gH9jK2mN5p",
    "q7R8s9T0u1V2w3X4",
    "token",
    "api_key",
    "x-api-key",
    "PASSWORD",
    ":",
    "=",
    '"',
    "\\n",
    "│",
    "\\u002d",
    "%2D",
    "－",
    "sk－ant－",
    "s",
    "k-",
    "-",
    "Bearer",
    "https://user:",
    "@host/",
    "aws_session_token",
    "azure",
    "key",
    "00000000000000000000000000000000",
    "错误",
    "ASIA-PACIFIC",
]
BLOCK = ["-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----", "\n", " ", "\n  │ "]
DISGUISES = [
    "\\n",
    "\\\\n",
    "\\u4e2d",
    "\\xe4\\xb8",
    "&quot;",
    "&#39;",
    "&amp;",
    "<br>",
    "<BR/>",
    "\x1b[31m",
    "[0m",
    "│",
    "|",
    ">",
    "#",
    "*",
    "//",
    "12",
    "+",
    "“",
    "”",
    "’",
    "—",
    "，",
    "。",
    "：",
    "（",
    "错",
    "误",
    "err0r",
    "c1aude",
    "mode1",
    "5tatus",
    "rn",
    "word",
    "529",
]
BLANKS = ["\n", "\r\n", " ", "  ", "\t", "\u3000", "\u200b", "\x00"]


@settings(max_examples=300)
@given(st.lists(st.sampled_from([*SECRET_PARTS, *BLOCK]), max_size=14).map("".join))
def test_no_secret_is_hidden(text: str) -> None:
    found = find(text)
    with everything_suspected():
        assert find(text) == found


@settings(max_examples=300)
@given(st.lists(st.sampled_from([*DISGUISES, *BLANKS]), max_size=14).map("".join))
def test_no_disguise_is_left_on(text: str) -> None:
    view = plain(text)
    repaired = repair(Mapped.of(view.text)).text
    with everything_suspected():
        again = plain(text)
        assert (again.text, list(again.at)) == (view.text, list(view.at))
        assert repair(Mapped.of(view.text)).text == repaired


def everything_suspected() -> mock._patch[object]:
    return mock.patch.object(Scan, "names", lambda scan, text: set(scan.expressions))
