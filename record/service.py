"""The service with replay on, on loopback, and what fails below HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.core.management import call_command

from kb.replay.sockets import Companion, untrusted
from record.cases import Case
from record.clients import Asked
from tests.served import served


@contextmanager
def replaying() -> Iterator[str]:
    """The origin of the service."""
    call_command("prepare")
    with served("--workers", "2") as origin:
        yield origin


@contextmanager
def reachable(cases: list[Case], origin: str) -> Iterator[list[Asked]]:
    """Where each case is found; the failures below HTTP listen meanwhile."""
    with ExitStack() as stack:
        yield [Asked(_base(case, origin, stack), case.seconds) for case in cases]


def _base(case: Case, origin: str, stack: ExitStack) -> str:
    if not case.socket:
        return case.base(origin)
    return stack.enter_context(Companion(case.socket, tls=untrusted() if case.socket == "tls" else None)).url
