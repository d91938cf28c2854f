"""Popups on an X11 screen: small windows that take no focus, drawn by us, in a thread and over a connection of its own.

Each says by its type that it is a notification, so that no observer reads it.  A click closes it, or does what the
button under it says; the other button of the mouse only closes.
"""

from __future__ import annotations

import logging
import os
import queue
import select
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, ClassVar

from gum.errors import DesktopError
from gum.records import Rect
from gum_observers.popup_drawing import Drawn, draw
from gum_observers.x11_connection import Connection, lost_display
from gum_observers.x11_look import Looker

log = logging.getLogger(__name__)

APP = "gum-desktop"
DEFAULT = "default"
_MARGIN = 12
_LONGEST_S = 3600.0
_LEFT = 1


@dataclass(frozen=True, slots=True)
class Popup:
    """What a popup says; `lasts_s` 0 leaves it until it is clicked."""

    id: int
    title: str
    text: str
    actions: tuple[tuple[str, str], ...] = ()
    lasts_s: float = 10.0
    urgent: bool = False


@dataclass(slots=True)
class _Placed:
    """A popup with its window, None while there is no room for it, and when it ends."""

    popup: Popup
    drawn: Drawn
    window: Any = None
    ends: float | None = None
    place: Rect = field(default_factory=lambda: Rect(0, 0, 0, 0))


