"""Takes out of what was printed all that belongs to this machine or this run, so that a second run prints the same."""

from __future__ import annotations

import re

# Headers of the service that replays; the API's own answer has none of them.
OURS = (
    "x-kb-replay|x-request-id|cache-control|content-security-policy|content-language|x-frame-options|x-content-type-options|vary|"
    "referrer-policy|cross-origin-opener-policy|permissions-policy|connection|date|content-length|server: '?gunicorn"
)
RULES = (
    (r"\x1b\[[0-9;]*m", ""),
    (rf"(?im)^\s*(?:< )?'?(?:{OURS})\b.*\n", ""),
    (r"/replay/[a-z0-9.-]+(?:/[a-z_]+=[\w=,-]+)?(?=/|\b)", ""),
    (r",\n(\s+\},\n\s+requestID:)", r"\n\1"),
    (r"((?:127\.0\.0\.1:|\b(?:port|[a-z]+Port):? ))\d+", r"\g<1>8000"),
    (r"(?<=\bafter )\d+(?= ms\b)", "0"),
    (r"(?<=\bafter )\d+(?= milliseconds\b)", "1000"),
    (r"\b0x[0-9a-f]{8,}", "0x7f0000000000"),
    (r"\"(?:/[\w.+-]+)+/site-packages/", '".venv/lib/python3.11/site-packages/'),
    (r"\"(?:/[\w.+-]+)+/lib/python3\.\d+/(?!site-packages)", '"/usr/lib/python3.11/'),
    (r"file://(?:/[\w.+-]+)+/node_modules/", "file:///app/node_modules/"),
    (r"file://(?:/[\w.+-]+)+/ask\.mjs\?\d+", "file:///app/ask.mjs"),
    (r"[ \t]+$", ""),
)
COMPILED = [(re.compile(pattern, re.MULTILINE), becomes) for pattern, becomes in RULES]


def scrubbed(text: str) -> str:
    """The text without colours, paths, ports, dates, addresses in memory, and what only replay adds."""
    for pattern, becomes in COMPILED:
        text = pattern.sub(becomes, text)
    return text.strip("\n")
