"""The limit as requests meet it."""

from __future__ import annotations

import math
from functools import cache

from django.conf import settings
from django.http import HttpRequest

from kb.limits.address import client_of
from kb.limits.bucket import Bucket, Local


def client_address(request: HttpRequest) -> str:
    """Whose request it is, an IPv6 client by its /64; our own proxies are looked through."""
    meta = request.META
    return client_of(meta.get("REMOTE_ADDR", ""), meta.get("HTTP_X_FORWARDED_FOR", ""), settings.TRUSTED_PROXIES)


def seconds_to_wait(request: HttpRequest) -> int:
    """Takes a token of the client's bucket; 0, or the whole seconds until there is one again."""
    rate = settings.LOOKUP_RATE
    return math.ceil(_buckets(settings.REDIS_URL).wait(client_address(request), rate)) if rate else 0


@cache
def _buckets(url: str) -> Bucket:
    if not url:
        return Local()
    from kb.limits.shared import Shared

    return Shared(url)
