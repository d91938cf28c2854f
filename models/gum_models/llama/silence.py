"""Native logs print the whole prompt: every one of them is dropped."""

from __future__ import annotations

import ctypes
from typing import Any

import llama_cpp
from llama_cpp import mtmd_cpp as mtmd


@llama_cpp.llama_log_callback  # type: ignore[untyped-decorator]
def _quiet(_level: int, _text: bytes, _data: Any) -> None:
    """Drop a line."""


def silence() -> None:
    """Drop every native log of this process from now on; the library's own load puts them back."""
    for setter in (llama_cpp.llama_log_set, mtmd.mtmd_log_set, mtmd.mtmd_helper_log_set):
        setter(_quiet, ctypes.c_void_p(0))
