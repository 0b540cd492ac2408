"""A body kept compressed, with its ETag; which compression a client takes."""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache

import brotli

from kb.handbook.snapshot import Page, Ready

GZIP, BROTLI = 6, 5  # levels: beyond them it takes ten times longer for some per cent less


def stored(body: bytes, headers: dict[str, str], made_of: str = "") -> Page:
    """The body in both compressions. The ETag is a hash of what is seen: body and headers."""
    etag = hashlib.sha256(repr(sorted(headers.items())).encode() + body).hexdigest()[:20]
    return Page(etag, headers, made_of, gzip.compress(body, GZIP, mtime=0), brotli.compress(body, quality=BROTLI))


def ready(page: Page, encoding: str) -> Ready:
    """The page in `br`, `gzip` or, for few clients, neither. Each has an ETag of its own."""
    return page.ready.get(encoding) or page.ready.setdefault(encoding, _ready(page, encoding))


def _ready(page: Page, encoding: str) -> Ready:
    bodies = {"br": page.brotli, "gzip": page.gzip}
    body = bodies[encoding] if encoding else gzip.decompress(page.gzip)
    unchanged = {name: value for name, value in page.headers.items() if not name.startswith(("Content-T", "Content-L"))}
    unchanged |= {
        "Vary": vary(page.headers.get("Vary")),
        "ETag": f'"{page.etag}-{encoding}"' if encoding else f'"{page.etag}"',
    }
    headers = {**page.headers, **unchanged, "Content-Length": str(len(body))}
    return Ready(body, headers | ({"Content-Encoding": encoding} if encoding else {}), unchanged)


def vary(before: str | None) -> str:
    """Vary of an answer that one client gets compressed and another does not; `before`: what else it depends on."""
    return f"Accept-Encoding, {before}" if before else "Accept-Encoding"


@lru_cache(maxsize=256)
def best(accepted: str, offered: tuple[str, ...] = ("gzip", "br")) -> str:
    """The one to send for an Accept-Encoding header (RFC 9110, 12.5.3), the last where all are as welcome; or none."""
    qualities = dict(map(_quality, accepted.lower().split(",")))
    rest = qualities.get("*", 0.0)
    quality, _, name = max((qualities.get(name, rest), at, name) for at, name in enumerate(offered))
    return name if quality > 0 else ""


def _quality(part: str) -> tuple[str, float]:
    name, _, parameter = part.strip().partition(";")
    value = parameter.strip().removeprefix("q=") or "1"
    try:
        return name.strip(), float(value)
    except ValueError:
        return name.strip(), 0.0
