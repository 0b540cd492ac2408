"""What the load asks for: pages of the whole catalogue, permalinks as tickets carry them, lookups."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from bench.service.recorded import GZIP, lookup_request
from bench.service.wire import request
from bench.soak.load import Asked

SHARES = {"page": 70, "permalink": 10, "lookup of 2 KiB": 20}  # per cent
LENGTH = 2000  # requests, then again from the first


def build(host: str, paths: Sequence[str], texts: Sequence[str], seed: int = 1) -> list[Asked]:
    """Requests in a random order that is the same every time. `paths` are those of the sitemap."""
    random = Random(seed)
    codes = [path.split("/")[3] for path in paths if path.startswith("/en/errors/") and path.count("/") == 4]
    made = {
        "page": lambda: Asked("page", request("GET", random.choice(paths), host, GZIP), 200),
        "permalink": lambda: Asked("permalink", request("GET", f"/e/{random.choice(codes)}", host, GZIP), 302),
        "lookup of 2 KiB": lambda: Asked("lookup of 2 KiB", lookup_request(host, random.choice(texts)), 200),
    }
    kinds = random.choices(list(SHARES), list(SHARES.values()), k=LENGTH)
    return [made[kind]() for kind in kinds]
