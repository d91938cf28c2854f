"""User interfaces that `gumctl` starts by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from gum.client import Client


class Frontend(Protocol):
    """A user interface that `gumctl` can start by name."""

    name: str

    def run(self, client: Client) -> int:
        """Run over the daemon that the client asks until the person leaves; return the exit code."""
        ...
