"""A daemon in a process of its own, ended whatever happens."""

from __future__ import annotations

from tests.daemon.conftest import daemon

__all__ = ["daemon"]
