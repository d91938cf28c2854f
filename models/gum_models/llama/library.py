"""Whether llama-cpp-python is installed, and how it is added."""

from __future__ import annotations

from importlib.util import find_spec

from gum_models import extras


def lacking() -> str:
    """Return how to add the library where it is missing; empty where it is there."""
    if find_spec("llama_cpp"):
        return ""
    return (
        "The llama engine needs its library, which compiles on this machine (a C++ compiler is needed): "
        f"{extras.command('llama')}"
    )
