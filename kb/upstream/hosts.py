"""The hosts that `sync_models` may ask, each with the one variable that holds its key."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from kb.upstream.models import Host, UpstreamError

OFFICIAL = "official"
_OFFICIAL_URL = "https://api.anthropic.com"
_PLACE = re.compile(r"([a-z0-9][a-z0-9-]{0,29})=(https?://[^\s=?#]{1,200})")


def find_host(name: str, configured: Sequence[str]) -> Host:
    """The host of a name: official, or one of `name=url`. Raises UpstreamError when it or its key is missing."""
    urls = {OFFICIAL: _OFFICIAL_URL, **_urls(configured)}
    if name not in urls:
        raise UpstreamError(f"{name}: no such host; there are {', '.join(urls)} (KB_MODEL_HOSTS=name=https://…)")
    variable = key_variable(name)
    key = os.environ.get(variable, "").strip()
    if not key or not key.isascii() or not key.isprintable():
        raise UpstreamError(f"{name}: put the key of this host, and only of this host, into {variable}")
    return Host(name, urls[name], key)


def key_variable(name: str) -> str:
    """The environment variable whose key goes to this host and to no other."""
    return "ANTHROPIC_API_KEY" if name == OFFICIAL else f"KB_MODELS_KEY_{name.upper().replace('-', '_')}"


def _urls(configured: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for place in configured:
        match = _PLACE.fullmatch(place)
        if match is None or match[1] == OFFICIAL or match[1] in found:
            raise UpstreamError(f"KB_MODEL_HOSTS: {place!r} is not name=https://host, or its name is taken")
        found[match[1]] = match[2].removesuffix("/").removesuffix("/v1")
    return found
