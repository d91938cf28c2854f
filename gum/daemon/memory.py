"""Memory goes back to the system: pixels come and go by the megabyte, and the C library would keep their room."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8  # as <malloc.h> numbers them
LARGE_BYTES = 256 * 1024


def keep_lean() -> None:
    """Give room of its own to whatever is large, and one arena to two threads; to be called before there are threads.

    Where the C library is not glibc nothing is done.
    """
    with suppress(OSError, AttributeError):
        library = _glibc()
        library.mallopt(_MMAP_THRESHOLD, LARGE_BYTES)
        library.mallopt(_TRIM_THRESHOLD, LARGE_BYTES)
        library.mallopt(_ARENA_MAX, 2)


def give_back() -> None:
    """Return to the system what is free inside the heap, where the C library is glibc."""
    with suppress(OSError, AttributeError):
        _glibc().malloc_trim(0)


def _glibc() -> ctypes.CDLL:
    if not sys.platform.startswith("linux"):
        raise OSError("there is no glibc")
    return ctypes.CDLL("libc.so.6")
