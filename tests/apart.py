"""What a test must not take over from the process that it runs in."""

from __future__ import annotations

import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def apart(call: Callable[[], T]) -> T:
    """What the call returns or raises, in a thread of its own: a browser test may keep a loop in ours."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(call).result()


def heed_ctrl_c() -> None:
    """For a child process: a shell that runs the tests in the background has its children ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
