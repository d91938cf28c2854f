"""The X11 desktop: events, windows and pixels of the display that DISPLAY names."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime

from gum.errors import DesktopError
from gum.protocols import DesktopEvent, Excluded, Snapshot
from gum.records import Frame, InputCounts, Monitor, Rect, Window
from gum_observers.mask import black_out, contains, excluded_ids, hidden_regions
from gum_observers.x11_connection import GONE, Connection, is_wayland, lost_display
from gum_observers.x11_events import EventThread
from gum_observers.x11_look import Look, Looker
from gum_observers.x11_pixels import Grabber

COMPOSITOR_LAG_S = 0.3  # for so long a compositor may still show where a window was
HID_S = 2.0  # for so long an excluded window that was seen may still be shown
REFUSALS = 20  # so many grabs in a row may fail, as they do amid a change of monitors


class X11Desktop:
    """Observes an X11 display; safe to use from several threads.

    Raises DesktopError when there is no display, and from every method once the display went away.
    """

    name = "x11"

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._receivers: list[Callable[[DesktopEvent], None]] = []
        self._refused = 0
        self._hid_at = -math.inf
        with ExitStack() as undo:
            self._x = Connection()
            undo.callback(self._x.close)
            with lost_display():
                self._looker = Looker(self._x)
                self._grabber = Grabber(self._x.name, tuple(self._looker.monitors()))
            undo.callback(self._grabber.close)
            self._events = EventThread(self._x.name, self._publish)
            undo.pop_all()

    # ------------------------------------------------------------------------- events

    def subscribe(self, receive: Callable[[DesktopEvent], None]) -> Callable[[], None]:
        """Call `receive`, from the event thread, on each event; return a function that ends it."""
        with self._lock:
            if self._events.lost:
                raise DesktopError(GONE)
            self._receivers.append(receive)

        def end() -> None:
            with self._lock, suppress(ValueError):
                self._receivers.remove(receive)

        return end

    def _publish(self, event: DesktopEvent) -> None:
        for receive in tuple(self._receivers):
            receive(event)

    # ------------------------------------------------------------------------- looking

    def missing(self) -> list[str]:
        """Return a sentence for each thing this display does not offer."""
        with self._reading():
            told = {
                "No window manager that follows EWMH is running: focus and titles are unknown.": self._managed(),
                "The X server lacks XInput 2: keys and clicks are not counted.": self._events.counts_input,
                "The X server lacks DAMAGE: changes of the screen are noticed at the heartbeat only.": self._x.has(
                    "DAMAGE"
                ),
                "The X server lacks MIT-SCREEN-SAVER: idle time is taken from counted input.": self._x.has(
                    "MIT-SCREEN-SAVER"
                ),
            }
        sentences = [sentence for sentence, present in told.items() if not present]
        if is_wayland():
            sentences.append(
                "This is a Wayland session: only windows of X11 programs are seen. Log in to an X11 session to see all."
            )
        return sentences

    def _managed(self) -> bool:
        """Say whether a window manager runs: the window it names must name itself, which a dead one's does not."""
        named = self._x.property(self._x.root.id, "_NET_SUPPORTING_WM_CHECK")
        return bool(named) and self._x.property(named[0], "_NET_SUPPORTING_WM_CHECK") == named

    def monitors(self) -> list[Monitor]:
        with self._reading():
            return self._looker.monitors()

    def windows(self) -> list[Window]:
        with self._reading():
            return list(self._looker.look().windows)

    def active(self) -> Window | None:
        with self._reading():
            return self._looker.look().active_window

    def input_counts(self) -> InputCounts:
        """Return the counts since the desktop was opened and the seconds since the last input."""
        events = self._events
        with self._reading():
            if self._x.has("MIT-SCREEN-SAVER"):
                idle = self._x.root.screensaver_query_info().idle / 1000
            else:
                idle = time.monotonic() - events.last_input
        return InputCounts(events.keys, events.clicks, events.scrolls, idle)

    def look(self, excluded: Excluded) -> Snapshot:
        with self._reading():
            look = self._looker.look()
            return _snapshot(look, self._hidden(look, excluded), ())

    def snapshot(self, excluded: Excluded) -> Snapshot | None:
        with self._reading():
            before = self._looker.look()
            hidden = self._hidden(before, excluded)
            if before.locked:
                return _snapshot(before, hidden, ())
            regions = hidden_regions(before.surfaces, hidden, self._looker.opaque)
            if self._may_lag():
                return None
            grabbed = [(monitor, self._grab(monitor.rect, before.monitors)) for monitor in _distinct(before.monitors)]
            if self._looker.look() != before:
                return None
        frames = []
        for monitor, pixels in grabbed:
            if pixels is None:
                return None
            black_out(pixels, monitor.rect, regions)
            frames.append(Frame(monitor.rect, bytes(pixels), monitor.scale, monitor.name))
        return _snapshot(before, hidden, tuple(frames))

    def close(self) -> None:
        """End the event thread and both connections; harmless when called twice."""
        self._events.close()
        with self._lock:
            self._grabber.close()
            self._x.close()

    # ------------------------------------------------------------------------- inside

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock:
            if self._events.lost:
                raise DesktopError(GONE)
            with lost_display():
                self._x.forget_events()
                yield

    def _grab(self, area: Rect, monitors: tuple[Monitor, ...]) -> bytearray | None:
        pixels = self._grabber.grab(area, monitors)
        self._refused = self._refused + 1 if pixels is None else 0
        if self._refused > REFUSALS:
            raise DesktopError("The X server refuses to let the screen be grabbed.")
        return pixels

    def _hidden(self, look: Look, excluded: Excluded) -> set[int]:
        hidden = excluded_ids(look.surfaces, excluded)
        if any(surface.visible and surface.window.id in hidden for surface in look.surfaces):
            self._hid_at = time.monotonic()
        return hidden

    def _may_lag(self) -> bool:
        """Say whether a compositor may still be drawing an excluded window where it no longer is."""
        now = time.monotonic()
        if now - self._hid_at > HID_S or now - self._events.stirred > COMPOSITOR_LAG_S:
            return False
        return bool(self._x.x.get_selection_owner(self._x.atom("_NET_WM_CM_S0")))


def _snapshot(look: Look, hidden: set[int], frames: tuple[Frame, ...]) -> Snapshot:
    windows = tuple(window for window in look.windows if window.id not in hidden)
    return Snapshot(
        taken_at=datetime.now(UTC),
        windows=windows,
        active=next((window for window in windows if window.id == look.active), None),
        frames=frames,
        active_excluded=look.active in hidden,
        locked=look.locked,
    )


def _distinct(monitors: tuple[Monitor, ...]) -> list[Monitor]:
    """Leave out monitors that mirror (a part of) another."""
    kept: list[Monitor] = []
    for monitor in sorted(monitors, key=lambda item: -item.rect.width * item.rect.height):
        if not any(contains(other.rect, monitor.rect) for other in kept):
            kept.append(monitor)
    return sorted(kept, key=lambda item: (item.rect.x, item.rect.y))
