"""User interfaces that `gumctl` starts by name."""

from __future__ import annotations

from typing import Protocol


class Frontend(Protocol):
    """A user interface that `gumctl` can start by name."""

    name: str

    def run(self, url: str, token: str) -> int:
        """Run until the person leaves; return the exit code."""
        ...
