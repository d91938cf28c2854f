"""Our own notification server (freedesktop.org), over the session's D-Bus.

It answers a program once its notification is committed, and not before.  Messages are read in one thread; what the
person does with a popup is told from another.
"""

from __future__ import annotations

import logging
import os
import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gum.errors import DesktopError, GumError
from gum.protocols import Notice, NotificationKeeper, Stop
from gum_observers.notifications import OURS, STOP_S, capture_of, names_of, urgency_of
from gum_observers.popups import Popup, Popups

log = logging.getLogger(__name__)

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
CAPABILITIES = ("actions", "body", "persistence")
INFORMATION = ("gum-desktop", "gum-desktop", "1", "1.2")
EXPIRED, DISMISSED, TAKEN_BACK = 1, 2, 3  # reasons of NotificationClosed
_NOTIFY = "susssasa{sv}i"
_REPLY_S = 5.0
_DO_NOT_QUEUE, _OWNER = 4, (1, 4)
_MOST_OPEN = 1000
_MOST_ACTIONS = 3
_LASTS_S = {"low": 5.0, "normal": 10.0, "critical": 0.0}  # 0 stays until it is clicked
_TAKES = "".join(f'<arg type="{kind}" direction="in"/>' for kind in (*"susss", "as", "a{sv}", "i"))
_GIVES = "".join(f'<arg type="{kind}" direction="out"/>' for kind in "ssss")
_DESCRIBED = f"""<node><interface name="{NAME}">
<method name="Notify">{_TAKES}<arg type="u" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="GetServerInformation">{_GIVES}</method>
<signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
</interface></node>"""


@dataclass(frozen=True, slots=True)
class _Open:
    """A notification whose program may still hear of it."""

    sender: str
    title: str
    text: str
    actions: tuple[tuple[str, str], ...]
    lasts_ms: int


