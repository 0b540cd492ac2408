"""One GET of a status page: short, bounded, and of status 200 or nothing."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import httpx

from kb.observe.metrics import Outgoing, count_outgoing
from kb.upstream import outgoing

STEP = 2.0  # seconds to connect, and between two pieces of the answer
WHOLE = 4.0  # seconds for the answer
MOST = 256 * 1024  # bytes of the answer


class Unreachable(Exception):
    """No answer of status 200 within the limits; `outcome` is what the metrics call it."""

    def __init__(self, why: str, outcome: Outgoing = "unreachable") -> None:
        super().__init__(why)
        self.outcome = outcome


def get(url: str) -> bytes:
    """The body. Raises Unreachable."""
    host = urlsplit(url).hostname or ""
    try:
        body = _get(url)
    except Unreachable as error:
        count_outgoing(host, error.outcome)
        raise
    count_outgoing(host, "ok")
    return body


def _get(url: str) -> bytes:
    until = time.monotonic() + WHOLE
    try:
        with outgoing.client(STEP, {}) as client, client.stream("GET", url) as answer:
            if answer.status_code != 200:
                raise Unreachable(f"status {answer.status_code}", "bad_status")
            return outgoing.body(answer, MOST, until)
    except (outgoing.TooSlowError, httpx.TimeoutException) as error:
        raise Unreachable(type(error).__name__, "timeout") from error
    except outgoing.TooLargeError as error:
        raise Unreachable("too long", "too_long") from error
    except outgoing.PrivateAddressError as error:
        raise Unreachable("a private address", "refused") from error
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise Unreachable(type(error).__name__) from error
