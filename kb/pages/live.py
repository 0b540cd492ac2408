"""What configured status pages say now, beside the errors that the provider has to mend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpResponse

from kb.handbook import current
from kb.handbook.types import Entry
from kb.upstream.status import EVERY, Page, Status, Watch

SUMMARY = "/api/v2/summary.json"
TIMED_OUT = "APITimeoutError"

watch = Watch()


@dataclass(frozen=True)
class Shown:
    """A status with its age in whole minutes, None when it was never read, and the page for people."""

    status: Status
    minutes: int | None
    url: str


def provider_status() -> tuple[Shown, ...]:
    """What is known now; nothing when no page is configured. No request is made for it."""
    if not settings.STATUS_PAGES:
        return ()
    official = current().document.facts["status-page"]  # editors' content: never an address inside
    named = ((name, url or official + SUMMARY) for name, url in settings.STATUS_PAGES)
    pages = [Page(name, url) for name, url in named if url.startswith("https://") or url != official + SUMMARY]
    now = datetime.now(UTC)
    return tuple(_shown(status, now) for status in watch.look(pages))


def provider_status_for(entry: Entry) -> tuple[Shown, ...]:
    """For errors that pass when the provider recovers, and for time-outs, which may be of that kind."""
    passing = entry.provider_side and entry.retry == "after_wait"
    return provider_status() if passing or TIMED_OUT in entry.exceptions else ()


def dated(response: HttpResponse, shown: tuple[Shown, ...]) -> HttpResponse:
    """A page that shows a status may be kept only for as long as the status is."""
    if shown:
        response["Cache-Control"] = f"public, max-age={EVERY:.0f}"
    return response


def _shown(status: Status, now: datetime) -> Shown:
    minutes = int((now - status.checked).total_seconds() // 60) if status.checked else None
    return Shown(status, minutes, urljoin(status.page.url, "/"))
