"""Publishing, as commands and editors do it."""

from __future__ import annotations

from kb.handbook.publish import newest, record
from kb.serving.node import is_current, locked, make


def publish() -> None:
    """Make what the database holds what readers see.

    Recorded first: from then on it is not lost, and every running node fetches it within seconds. Where none is
    running, the file is made here. Raises DatabaseError when nothing was recorded, OSError when only the file failed.
    """
    published = record()
    with locked() as free:
        if free and not is_current(published.number, published.version):
            make(published)


def publish_if_stale() -> None:
    """For a start: publish anew when this code composes something else than what is published. Raises as `publish`."""
    last = newest()
    if last is None or not is_current(*last):
        publish()
