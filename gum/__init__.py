"""A model of the person at this computer, made and kept on this computer only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gum.query import Gum as Gum

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name == "Gum":  # on first use: most who import the package need none of what it brings
        from gum.query import Gum

        return Gum
    raise AttributeError(f"module 'gum' has no attribute {name!r}")
