"""Keeps at most one child: started when it is needed, again after a death, ended when nothing was asked for a while."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass

import psutil

from gum.protocols import WorkerState
from gum_models.apart.child import Child, ChildDiedError


@dataclass(slots=True)
class Health:
    """How the process has fared: starts, deaths, and the last thing that went wrong."""

    starts: int = 0
    deaths: int = 0
    trouble: str = ""


class Keeper:
    """Who asks the child holds `turn` meanwhile; `make` starts one, `greet` hears its first words and may raise."""

    def __init__(self, make: Callable[[], Child], greet: Callable[[Child], None], idle_s: float) -> None:
        self.turn = threading.Lock()
        self.health = Health()
        self.closed = False
        self._make, self._greet, self._idle_s = make, greet, idle_s
        self._child: Child | None = None
        self._state = threading.Lock()
        self._idle: threading.Timer | None = None

    @property
    def child(self) -> Child | None:
        return self._child

    @property
    def pid(self) -> int | None:
        """The child's process, None when none runs."""
        child = self._child
        return child.pid if child is not None else None

    def memory_bytes(self) -> int:
        """Return how much memory the child holds, 0 when none runs."""
        pid = self.pid
        with contextlib.suppress(psutil.Error):
            return int(psutil.Process(pid).memory_info().rss) if pid else 0
        return 0

    def state(self) -> WorkerState:
        """Return how the child is and how it has fared."""
        health = self.health
        return WorkerState(self.pid, self.memory_bytes(), health.starts, health.deaths, health.trouble)

    def started(self) -> Child:
        """Return the child, a new one where none lives.  Raises what `greet` raises, and OSError."""
        with self._state:
            if self._idle is not None:
                self._idle.cancel()
            child = self._child
        if child is not None and child.lives():
            return child
        if child is not None and not child.ended:  # it died while nothing was asked
            self.died(child, child.died())
        self.health.starts += 1
        child = self._make()
        with self._state:
            self._child = child
        try:
            if self.closed:
                raise ChildDiedError("It is being put away.")
            self._greet(child)
        except BaseException:
            self._forget(child)
            child.end()
            raise
        return child

    def died(self, child: Child, error: ChildDiedError) -> None:
        """Hear that a child ended by itself."""
        self.health.deaths += 1
        self.health.trouble = str(error)
        self._forget(child)
        child.end()

    def rest(self) -> None:
        """Hear that nothing is asked for now: the child ends when that lasts."""
        if self.closed:
            return
        with self._state:
            if self._idle is not None:
                self._idle.cancel()
            self._idle = threading.Timer(self._idle_s, self.unload)
            self._idle.daemon = True
            self._idle.start()

    def stop(self) -> None:
        """End the child and give its memory back; harmless when none runs."""
        with self._state:
            child, self._child = self._child, None
            if self._idle is not None:
                self._idle.cancel()
        if child is not None:
            child.end()

    def close(self) -> None:
        """End the child for good."""
        self.closed = True
        self.stop()

    def _forget(self, child: Child) -> None:
        with self._state:
            if self._child is child:
                self._child = None

    def unload(self) -> None:
        """End the child unless it is at work."""
        if self.turn.acquire(blocking=False):
            try:
                self.stop()
            finally:
                self.turn.release()