class Popups:
    """The popups of one display.  `ended` is told of each what came of it: one of the words below, or an action."""

    EXPIRED: ClassVar[str] = "\0expired"
    DISMISSED: ClassVar[str] = "\0dismissed"
    LOST: ClassVar[str] = "\0lost"

    def __init__(self, ended: Callable[[int, str], None]) -> None:
        self._ended = ended
        self._commands: queue.SimpleQueue[Popup | int | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._opening = threading.Lock()
        self._heard, self._said = os.pipe()
        os.set_blocking(self._said, False)

    def open(self) -> None:
        """Be ready to show.  Raises DesktopError where there is no display."""
        with self._opening:
            if self._thread is None or not self._thread.is_alive():
                screen = _Screen(Connection(), self._ended)
                self._thread = threading.Thread(target=self._run, args=(screen,), name="popups", daemon=True)
                self._thread.start()

    def show(self, popup: Popup) -> None:
        """Show one, in the place of that of the same id.  Raises DesktopError."""
        self.open()
        self._tell(popup)

    def hide(self, id: int) -> None:
        """Take one off the screen, where it is; nobody is told."""
        if self._thread is not None and self._thread.is_alive():
            self._tell(id)

    def close(self) -> None:
        """Take all off the screen; nobody is told."""
        with self._opening:
            thread, self._thread = self._thread, None
        if thread is not None and thread.is_alive():
            self._tell(None)
            if thread is not threading.current_thread():
                thread.join(2)

    def _tell(self, command: Popup | int | None) -> None:
        self._commands.put(command)
        with suppress(BlockingIOError):  # it is awake already
            os.write(self._said, b"x")

    def _run(self, screen: _Screen) -> None:
        try:
            with lost_display():
                while self._obeyed(screen):
                    screen.step()
                    select.select([screen.fileno(), self._heard], [], [], screen.pause())
        except DesktopError as error:
            log.info("popups ended: %s", error)
            screen.lost()
        except Exception:  # what was to be shown must not be lost with this thread
            log.exception("popups failed")
            screen.lost()
        finally:
            screen.close()

    def _obeyed(self, screen: _Screen) -> bool:
        """Do what was asked for; return whether to go on."""
        if select.select([self._heard], [], [], 0)[0]:
            os.read(self._heard, 4096)
        while True:
            try:
                command = self._commands.get_nowait()
            except queue.Empty:
                return True
            if command is None:
                return False
            if isinstance(command, Popup):
                screen.put(command)
            else:
                screen.take(command)


class _Screen:
    """The popups as windows; used by one thread."""

    def __init__(self, connection: Connection, ended: Callable[[int, str], None]) -> None:
        self._x = connection
        self._ended = ended
        with lost_display():
            monitor = Looker(connection).monitors()[0]
        self._area, self._scale = monitor.rect, monitor.scale
        self._open: OrderedDict[int, _Placed] = OrderedDict()

    def fileno(self) -> int:
        return int(self._x.x.fileno())

    def pause(self) -> float | None:
        """Return how long there is nothing to do: no event was read with an answer, and nothing ends by itself."""
        if self._x.x.pending_events():
            return 0.0
        ends = [one.ends for one in self._open.values() if one.ends is not None]
        return max(0.0, min(ends) - time.monotonic()) if ends else None

    def put(self, popup: Popup) -> None:
        self.take(popup.id)
        buttons = tuple(label for key, label in popup.actions if key != DEFAULT)
        self._open[popup.id] = _Placed(popup, draw(popup.title, popup.text, buttons, popup.urgent, self._scale))

    def take(self, id: int) -> None:
        placed = self._open.pop(id, None)
        if placed is not None and placed.window is not None:
            placed.window.destroy()

    def step(self) -> None:
        """Do what events and time ask for, and lay out what is left."""
        while self._x.x.pending_events():
            self._happened(self._x.x.next_event())
        now = time.monotonic()
        for id in [id for id, one in self._open.items() if one.ends is not None and one.ends <= now]:
            self._end(id, Popups.EXPIRED)
        self._lay_out()
        self._x.x.flush()

    def lost(self) -> None:
        """Say of all that they are not on the screen any longer."""
        for id in list(self._open):
            del self._open[id]
            self._ended(id, Popups.LOST)

    def close(self) -> None:
        self._x.close()

    def _happened(self, event: Any) -> None:
        from Xlib import X

        if event.type != X.ButtonRelease:
            return
        found = [one for one in self._open.values() if one.window is not None and one.window.id == event.window.id]
        for placed in found:
            self._end(placed.popup.id, _meant(placed, event))

    def _end(self, id: int, what: str) -> None:
        self.take(id)
        self._ended(id, what)

    def _lay_out(self) -> None:
        """Stack them from the top right corner downwards; what has no room waits."""
        margin = round(_MARGIN * self._scale)
        top = self._area.y + margin
        for placed in self._open.values():
            width, height = placed.drawn.image.size
            place = Rect(self._area.x + self._area.width - width - margin, top, width, height)
            if top > self._area.y + margin and top + height > self._area.y + self._area.height:
                break
            if placed.window is None:
                placed.window = self._window(placed, place)
                lasts = min(placed.popup.lasts_s, _LONGEST_S)
                placed.ends = time.monotonic() + lasts if lasts else None
            elif place != placed.place:
                placed.window.configure(x=place.x, y=place.y)
            placed.place = place
            top += height + margin

    def _window(self, placed: _Placed, place: Rect) -> Any:
        from Xlib import X, Xatom

        screen = self._x.x.screen()
        window = self._x.root.create_window(
            *(place.x, place.y, place.width, place.height, 0, screen.root_depth),
            override_redirect=1,
            event_mask=X.ButtonPressMask | X.ButtonReleaseMask,
        )
        kind = [self._x.atom("_NET_WM_WINDOW_TYPE_NOTIFICATION")]
        window.change_property(self._x.atom("_NET_WM_WINDOW_TYPE"), Xatom.ATOM, 32, kind)
        window.change_property(self._x.atom("_NET_WM_PID"), Xatom.CARDINAL, 32, [os.getpid()])
        window.set_wm_class(APP, APP)
        pixels = window.create_pixmap(place.width, place.height, screen.root_depth)
        context = pixels.create_gc()
        pixels.put_pil_image(context, 0, 0, placed.drawn.image)
        window.change_attributes(background_pixmap=pixels)
        context.free()
        pixels.free()
        window.map()
        window.configure(stack_mode=X.Above)
        return window


def _meant(placed: _Placed, event: Any) -> str:
    """Return the action that a click chose, or that it only closes."""
    if event.detail != _LEFT:
        return Popups.DISMISSED
    keys = [key for key, _ in placed.popup.actions if key != DEFAULT]
    for key, (left, top, right, bottom) in zip(keys, placed.drawn.buttons, strict=True):
        if left <= event.event_x < right and top <= event.event_y < bottom:
            return key
    return DEFAULT if any(key == DEFAULT for key, _ in placed.popup.actions) else Popups.DISMISSED