class FreedesktopServer:
    """Owns the name `org.freedesktop.Notifications` while it serves; never takes it from another server."""

    name = "freedesktop"

    def __init__(self, keeper: NotificationKeeper, now: Callable[[], datetime]) -> None:
        self._keeper = keeper
        self._now = now
        self._popups = Popups(self._ended)
        self._open: OrderedDict[int, _Open] = OrderedDict()
        self._connection: Any = None
        self._unread: deque[Any] = deque()
        self._sending = threading.Lock()
        self._changing = threading.Lock()

    def serve(self, stop: Stop, ready: Callable[[], None]) -> None:
        """Be the server until told to stop.  Raises DesktopError; the name is free again then, or another's still."""
        from jeepney.io.blocking import open_dbus_connection

        if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
            raise DesktopError("There is no session bus, so notifications cannot be held back.")
        try:
            self._connection = open_dbus_connection("SESSION")
        except (OSError, KeyError, ValueError) as error:
            raise DesktopError("The session bus cannot be reached, so notifications cannot be held back.") from error
        try:
            self._own_name()
            ready()
            self._receive(stop)
        except (OSError, EOFError) as error:  # a time-out is an OSError
            raise DesktopError("The session bus went away; notifications are not held back.") from error
        finally:
            connection, self._connection = self._connection, None
            connection.close()  # the name goes with it, so that another server can come
            self._unread.clear()
            self._popups.close()

    def show(self, id: int, title: str, text: str, urgency: str) -> None:
        """Show one that waited.  Raises DesktopError."""
        with self._changing:
            known = self._open.get(id)
        if known is None:  # taken by an earlier start
            known = _Open("", title, text, (), -1)
        default = _LASTS_S.get(urgency, _LASTS_S["normal"])
        lasts_s = default if known.lasts_ms < 0 else known.lasts_ms / 1000
        self._popups.show(Popup(id, known.title, known.text, known.actions, lasts_s, urgency == "critical"))

    def drop(self, id: int) -> None:
        """Take one off the screen, where it is, and tell its program."""
        self._popups.hide(id)
        self._close(id, EXPIRED)

    # ------------------------------------------------------------------ the bus

    def _own_name(self) -> None:
        from jeepney import message_bus

        reply = self._ask(message_bus.RequestName(NAME, _DO_NOT_QUEUE))
        if reply.body[0] not in _OWNER:
            raise DesktopError(
                f"{self._other()} is the notification server, so nothing is held back. End it, and this one takes over."
            )

    def _other(self) -> str:
        """Return the name of the server that is there."""
        from jeepney import DBusAddress, MessageType, new_method_call

        reply = self._ask(new_method_call(DBusAddress(PATH, NAME, NAME), "GetServerInformation"))
        named = reply.header.message_type is MessageType.method_return and reply.body
        return str(reply.body[0])[:40] if named else "Another program"

    def _ask(self, message: Any) -> Any:
        """Return the reply to a message; what comes meanwhile is read afterwards."""
        from jeepney import HeaderFields

        serial = next(self._connection.outgoing_serial)
        with self._sending:
            self._connection.send(message, serial=serial)
        while True:
            received = self._connection.receive(timeout=_REPLY_S)
            if received.header.fields.get(HeaderFields.reply_serial) == serial:
                return received
            self._unread.append(received)

    def _receive(self, stop: Stop) -> None:
        from jeepney import MessageType

        while not stop.is_set():
            if self._unread:
                message = self._unread.popleft()
            else:
                try:
                    message = self._connection.receive(timeout=STOP_S)
                except TimeoutError:
                    continue
            if message.header.message_type is MessageType.method_call:
                self._answer(message)

    def _answer(self, message: Any) -> None:
        """Answer one call.  Raises GumError when it cannot go on."""
        from jeepney import HeaderFields

        fields = message.header.fields
        member, signature = fields.get(HeaderFields.member), fields.get(HeaderFields.signature, "")
        if member == "Notify" and signature == _NOTIFY:
            self._notify(message)
        elif member == "CloseNotification" and signature == "u":
            self._keeper.closed(int(message.body[0]))
            self._popups.hide(int(message.body[0]))
            self._reply(message)
            self._close(int(message.body[0]), TAKEN_BACK)
        elif member == "GetCapabilities":
            self._reply(message, "as", (list(CAPABILITIES),))
        elif member == "GetServerInformation":
            self._reply(message, "ssss", INFORMATION)
        elif member == "Introspect":
            self._reply(message, "s", (_DESCRIBED,))
        elif member == "Ping":
            self._reply(message)
        else:
            self._refuse(message, "UnknownMethod", "There is no such method.")

    def _notify(self, message: Any) -> None:
        """Have a notification committed, answer its program, and show it where it is for now."""
        from jeepney import HeaderFields

        body, sender = message.body, str(message.header.fields.get(HeaderFields.sender, ""))
        capture, names, urgency = capture_of(body, self._now()), names_of(body), urgency_of(body)
        ours = OURS in names and self._is_this_process(sender)
        try:
            taken = self._keeper.take(Notice(capture, names, urgency, int(body[1]), ours))
            if not taken.kept:
                self._popups.open()
        except GumError as error:
            self._refuse(message, "Failed", "The notification could neither be kept nor shown.")
            if isinstance(error, DesktopError):  # without a display it serves all the same for what can be kept
                self._keeper.closed(taken.id)
                return
            raise
        self._popups.hide(taken.id)
        title = capture.title or capture.app
        self._remember(taken.id, _Open(sender, title, _body(capture), _actions(body[5]), int(body[7])))
        self._reply(message, "u", (taken.id,))
        if taken.fate == "leave":
            self._close(taken.id, EXPIRED)
        elif taken.fate == "show":
            try:
                self.show(taken.id, title, _body(capture), urgency)
            except DesktopError as error:
                log.info("a notification waits: %s", error)
                self._keeper.unshown(taken.id)

    def _is_this_process(self, sender: str) -> bool:
        from jeepney import MessageType, message_bus

        reply = self._ask(message_bus.GetConnectionUnixProcessID(sender))
        return reply.header.message_type is MessageType.method_return and reply.body[0] == os.getpid()

    def _remember(self, id: int, one: _Open) -> None:
        with self._changing:
            self._open[id] = one
            self._open.move_to_end(id)
            while len(self._open) > _MOST_OPEN:
                self._open.popitem(last=False)

    def _reply(self, message: Any, signature: str | None = None, body: tuple[Any, ...] = ()) -> None:
        from jeepney import MessageFlag, new_method_return

        if not message.header.flags & MessageFlag.no_reply_expected:
            self._send(new_method_return(message, signature, body))

    def _refuse(self, message: Any, error: str, sentence: str) -> None:
        from jeepney import new_error

        self._send(new_error(message, f"org.freedesktop.DBus.Error.{error}", "s", (sentence,)))

    def _send(self, message: Any) -> None:
        connection = self._connection
        if connection is not None:
            with self._sending:
                connection.send(message)

    # ------------------------------------------------------------------ what the person does

    def _ended(self, id: int, said: str) -> None:
        """Tell a program what was done with its popup; called in the thread of the popups."""
        with self._changing:
            known = self._open.get(id)
        try:
            if said in (Popups.EXPIRED, Popups.DISMISSED):
                self._keeper.closed(id)
                self._close(id, EXPIRED if said == Popups.EXPIRED else DISMISSED)
            elif said == Popups.LOST:
                self._keeper.unshown(id)
            elif known is not None:
                self._signal(known.sender, "ActionInvoked", "us", (id, said))
                self._keeper.closed(id)
                self._close(id, DISMISSED)
        except (GumError, OSError) as error:
            log.warning("the end of a popup could not be told: %s", type(error).__name__)

    def _close(self, id: int, reason: int) -> None:
        with self._changing:
            known = self._open.pop(id, None)
        if known is not None:
            self._signal(known.sender, "NotificationClosed", "uu", (id, reason))

    def _signal(self, receiver: str, member: str, signature: str, body: tuple[Any, ...]) -> None:
        """Tell the program that sent a notification, and nobody else."""
        from jeepney import DBusAddress, HeaderFields, new_signal

        signal = new_signal(DBusAddress(PATH, interface=NAME), member, signature, body)
        if receiver:
            signal.header.fields[HeaderFields.destination] = receiver
        self._send(signal)


def _actions(given: list[str]) -> tuple[tuple[str, str], ...]:
    """Return the actions as pairs of key and label; the one called 'default' has no button."""
    pairs = list(zip(given[::2], given[1::2], strict=False))
    default = [pair for pair in pairs if pair[0] == "default"][:1]
    return (*default, *[pair for pair in pairs if pair[0] != "default"][:_MOST_ACTIONS])


def _body(capture: Any) -> str:
    return "" if capture.text == capture.title else str(capture.text)
