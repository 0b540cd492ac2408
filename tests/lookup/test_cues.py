"""Clients and other products, known by their cues."""

from __future__ import annotations

import pytest

from kb.lookup.cues import CueBook
from kb.lookup.rules import Cues

BOOK = CueBook(
    [Cues("python-sdk", ("Traceback", r"anthropic\.\w+Error")), Cues("curl", ("^curl: ", "HTTP/2")), Cues("bare", ())],
    [Cues("mysql", ("MySQL",)), Cues("npm", ("npm ERR!",))],
)


@pytest.mark.parametrize(
    ("text", "client", "other"),
    [
        ("nothing of the kind", None, False),
        ("curl: (6) x", "curl", False),
        ("Traceback … HTTP/2 … anthropic.APIError", "python-sdk", False),
        ("HTTP/2 … Traceback", "python-sdk", False),
        ("npm ERR! Traceback", "python-sdk", True),
        ("mysql has gone away", None, True),
    ],
)
def test_the_client_with_most_cues_is_named_and_other_products_are_told(
    text: str, client: str | None, other: bool
) -> None:
    assert BOOK.read(text) == (client, other)
