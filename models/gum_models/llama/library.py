"""Whether llama-cpp-python is installed, and how it is added."""

from __future__ import annotations

from importlib.util import find_spec

LACKING = (
    "The llama engine needs its library, which compiles on this machine (a C++ compiler is needed): "
    "pip install 'gum-desktop[llama]'"
)


def lacking() -> str:
    """Return how to add the library where it is missing; empty where it is there."""
    return "" if find_spec("llama_cpp") else LACKING
