"""One connection to an X server: requests that may be sent ahead of their answers, and properties."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from gum.errors import DesktopError

GONE = "The display went away while it was being observed."


@contextmanager
def lost_display() -> Iterator[None]:
    """Turn the end of a connection, in whatever form it shows, into DesktopError."""
    from Xlib.error import ConnectionClosedError

    try:
        yield
    except (ConnectionClosedError, OSError) as error:
        raise DesktopError(GONE) from error


class Connection:
    """A connection for one thread at a time; its owner holds the lock.

    Raises DesktopError when there is no display or when it refuses us.
    """

    def __init__(self, name: str | None = None) -> None:
        self.name = name or os.environ.get("DISPLAY", "")
        self.x: Any = _open(self.name)
        self.x.set_error_handler(_ignore)
        self.root: Any = self.x.screen().root
        self.client_bits = ~int(self.x.display.info.resource_id_mask)
        self._has: dict[str, bool] = {}
        self._atoms: dict[str, int] = {}
        self._names: dict[int, str] = {}

    def has(self, extension: str) -> bool:
        if extension not in self._has:
            self._has[extension] = self.x.query_extension(extension) is not None
        return self._has[extension]

    def atom(self, name: str) -> int:
        if name not in self._atoms:
            self._atoms[name] = int(self.x.intern_atom(name))
        return self._atoms[name]

    def atom_name(self, atom: int) -> str:
        if atom not in self._names:
            self._names[atom] = str(self.x.get_atom_name(atom))
        return self._names[atom]

    def window(self, id: int) -> Any:
        return self.x.create_resource_object("window", id)

    def ask(self, request: Any, **fields: Any) -> Any:
        """Send a request without waiting; `answer` waits for what it brings."""
        return request(display=self.x.display, defer=1, **fields)

    def ask_property(self, window: int, name: str, words: int = 4096) -> Any:
        from Xlib import X
        from Xlib.protocol import request

        return self.ask(
            request.GetProperty,
            delete=0,
            window=window,
            property=self.atom(name),
            type=X.AnyPropertyType,
            long_offset=0,
            long_length=words,
        )

    def property(self, window: int, name: str) -> list[int]:
        """Return a property of numbers; empty when it is not there."""
        return numbers(self.ask_property(window, name))

    def owner(self, window: int) -> int:
        """Return what the ids of one client have in common; 0 for the server's own windows."""
        return window & self.client_bits

    def forget_events(self) -> None:
        """Drop the events every client gets unasked, such as changes of the keyboard map."""
        while self.x.pending_events():
            self.x.next_event()

    def close(self) -> None:
        """End the connection; when the server is gone, so is everything there was to close."""
        from Xlib.error import ConnectionClosedError

        with suppress(ConnectionClosedError, OSError):
            self.x.close()


def is_wayland() -> bool:
    return bool(os.environ.get("WAYLAND_DISPLAY"))


def answer(pending: Any) -> Any:
    """Wait for a reply; None when the window is gone by now."""
    from Xlib.error import XError

    try:
        pending.reply()
    except XError:
        return None
    return pending


def numbers(pending: Any) -> list[int]:
    """Wait for a property of numbers; empty when it is not there."""
    reply = answer(pending)
    if reply is None or not reply.property_type:
        return []
    form, value = reply.value
    return [int(item) for item in value] if form == 32 else []


def text(pending: Any) -> str:
    """Wait for a property of text, in UTF-8 or the older Latin-1; empty when it is not there."""
    reply = answer(pending)
    if reply is None or not reply.property_type or reply.value[0] != 8:
        return ""
    value = bytes(reply.value[1])
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _open(name: str) -> Any:
    if not name:
        raise DesktopError(
            "There is no display: the variable DISPLAY is not set. Start this inside a graphical X11 session."
            + (" Wayland alone is not observed; XWayland or an X11 session is." if is_wayland() else "")
        )
    try:
        from Xlib import display, error
    except ImportError as missing:
        raise DesktopError("X11 cannot be used: the package python-xlib is not installed.") from missing
    try:
        return display.Display(f"unix/{name}" if name.startswith(":") else name)  # never over the network unasked
    except (error.DisplayError, error.XauthError, error.ConnectionClosedError, OSError) as refused:
        _let_go(refused)
        raise DesktopError(
            f"The display {name!r} cannot be opened: {refused}. Is the X server running, and may you use it?"
        ) from refused


def _let_go(refused: BaseException | None) -> None:
    """Free the sockets that python-xlib leaves open when it fails; the chain of errors holds them."""
    while refused is not None:
        traceback.clear_frames(refused.__traceback__)
        refused = refused.__context__


def _ignore(*_: object) -> None:
    """Errors of requests without reply concern windows that were closed meanwhile."""
