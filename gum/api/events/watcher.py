"""Turns the store's changes, and a change of the daemon's verdict, into events."""

from __future__ import annotations

import logging
import threading
from typing import cast

from gum.api.backend import Backend
from gum.api.events.ring import Ring
from gum.errors import GumError, StoreError
from gum.wire import EventKind, EventView

log = logging.getLogger(__name__)

#: How often the store is asked, with listeners and without; asking is one look into a table in memory.
LISTENED_S = 0.2
UNHEARD_S = 2.0
STATUS_EVERY = 10


class Watcher:
    """A thread that fills a ring while the API is served."""

    def __init__(self, backend: Backend, ring: Ring) -> None:
        self._backend = backend
        self.ring = ring
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="events", daemon=True)
        self._verdict = ""
        self._turns = 0

    def start(self) -> None:
        self._backend.store.changes.watch()
        self._thread.start()

    def stop(self) -> None:
        """End the thread and every stream."""
        self._stop.set()
        self.ring.close()
        if self._thread.ident is not None:
            self._thread.join(2.0)

    def _watch(self) -> None:
        while not self._stop.wait(LISTENED_S if self.ring.listeners else UNHEARD_S):
            try:
                self.look()
            except StoreError:  # the verdict says so; what was missed is told once the store answers again
                continue
            except Exception:  # a fault here must not end the telling of events
                log.exception("events could not be told")

    def look(self) -> None:
        """Tell what has changed since the last look."""
        now = self._backend.clock()
        if self._backend.store.changes.watch():
            self.ring.put([EventView(kind="reset", id=None, change="missed", at=now)])
        changes = self._backend.store.changes.take()
        self.ring.put(
            [EventView(kind=cast("EventKind", one.kind), id=one.id, change=one.change, at=now) for one in changes]
        )
        self._turns += 1
        if self.ring.listeners and self._turns % STATUS_EVERY == 0:
            self._look_at_status()

    def _look_at_status(self) -> None:
        try:
            verdict = str(self._backend.status().verdict)
        except GumError:
            return
        if verdict != self._verdict:
            self._verdict = verdict
            self.ring.put([EventView(kind="status", id=None, change=verdict, at=self._backend.clock())])
