"""Failures behind us that became a 500 are counted; those that were dealt with are counted where that was done."""

from __future__ import annotations

import sys
from typing import Any

from django.db import Error

from kb.observe.metrics import count_fault


def count_failure(**_: Any) -> None:
    """A receiver of got_request_exception."""
    error = sys.exc_info()[1]
    if isinstance(error, Error):
        count_fault("database")
    elif error is not None and type(error).__module__.partition(".")[0] == "redis":
        count_fault("redis")
