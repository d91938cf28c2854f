"""The events of an X11 desktop: one thread that sleeps until the server has something to say."""

from __future__ import annotations

import os
import selectors
import struct
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from gum.errors import DesktopError
from gum.protocols import DesktopEvent
from gum.records import InputCounts
from gum_observers.x11_connection import Connection, lost_display, text
from gum_observers.x11_select import Selected

NOBODY_S = 0.05  # between two windows nothing has the focus for a moment
TITLE_S = 0.2  # a title that keeps changing is told of this often
DAMAGE_S = 0.05  # changes of the screen within this time are one event
CURSOR = (24, 48)  # a change no larger than this is a blinking cursor or a ticking clock
LARGE = (640, 480)  # a popup of this size may be a lock screen
WHEEL = range(4, 8)


class EventThread:
    """Tells of focus, titles, input and damage as they happen, and counts keys and clicks.

    Which key was pressed is never read.  After 'lost' no further event comes.
    """

    def __init__(self, display: str, publish: Callable[[DesktopEvent], None]) -> None:
        self._publish = publish
        self.keys = self.clicks = self.scrolls = 0
        self.last_input = self.stirred = time.monotonic()
        self.lost = False
        self._timers: dict[str, float] = {}
        self._damage_told = False
        self._focus, self._title = 0, ""
        self._x = Connection(display)
        with lost_display():
            self._selected = Selected(self._x)
            self._covers = set(self._selected.popups(*LARGE))
            self._focus_is(self._active())
        self._wake, self._stop = os.pipe()
        self._thread = threading.Thread(target=self._run, name="x11-events", daemon=True)
        self._thread.start()

    @property
    def counts_input(self) -> bool:
        return self._selected.raw_key != 0

    def close(self) -> None:
        """End the thread; harmless when it has ended by itself."""
        if self._stop >= 0:
            os.write(self._stop, b".")
            self._thread.join()
            os.close(self._stop)
            os.close(self._wake)
            self._stop = -1
            self._x.close()

    # ------------------------------------------------------------------------- the thread

    def _run(self) -> None:
        try:
            with selectors.DefaultSelector() as waiting, lost_display():
                waiting.register(self._x.x.fileno(), selectors.EVENT_READ)
                waiting.register(self._wake, selectors.EVENT_READ)
                self._loop(waiting)
        except DesktopError:
            self._lose()
        except Exception:
            self._lose()  # whatever ends this thread, no observer may wait for it in vain
            raise

    def _lose(self) -> None:
        self.lost = True
        self._tell("lost")

    def _loop(self, waiting: selectors.BaseSelector) -> None:
        while True:
            self._take_all()
            patience = min(self._timers.values()) - time.monotonic() if self._timers else None
            ready = waiting.select(patience)
            if any(key.fd == self._wake for key, _ in ready):
                return
            self._ring()

    def _take_all(self) -> None:
        """Take every event that is there.  Nothing may be sent after the last look: sending receives too."""
        before = self.keys + self.clicks + self.scrolls
        while self._x.x.pending_events():
            self._take(self._x.x.next_event())
        if before != self.keys + self.clicks + self.scrolls:
            self.last_input = time.monotonic()
            self._tell("input")

    def _ring(self) -> None:
        """Do what is due."""
        now = time.monotonic()
        for name in [name for name, at in self._timers.items() if at <= now]:
            del self._timers[name]
            if name == "nobody":
                self._focus_is(0)
            elif name == "title":
                self._look_at_title()
            else:
                self._damage_told = False
                self._selected.subtract_damage()

    def _take(self, event: Any) -> None:
        from Xlib import X

        selected = self._selected
        if event.type == selected.generic:
            self._count(event)
        elif event.type == selected.damage_event:
            self._changed(event.area)
        elif event.type == X.PropertyNotify:
            self._property(event.window.id, event.atom)
        elif event.type in (X.ConfigureNotify, X.MapNotify, X.UnmapNotify):
            self.stirred = time.monotonic()
            self._cover(event)

    def _count(self, event: Any) -> None:
        if event.extension != self._selected.xinput:
            return
        if event.evtype == self._selected.raw_key:
            self.keys += 1
        elif event.evtype == self._selected.raw_button:
            (button,) = struct.unpack_from("<I", event.data, 6)  # python-xlib leaves raw events undecoded
            if button in WHEEL:
                self.scrolls += 1
            else:
                self.clicks += 1

    def _changed(self, area: Any) -> None:
        """Tell once a batch; `area` grows with each event of a batch."""
        self._timers.setdefault("damage", time.monotonic() + DAMAGE_S)
        if not self._damage_told and (area.width > CURSOR[0] or area.height > CURSOR[1]):
            self._damage_told = True
            self._tell("damage")

    def _property(self, window: int, atom: int) -> None:
        if window == self._x.root.id and atom in self._selected.focus_atoms:
            active = self._active()
            if active:
                self._focus_is(active)
            elif self._focus:
                self._timers.setdefault("nobody", time.monotonic() + NOBODY_S)
        elif window == self._focus and atom in self._selected.title_atoms and "title" not in self._timers:
            self._look_at_title()

    def _focus_is(self, window: int) -> None:
        """Follow the focus; a new window may have got the id of the one before, so it is watched in any case."""
        self._timers.pop("nobody", None)
        self._selected.watch(self._focus, window)
        if window == self._focus:
            self._look_at_title()
        else:
            self._focus, self._title = window, self._title_of(window)
            self._tell("focus")

    def _look_at_title(self) -> None:
        title = self._title_of(self._focus)
        if title != self._title:
            self._title = title
            self._timers["title"] = time.monotonic() + TITLE_S
            self._tell("title")

    def _cover(self, event: Any) -> None:
        """A popup as large as a screen that comes or goes may be the lock screen."""
        from Xlib import X

        id = int(event.window.id)
        if event.type == X.MapNotify and event.override and id in self._selected.popups(*LARGE):
            self._covers.add(id)
            self._tell("focus")
        elif event.type == X.UnmapNotify and id in self._covers:
            self._covers.discard(id)
            self._tell("focus")

    def _active(self) -> int:
        """Return the active window; some window managers go on naming one that was closed."""
        windows = self._x.property(self._x.root.id, "_NET_CLIENT_LIST")
        return next((id for id in self._x.property(self._x.root.id, "_NET_ACTIVE_WINDOW") if id in windows), 0)

    def _title_of(self, window: int) -> str:
        if not window:
            return ""
        return text(self._x.ask_property(window, "_NET_WM_NAME")) or text(self._x.ask_property(window, "WM_NAME"))

    def _tell(self, kind: str) -> None:
        counts = InputCounts(self.keys, self.clicks, self.scrolls)
        self._publish(DesktopEvent(kind, datetime.now(UTC), counts))
