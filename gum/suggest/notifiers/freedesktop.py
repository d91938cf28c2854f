"""Desktop notifications as freedesktop.org specifies them, over the session's D-Bus.

A notification is one line with Accept, Later and Dismiss; it takes no focus.  Text in it is escaped where the server
reads markup, for it may repeat what was on screen.
"""

from __future__ import annotations

import html
import logging
import os
import queue
import threading
from typing import TYPE_CHECKING, Any

from gum.errors import DesktopError
from gum.protocols import Answer

if TYPE_CHECKING:
    from jeepney.io.threading import DBusRouter

log = logging.getLogger(__name__)

APP = "gum-desktop"
LONGEST = 140
ACTIONS = ("accept", "Accept", "later", "Later", "dismiss", "Dismiss")
REPLY_S = 3.0
_NAME = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_LASTS_MS = 20_000
_END = object()


class FreedesktopNotifier:
    """Tells over one connection to the session bus; answers come in a thread of its own."""

    name = "freedesktop"

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._router: DBusRouter | None = None
        self._connection: Any = None
        self._capabilities: frozenset[str] = frozenset()
        self._server = ""
        self._told: dict[int, int] = {}
        self._signals: queue.Queue[Any] = queue.Queue()
        self._lock = threading.Lock()

    def tell(self, suggestion: int, title: str) -> None:
        """Show a suggestion with its three answers.  Raises DesktopError where nothing can be shown."""
        with self._lock:
            actions = list(ACTIONS) if "actions" in self._open() else []
            body = title if actions else f"{title} (gumctl suggestions)"
            self._told[self._notify("A suggestion", body, actions)] = suggestion

    def say(self, title: str, line: str) -> None:
        """Show a line that asks for nothing.  Raises DesktopError."""
        with self._lock:
            self._open()
            self._notify(title, line, [])

    def withdraw(self, suggestion: int) -> None:
        """Take a suggestion off the screen, where it still is."""
        with self._lock:
            for shown in [id for id, told in self._told.items() if told == suggestion]:
                del self._told[shown]
                try:
                    self._call("CloseNotification", "u", (shown,))
                except DesktopError:
                    log.info("a notification could not be taken back")

    def close(self) -> None:
        """End; what is on screen stays."""
        with self._lock:
            self._drop()

    # ------------------------------------------------------------------ the bus

    def _open(self) -> frozenset[str]:
        """Return what the server can do, connecting first where needed."""
        if self._router is None:
            self._connect()
        return self._capabilities

    def _connect(self) -> None:
        try:
            from jeepney import MatchRule, message_bus
            from jeepney.io.threading import DBusRouter, open_dbus_connection

            if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
                raise DesktopError("There is no session bus, so nothing is shown on the desktop.")
            self._connection = open_dbus_connection(bus="SESSION")
            self._router = DBusRouter(self._connection)
            rule = MatchRule(type="signal", interface=_NAME, path=_PATH)
            self._router.send_and_get_reply(message_bus.AddMatch(rule), timeout=REPLY_S)
            self._signals = queue.Queue()
            self._router.filter(rule, queue=self._signals)
            self._capabilities = frozenset(self._call("GetCapabilities")[0])
        except (ImportError, OSError, KeyError, ValueError) as error:
            self._drop()
            raise DesktopError("The session bus cannot be reached, so nothing is shown on the desktop.") from error
        except DesktopError:
            self._drop()
            raise
        threading.Thread(target=self._listen, args=(self._signals,), name="notification answers", daemon=True).start()

    def _notify(self, title: str, body: str, actions: list[str]) -> int:
        words = " ".join(body.split())
        short = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
        text = html.escape(short, quote=False) if "body-markup" in self._capabilities else short
        hints = {"urgency": ("y", 1), "desktop-entry": ("s", APP), "category": ("s", "presence")}
        shown = self._call("Notify", "susssasa{sv}i", (APP, 0, "", title, text, actions, hints, _LASTS_MS))[0]
        self._server = self._owner()
        return int(shown)

    def _owner(self) -> str:
        """Return the server's own name on the bus; what others send in its place is no answer."""
        from jeepney import message_bus

        assert self._router is not None
        return str(self._router.send_and_get_reply(message_bus.GetNameOwner(_NAME), timeout=REPLY_S).body[0])

    def _call(self, method: str, signature: str | None = None, body: tuple[Any, ...] = ()) -> tuple[Any, ...]:
        from jeepney import DBusAddress, MessageType, new_method_call
        from jeepney.io.common import RouterClosed

        if self._router is None:
            raise DesktopError("There is no connection to the session bus.")
        message = new_method_call(DBusAddress(_PATH, _NAME, _NAME), method, signature, body)
        try:
            reply = self._router.send_and_get_reply(message, timeout=REPLY_S)
        except (OSError, RouterClosed) as error:  # a time-out is an OSError
            self._drop()
            raise DesktopError("The notification server does not answer.") from error
        if reply.header.message_type is MessageType.error:
            self._drop()
            raise DesktopError("There is no notification server, so nothing is shown on the desktop.")
        return tuple(reply.body)

    def _listen(self, signals: queue.Queue[Any]) -> None:
        """Turn the server's signals into answers until the connection ends."""
        while (signal := signals.get()) is not _END:
            member, sender = (signal.header.fields.get(name) for name in (_MEMBER, _SENDER))
            with self._lock:
                genuine = sender == self._server
            if not genuine:
                continue
            if member == "ActionInvoked":
                self._answered(int(signal.body[0]), str(signal.body[1]))
            elif member == "NotificationClosed":
                with self._lock:
                    self._told.pop(int(signal.body[0]), None)

    def _answered(self, shown: int, said: str) -> None:
        with self._lock:
            suggestion = self._told.pop(shown, None)
        if suggestion is not None and said in ACTIONS[::2]:
            self._answer(suggestion, said)

    def _drop(self) -> None:
        self._signals.put(_END)
        router, connection = self._router, self._connection
        self._router = self._connection = None
        if router is not None:
            router.close()
        if connection is not None:
            connection.close()


_MEMBER, _SENDER = 3, 7  # jeepney.HeaderFields
