"""`GET /v1/models` of one host, with that host's own key: no redirects, at most so many bytes, seconds and pages."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import httpx

from kb.env import is_encrypted_or_local
from kb.upstream import outgoing

BYTES = 4 * 1024 * 1024  # of one page
SECONDS = 20.0  # for one page, whole
STALL = 8.0  # seconds without a byte
PAGES = 20


class UpstreamError(Exception):
    """The host did not give a list of models; the text says why and holds no key."""


@dataclass(frozen=True)
class Host:
    """A server that lists models. `key` is sent to it alone, and is in no text of this object."""

    name: str
    url: str
    key: str

    def __repr__(self) -> str:
        return f"Host({self.name!r}, {self.url!r})"


@dataclass(frozen=True)
class Listed:
    """A model as a host lists it; None where the host does not say. Limits in tokens."""

    model_id: str
    name: str | None = None
    family: str | None = None
    context: int | None = None
    output: int | None = None
    deprecated: date | None = None
    retires: date | None = None


def fetch_models(host: Host, seconds: float = SECONDS, most: int = BYTES) -> list[Listed]:
    """Every model that the host lists. Raises UpstreamError."""
    _refuse_plain(host)
    headers = {"x-api-key": host.key, "anthropic-version": "2023-06-01"}
    with outgoing.client(min(seconds, STALL), headers) as client:
        return list(_pages(client, host, seconds, most))


def _refuse_plain(host: Host) -> None:
    parts = urlsplit(host.url)
    if not is_encrypted_or_local(parts):
        raise UpstreamError(f"{host.name}: a key is sent over https only")
    if parts.username or parts.password:
        raise UpstreamError(f"{host.name}: the address holds a user name or a password")


def _pages(client: httpx.Client, host: Host, seconds: float, most: int) -> Iterator[Listed]:
    asked: dict[str, str] = {"limit": "1000"}
    for _ in range(PAGES):
        page = _page(client, host, asked, seconds, most)
        rows = page.get("data")
        if not isinstance(rows, list):
            raise UpstreamError(f"{host.name}: the answer has no list named data")
        yield from (_listed(host, row) for row in rows)
        if not page.get("has_more") or not rows:
            return
        asked["after_id"] = str(rows[-1]["id"])
    raise UpstreamError(f"{host.name}: more than {PAGES} pages")


def _page(client: httpx.Client, host: Host, asked: dict[str, str], seconds: float, most: int) -> dict[str, Any]:
    try:
        with client.stream("GET", f"{host.url.rstrip('/')}/v1/models", params=asked) as response:
            if response.status_code != 200:
                raise UpstreamError(f"{host.name}: answered {response.status_code}{_why(response)}")
            page = json.loads(outgoing.body(response, most, time.monotonic() + seconds))
    except outgoing.TooLargeError:
        raise UpstreamError(f"{host.name}: the answer is over {most} bytes") from None
    except outgoing.PrivateAddressError:
        raise UpstreamError(f"{host.name}: the name leads to a private address") from None
    except (outgoing.TooSlowError, httpx.TimeoutException):
        raise UpstreamError(f"{host.name}: no answer in time") from None
    except httpx.HTTPError as error:
        raise UpstreamError(f"{host.name}: {type(error).__name__}") from None
    except (ValueError, RecursionError):
        raise UpstreamError(f"{host.name}: the answer is not JSON") from None
    if not isinstance(page, dict):
        raise UpstreamError(f"{host.name}: the answer is not an object")
    return page


def _why(response: httpx.Response) -> str:
    if response.is_redirect:
        return ", a redirect, which is not followed: a key goes to its own host only"
    return ", so the key is not this host's" if response.status_code in (401, 403) else ""


def _listed(host: Host, row: Any) -> Listed:
    """A row of the official API or of a gateway, which may give no more than the ID."""
    name = row.get("id") if isinstance(row, dict) else None
    if not isinstance(name, str) or not 0 < len(name) <= 200 or not name.isprintable():
        raise UpstreamError(f"{host.name}: a row of data has no id")
    return Listed(
        model_id=name,
        name=_text(row.get("display_name")),
        family=_text(row.get("line")),
        context=_count(row.get("max_input_tokens")),
        output=_count(row.get("max_tokens")),
        deprecated=_day(row.get("deprecated_at")),
        retires=_day(row.get("retires_at")),
    )


def _text(value: Any) -> str | None:
    """One line of a name, without what a terminal would act on."""
    return value if isinstance(value, str) and 0 < len(value) <= 60 and value.isprintable() else None


def _count(value: Any) -> int | None:
    return value if type(value) is int and 0 < value <= 100_000_000 else None


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
