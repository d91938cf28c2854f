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
from gum.records import Rect
from gum_observers.x11_connection import Connection, lost_display

NOBODY_S = 0.05  # for so long no window has the focus when it goes from one to the next
DAMAGE_S = 0.05  # changes of the screen within this time are one event
CURSOR = (24, 48)  # a change no larger than this is a blinking cursor or a ticking clock
GENERIC_EVENT = 35
WHEEL = range(4, 8)


class EventThread:
    """Tells of focus, titles, input and damage as they happen, and counts keys and clicks.

    Which key was pressed is never read.  After 'lost' no further event comes.
    """

    def __init__(self, connection: Connection, publish: Callable[[DesktopEvent], None]) -> None:
        self._x = connection
        self._publish = publish
        self.keys = self.clicks = self.scrolls = 0
        self.last_input = self.stirred = time.monotonic()
        self.lost = False
        self._focus = self._watched = self._active()
        self._timers: dict[str, float] = {}
        self._damaged: Rect | None = None
        self._covers: set[int] = set()
        with lost_display():
            self._select()
            self.counts_input = self._select_input()
            self._damage, self._damage_event = self._select_damage()
            self._watch(self._focus)
            self._x.x.flush()
        self._wake, self._stop = os.pipe()
        self._thread = threading.Thread(target=self._run, name="x11-events", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread; harmless when it has ended by itself."""
        if self._stop >= 0:
            os.write(self._stop, b".")
            self._thread.join()
            os.close(self._stop)
            os.close(self._wake)
            self._stop = -1
            self._x.close()

    # ------------------------------------------------------------------------- asking for events

    def _select(self) -> None:
        from Xlib import X

        self._x.root.change_attributes(event_mask=X.PropertyChangeMask | X.SubstructureNotifyMask)
        self._active_atom = self._x.atom("_NET_ACTIVE_WINDOW")
        self._title_atoms = {self._x.atom("_NET_WM_NAME"), self._x.atom("WM_NAME")}

    def _select_input(self) -> bool:
        """Ask for raw key and button events; version 2.1 and up sends them during other programs' grabs too."""
        from Xlib.error import XError
        from Xlib.ext import xinput

        if not self._x.has(xinput.extname):
            return False
        self._xinput = self._x.x.display.get_extension_major(xinput.extname)
        try:
            xinput.XIQueryVersion(display=self._x.x.display, opcode=self._xinput, major_version=2, minor_version=2)
        except XError:
            return False
        mask = xinput.RawKeyPressMask | xinput.RawButtonPressMask
        self._x.root.xinput_select_events([(xinput.AllMasterDevices, mask)])
        self._raw_key, self._raw_button = xinput.RawKeyPress, xinput.RawButtonPress
        return True

    def _select_damage(self) -> tuple[int, int]:
        """Ask for changes of the screen; return (0, -1) where the server cannot tell."""
        from Xlib.ext import damage

        if not self._x.has(damage.extname):
            return 0, -1
        self._x.x.damage_query_version()
        made = self._x.root.damage_create(damage.DamageReportBoundingBox)
        return int(made), int(self._x.x.query_extension(damage.extname).first_event)

    def _watch(self, window: int) -> None:
        """Be told of title changes of this window, no longer of the one before."""
        from Xlib import X

        if self._watched and self._watched != window:
            self._x.window(self._watched).change_attributes(event_mask=0)
        if window:
            self._x.window(window).change_attributes(event_mask=X.PropertyChangeMask)
        self._watched = window

    # ------------------------------------------------------------------------- the thread

    def _run(self) -> None:
        try:
            with selectors.DefaultSelector() as waiting, lost_display():
                waiting.register(self._x.x.fileno(), selectors.EVENT_READ)
                waiting.register(self._wake, selectors.EVENT_READ)
                self._loop(waiting)
        except DesktopError:
            self.lost = True
            self._tell("lost")

    def _loop(self, waiting: selectors.BaseSelector) -> None:
        while True:
            self._take_all()
            ready = waiting.select(self._patience())
            if any(key.fd == self._wake for key, _ in ready):
                return
            self._ring()

    def _take_all(self) -> None:
        before = self.keys, self.clicks, self.scrolls
        while self._x.x.pending_events():
            self._take(self._x.x.next_event())
        if before != (self.keys, self.clicks, self.scrolls):
            self.last_input = time.monotonic()
            self._tell("input")
        self._x.x.flush()

    def _patience(self) -> float | None:
        return max(0.0, min(self._timers.values()) - time.monotonic()) if self._timers else None

    def _ring(self) -> None:
        """Do what is due: believe that nobody has the focus, or close a batch of damage."""
        now = time.monotonic()
        for name in [name for name, at in self._timers.items() if at <= now]:
            del self._timers[name]
            if name == "nobody":
                self._focus_is(0)
            else:
                self._x.x.damage_subtract(self._damage)
                self._damaged = None

    def _take(self, event: Any) -> None:
        from Xlib import X

        if event.type == GENERIC_EVENT:
            self._count(event)
        elif event.type == self._damage_event:
            self._changed(event.area)
        elif event.type == X.PropertyNotify:
            self._property(event.window.id, event.atom)
        elif event.type in (X.ConfigureNotify, X.MapNotify, X.UnmapNotify):
            self.stirred = time.monotonic()
            self._cover(event)

    def _count(self, event: Any) -> None:
        if not self.counts_input or event.extension != self._xinput:
            return
        if event.evtype == self._raw_key:
            self.keys += 1
        elif event.evtype == self._raw_button:
            button = struct.unpack_from("<I", event.data, 6)[0]  # python-xlib leaves raw events undecoded
            if button in WHEEL:
                self.scrolls += 1
            else:
                self.clicks += 1

    def _changed(self, area: Any) -> None:
        """Tell once a batch, unless the change is as small as a cursor."""
        if self._damaged is None:
            self._damaged = Rect(0, 0, 0, 0)
            self._timers["damage"] = time.monotonic() + DAMAGE_S
        if not _larger(self._damaged) and (area.width > CURSOR[0] or area.height > CURSOR[1]):
            self._damaged = Rect(area.x, area.y, area.width, area.height)
            self._tell("damage")

    def _property(self, window: int, atom: int) -> None:
        if window == self._x.root.id and atom == self._active_atom:
            active = self._active()
            if active:
                self._focus_is(active)
            elif self._focus:
                self._timers.setdefault("nobody", time.monotonic() + NOBODY_S)
        elif window == self._focus and atom in self._title_atoms:
            self._tell("title")

    def _focus_is(self, window: int) -> None:
        self._timers.pop("nobody", None)
        if window != self._focus:
            self._focus = window
            self._watch(window)
            self._tell("focus")

    def _cover(self, event: Any) -> None:
        """A popup as large as a screen comes or goes: that may be the lock screen."""
        from Xlib import X

        id = event.window.id
        if event.type == X.MapNotify and event.override and self._is_large(event.window):
            self._covers.add(id)
            self._tell("focus")
        elif event.type == X.UnmapNotify and id in self._covers:
            self._covers.discard(id)
            self._tell("focus")

    def _is_large(self, window: Any) -> bool:
        from Xlib.error import XError

        try:
            size = window.get_geometry()
        except XError:
            return False
        return bool(size.width >= 640 and size.height >= 480)

    def _active(self) -> int:
        with lost_display():
            return next(iter(self._x.property(self._x.root.id, "_NET_ACTIVE_WINDOW")), 0)

    def _tell(self, kind: str) -> None:
        self._publish(DesktopEvent(kind, datetime.now(UTC)))


def _larger(area: Rect) -> bool:
    return area.width > 0
