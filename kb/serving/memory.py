"""A worker stays as small as what it serves, where the C library can be told so (glibc)."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress

_ARENA_MAX = -8  # M_ARENA_MAX of malloc.h


def one_arena() -> None:
    """Before threads start: otherwise each keeps free memory of its own, which no other can use."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def give_back() -> None:
    """Without it every publish leaves the process as large as it was while both handbooks were in it."""
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
