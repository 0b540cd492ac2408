"""What a reader's first page weighs over the wire, and which of its requests hold up the drawing."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin

import brotli

from bench.service.interleaved import verdict
from bench.service.wire import Answer, Line

MOST = 60.0  # KB of 1000 bytes, heads included
BLOCKING = 1
_IMPORT = re.compile(rb"""(?:from|import)\s*\(?["'](\.{0,2}/[^"']+)["']|url\(["']?([^"')]+)""")


@dataclass
class Weight:
    """`sizes`: address → bytes with its head; `blocking`: what must be there before anything is drawn."""

    sizes: dict[str, int]
    blocking: list[str]


class Page(HTMLParser):
    """The addresses that a browser asks for when it opens a page."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted: list[str] = []
        self.blocking: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        rel, address = (found.get("rel") or "").split(), found.get("src") or ""
        if tag == "link" and {"stylesheet", "icon", "preload", "modulepreload", "manifest"} & set(rel):
            address = found.get("href") or ""
        if not address or tag not in ("link", "script", "img", "iframe", "source"):
            return
        self.wanted.append(address)
        late = "defer" in found or "async" in found or found.get("type") == "module"
        if "stylesheet" in rel or (tag == "script" and not late):
            self.blocking.append(address)


def weigh(port: int, path: str, encoding: str) -> Weight:
    """The page and all it asks for, also what its scripts and styles ask for in turn. Raises RuntimeError."""
    page = Page()
    with Line(port) as line:
        sizes = {path: (first := _asked(line, path, encoding)).size}
        page.feed(decoded(first).decode())
        waiting = list(page.wanted)
        while waiting:
            address = waiting.pop()
            if address in sizes or address.startswith("data:"):
                continue
            answer = _asked(line, address, encoding)
            sizes[address] = answer.size
            waiting += _inner(address, answer)
    return Weight(sizes, page.blocking)


def run(port: int) -> list[str]:
    lines = ["| home page | encoding | requests | over the wire | target | render-blocking | target |"]
    lines.append("|---|---|---|---|---|---|---|")
    for lang in ("en", "zh-hans"):
        for encoding in ("gzip", "br"):
            weight = weigh(port, f"/{lang}/", encoding)
            total, held = sum(weight.sizes.values()) / 1000, len(weight.blocking)
            lines.append(
                f"| {lang} | {encoding} | {len(weight.sizes)} | {total:.1f} KB | {verdict(total, MOST, most=True)} "
                f"| {held} | {verdict(held, BLOCKING, most=True)} |"
            )
    return lines


def decoded(answer: Answer) -> bytes:
    """The body without its compression."""
    plain = {"gzip": gzip.decompress, "br": brotli.decompress}.get(answer.headers.get("content-encoding", ""))
    return plain(answer.body) if plain else answer.body


def _inner(address: str, answer: Answer) -> list[str]:
    if not address.endswith((".js", ".css")):
        return []
    found = (a or b for a, b in _IMPORT.findall(decoded(answer)))
    return [urljoin(address, path.decode()) for path in found]


def _asked(line: Line, address: str, encoding: str) -> Answer:
    answer = line.get(address, Accept_Encoding=encoding)
    if answer.status != 200:
        raise RuntimeError(f"{address} answered {answer.status}")
    return answer
