"""Which compression a client takes, and what is kept for it."""

from __future__ import annotations

import gzip

import brotli
import pytest

from kb.serving.encode import best, ready, stored

BODY = b"<p>Overloaded</p>" * 99


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("gzip, deflate, br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.5, gzip;q=1.0", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("gzip;q=0", ""),
        ("*", "br"),
        ("*;q=0", ""),
        ("gzip;q=much", ""),
        (";;,,", ""),
    ],
)
def test_the_best_compression_that_the_client_takes(accepted: str, encoding: str) -> None:
    assert best(accepted) == encoding


@pytest.mark.parametrize(("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress), ("", bytes)])
def test_every_form_holds_the_same_body(encoding: str, unpack: object) -> None:
    page = stored(BODY, {"Content-Type": "text/html"})
    body, headers, _ = ready(page, encoding)
    assert unpack(body) == BODY  # type: ignore[operator]
    assert headers["Content-Length"] == str(len(body))
    assert headers.get("Content-Encoding", "") == encoding
    assert headers["Vary"] == "Accept-Encoding"


def test_every_form_has_an_etag_of_its_own_and_a_304_that_names_it() -> None:
    page = stored(BODY, {"Content-Type": "text/html"})
    forms = [ready(page, encoding) for encoding in ("br", "gzip", "")]
    assert len({form.headers["ETag"] for form in forms}) == 3
    assert all(form.headers["ETag"].startswith('"') for form in forms)
    assert [form.unchanged["ETag"] for form in forms] == [form.headers["ETag"] for form in forms]
    assert all("Content-Length" not in form.unchanged for form in forms)


def test_an_etag_changes_with_body_and_headers_and_with_nothing_else() -> None:
    same = [stored(BODY, {"Content-Type": "text/html"}, made_of).etag for made_of in ("a", "b")]
    others = [
        stored(BODY + b".", {"Content-Type": "text/html"}).etag,
        stored(BODY, {"Content-Type": "text/plain"}).etag,
    ]
    assert same[0] == same[1]
    assert len({same[0], *others}) == 3
