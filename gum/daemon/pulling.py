"""One model on its way here: how far it is, how fast it comes, and stopping it."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from gum.errors import EngineInterruptedError
from gum.protocols import Offer
from gum.wire import PullState, PullView

SPEED_S = 5.0
"""Speed is told over the last so many seconds, so that it follows a line that grows slow or stalls."""

APART_S = 0.1
"""Moments that are kept for it are no closer than this."""

SURE_S = 1.0
"""After less than this there is no telling: what stood in a buffer comes at once."""

DAEMON_ENDS = "The daemon was stopped; what was got so far is kept."
STOPPED = "What was got so far is kept, and getting it again goes on from there."


class Pull:
    """Hears how far each of the model's files is; files that are here already count as well."""

    def __init__(self, engine: str, offer: Offer, ticks: Callable[[], float] = time.monotonic) -> None:
        self.engine = engine
        self.offer = offer
        self.state: PullState = "running"
        self.detail = ""
        self._ticks = ticks
        self._lock = threading.Lock()
        self._file = ""
        self._files: dict[str, tuple[int, int]] = {}
        self._came = 0
        self._seen: deque[tuple[float, int]] = deque()

    @property
    def going(self) -> bool:
        """Whether a thread is still at it."""
        return self.state in {"running", "stopping"}

    def take(self, file: str, done: int, total: int) -> None:
        """Hear how far a file is.  Raises EngineInterruptedError once it was stopped."""
        if self.state == "stopping":
            raise EngineInterruptedError(STOPPED)
        with self._lock:
            before, _ = self._files.get(file, (done, total))  # what an earlier try got of it did not come now
            self._came += max(0, done - before)
            self._file, self._files[file] = file, (done, total)
            now = self._ticks()
            if self._seen and now - self._seen[-1][0] >= SPEED_S:  # it had stalled
                self._seen.clear()
            if not self._seen or now - self._seen[-1][0] >= APART_S:
                self._seen.append((now, self._came))

    def stop(self) -> None:
        """End it with what comes next."""
        if self.state == "running":
            self.state = "stopping"

    def end(self, state: PullState, detail: str = "") -> None:
        """Tell how it ended."""
        self.detail = detail
        self.state = state

    def view(self) -> PullView:
        """Return how it stands at this moment."""
        with self._lock:
            done, speed = self._done(), self._speed() if self.state == "running" else 0.0
            total = max(self.offer.bytes, sum(of for _, of in self._files.values()))
        return PullView(
            name=self.offer.name,
            title=self.offer.title,
            engine=self.engine,
            state=self.state,
            file=self._file,
            done_bytes=done,
            total_bytes=total,
            bytes_per_s=round(speed, 1),
            left_s=round((total - done) / speed, 1) if speed > 0 else None,
            detail=self.detail,
        )

    def _done(self) -> int:
        return sum(done for done, _ in self._files.values())

    def _speed(self) -> float:
        now = self._ticks()
        while len(self._seen) > 1 and now - self._seen[1][0] >= SPEED_S:
            self._seen.popleft()
        if not self._seen or now - self._seen[-1][0] >= SPEED_S:
            return 0.0
        (since, before), (_, done) = self._seen[0], self._seen[-1]
        return (done - before) / (now - since) if now - since >= SURE_S else 0.0
