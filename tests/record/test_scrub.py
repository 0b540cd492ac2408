"""What differs from run to run, or belongs to this machine, is not kept."""

from __future__ import annotations

import pytest

from record.scrub import scrubbed


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("\x1b[1;31mGive Feedback\x1b[0m\n", "Give Feedback"),
        ("< X-KB-Replay: 529-overloaded\n< request-id: req_1\n", "< request-id: req_1"),
        ("server: gunicorn\nserver: cloudflare\n", "server: cloudflare"),
        ("POST /replay/529-overloaded/stream=during/v1/messages", "POST /v1/messages"),
        ("http://127.0.0.1:41234/replay/529-overloaded", "http://127.0.0.1:8000"),
        ("connect ECONNREFUSED 127.0.0.1:41234, port: 41234", "connect ECONNREFUSED 127.0.0.1:8000, port: 8000"),
        ("(127.0.0.1) port 41234 after 3 ms", "(127.0.0.1) port 8000 after 0 ms"),
        ('File "/home/a/.venv/lib/python3.11/site-packages/anthropic/x.py"', None),
        ('File "/opt/python/lib/python3.11/contextlib.py"', 'File "/usr/lib/python3.11/contextlib.py"'),
        ("(file:///home/a/node_modules/x/y.mjs:1:2)", "(file:///app/node_modules/x/y.mjs:1:2)"),
        ("at async file:///tmp/x1/ask.mjs?7:4:1", "at async file:///app/ask.mjs:4:1"),
        ("<Response at 0x7fab12345678>", "<Response at 0x7f0000000000>"),
    ],
)
def test_it_is_taken_out(printed: str, kept: str | None) -> None:
    assert scrubbed(printed) == (kept or 'File ".venv/lib/python3.11/site-packages/anthropic/x.py"')


def test_what_the_api_sent_stays() -> None:
    text = "HTTP/1.1 429 Too Many Requests\nretry-after: 23\nanthropic-ratelimit-input-tokens-limit: 2000000"
    assert scrubbed(text) == text
