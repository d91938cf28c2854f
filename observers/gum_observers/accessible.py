"""The text of a window over the accessibility bus; fields for passwords have another role and are never asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

_ACCESSIBLE = "org.a11y.atspi.Accessible"
_SHOWING = 25
_ROOT = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
_BUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus")

Node = tuple[str, str]


class AccessibleTexts:
    """Reads texts from the accessibility bus of one session; None where it cannot.

    Without jeepney, without a bus and of applications that tell nothing, nothing is known.
    """

    def __init__(self, session_bus: str) -> None:
        self._connection: Any = None
        self._lock = threading.Lock()  # a blocking connection is not thread-safe
        try:
            self._connect(session_bus)
        except (ImportError, OSError, KeyError, RuntimeError):
            self._connection = None

    def of(self, pid: int, title: str | None) -> str | None:
        """Return the text shown by the window of this process and title."""
        with self._lock:
            if self._connection is None:
                return None
            try:
                return self._text(pid, title)
            except (OSError, RuntimeError, TimeoutError, IndexError):  # the window went away meanwhile
                return None

    def close(self) -> None:
        """Close the connection; from then on nothing is known."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _connect(self, session_bus: str) -> None:
        from jeepney.io.blocking import open_dbus_connection

        first = open_dbus_connection(session_bus)
        ask = _message(("org.a11y.Bus", "/org/a11y/bus"), "org.a11y.Bus", "GetAddress")
        address = first.send_and_get_reply(ask, timeout=5).body[0]
        first.close()
        self._connection = open_dbus_connection(address)

    def _call(self, node: Node, interface: str, method: str, signature: str | None = None, body: Any = ()) -> Any:
        message = _message(node, interface, method, signature, body)
        reply = self._connection.send_and_get_reply(message, timeout=1.5)
        if reply.header.message_type.name == "error":
            raise RuntimeError(str(reply.body))
        return reply.body

    def _text(self, pid: int, title: str | None) -> str | None:
        for app in self._children(_ROOT):
            if self._call(_BUS, _BUS[0], "GetConnectionUnixProcessID", "s", (app[0],))[0] == pid:
                frames = [frame for frame in self._children(app) if title is None or self._name(frame) == title]
                return "\n".join(text for frame in frames for text in self._walk(frame, 0))
        return None

    def _walk(self, node: Node, depth: int) -> Iterator[str]:
        if depth > 25:
            return
        state = self._call(node, _ACCESSIBLE, "GetState")[0][0]
        if depth and not state >> _SHOWING & 1:
            return
        if self._call(node, _ACCESSIBLE, "GetRoleName")[0] in ("text", "page", "paragraph"):
            text = self._call(node, "org.a11y.atspi.Text", "GetText", "ii", (0, -1))[0]
            if text:
                yield text
        for child in self._children(node):
            yield from self._walk(child, depth + 1)

    def _children(self, node: Node) -> list[Node]:
        return [(name, path) for name, path in self._call(node, _ACCESSIBLE, "GetChildren")[0]]

    def _name(self, node: Node) -> str:
        got = self._call(node, "org.freedesktop.DBus.Properties", "Get", "ss", (_ACCESSIBLE, "Name"))
        return str(got[0][1])


def _message(node: Node, interface: str, method: str, signature: str | None = None, body: Any = ()) -> Any:
    from jeepney import DBusAddress, new_method_call

    return new_method_call(DBusAddress(node[1], node[0], interface), method, signature, body)
