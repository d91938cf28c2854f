"""Observes the desktop notifications of other programs (freedesktop.org), as a monitor of the session's D-Bus."""

from __future__ import annotations

import html
import os
import re
import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from gum.errors import GumError
from gum.protocols import ObserverContext, Stop
from gum.records import Capture, Rect, Trust, Window

OURS = "gum-desktop"
STOP_S = 0.5
LONGEST = 2000
URGENCIES = ("low", "normal", "critical")
_INTERFACE = "org.freedesktop.Notifications"
_SIGNATURE = "susssasa{sv}i"
_TAG = re.compile(r"</?(?:b|i|u|a|img)\b[^<>]*>", re.I)
_NOWHERE = Rect(0, 0, 0, 0)


class NotificationsObserver:
    """Yields each notification as an untrusted text; off unless it is named in `capture.observers`.

    Programs and titles on the exclusion list are left out, and so is what this program shows itself.  The source of a
    capture ends with the urgency.  A monitor sees; it can hold nothing back.
    """

    name = "notifications"

    def __init__(self, context: ObserverContext) -> None:
        self._excluded = context.excluded
        self._now = context.now

    def captures(self, stop: Stop) -> Iterator[Capture]:
        """Yield captures until `stop` is set.  Raises GumError where there is no session bus to be watched."""
        connection = _monitor()
        try:
            while not stop.is_set():
                try:
                    message = connection.receive(timeout=STOP_S)
                except TimeoutError:
                    continue
                except (OSError, EOFError) as error:
                    raise GumError("The session bus went away while its notifications were watched.") from error
                if message.header.fields.get(_SIGNATURE_FIELD) == _SIGNATURE:
                    capture = self._capture(message.body)
                    if capture is not None:
                        yield capture
        finally:
            connection.close()

    def _capture(self, body: tuple[Any, ...]) -> Capture | None:
        names, summary = names_of(body), str(body[3])
        if OURS in names or any(self._excluded(Window(0, one, summary, None, _NOWHERE, _NOWHERE)) for one in names):
            return None
        return capture_of(body, self._now())


def capture_of(body: tuple[Any, ...], at: datetime) -> Capture:
    """Return what may be kept of a call of Notify, as an untrusted text."""
    return Capture(
        NotificationsObserver.name,
        "text",
        at,
        app=str(body[0])[:LONGEST],
        title=_plain(str(body[3])),
        text=_plain(str(body[4])) or _plain(str(body[3])),
        trust=Trust.UNTRUSTED,
        source=f"notification:{uuid.uuid4()}:{urgency_of(body)}",
    )


def names_of(body: tuple[Any, ...]) -> frozenset[str]:
    """Return the names by which the program of a call of Notify goes."""
    return frozenset({str(body[0]), str(_hint(body[6], "desktop-entry") or body[0])})


def urgency_of(body: tuple[Any, ...]) -> str:
    urgency = _hint(body[6], "urgency")
    return URGENCIES[urgency] if isinstance(urgency, int) and 0 <= urgency < len(URGENCIES) else "normal"


_SIGNATURE_FIELD = 8  # jeepney.HeaderFields.signature


def _monitor() -> Any:
    """Return a connection that sees every call of Notify.  Raises GumError."""
    from jeepney import DBusAddress, MatchRule, MessageType, new_method_call
    from jeepney.io.blocking import open_dbus_connection

    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        raise GumError("There is no session bus, so notifications cannot be observed.")
    try:
        connection = open_dbus_connection("SESSION")
        bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus.Monitoring")
        rule = MatchRule(type="method_call", interface=_INTERFACE, member="Notify")
        asked = new_method_call(bus, "BecomeMonitor", "asu", ([rule.serialise()], 0))
        reply = connection.send_and_get_reply(asked, timeout=5)
    except (OSError, KeyError, ValueError) as error:
        raise GumError("The session bus cannot be reached, so notifications cannot be observed.") from error
    if reply.header.message_type is MessageType.error:
        connection.close()
        raise GumError("The session bus lets nobody watch it, so notifications cannot be observed.")
    return connection


def _hint(hints: dict[str, tuple[str, Any]], name: str) -> Any:
    return hints.get(name, ("", None))[1]


def _plain(text: str) -> str:
    """Return a text without the markup that the specification allows."""
    return html.unescape(_TAG.sub("", text)).strip()[:LONGEST]
