"""What happened, as it happens."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from gum.wire.base import Wire

__all__ = ["EventKind", "EventView"]

EventKind = Literal["observation", "episode", "proposition", "suggestion", "status", "reset"]


class EventView(Wire):
    """One change: of which kind of record, its id, what became of it, and when that was told; never content.

    `reset` means that events were missed, since the daemon restarted or the listener was away for too long: what was
    read before must be read again.  A `status` carries the new verdict as its change, and no id.
    """

    kind: EventKind
    id: int | None
    change: str
    at: datetime
