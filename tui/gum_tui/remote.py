"""Asks the daemon in threads of its own; answers come back as messages, so no thread touches a widget."""

from __future__ import annotations

import contextvars
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from textual.message import Message
from textual.message_pump import MessagePump

from gum.client import Client, DaemonStatus
from gum.errors import ClientError

Value = TypeVar("Value")

CHANGES = "changes"


@dataclass
class CallFailed(Message):
    """The daemon could not be asked, or said no, on this lane."""

    lane: str
    error: ClientError


class Settled(Message):
    """The changes that were asked for are answered, so that the daemon may stand otherwise now."""


@dataclass(frozen=True, slots=True)
class _Call:
    receiver: MessagePump
    ask: Callable[[Client], Message]
    failed: Callable[[ClientError], Message]


class _Telling:
    """Puts answers in order: what was read before a change was answered is not told after it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.changes = 0


class _Lane:
    """One thread that asks one thing after the other; it ends with the program."""

    def __init__(self, name: str, client: Client, newest_only: bool, telling: _Telling) -> None:
        self._telling = telling
        self._waiting: deque[_Call] = deque(maxlen=1 if newest_only else None)
        self._changed = threading.Condition()
        self._client = client
        self._newest_only = newest_only
        self._asking = False
        self._closed = False
        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(self._work,), name=f"gum-{name}", daemon=True).start()

    @property
    def busy(self) -> bool:
        with self._changed:
            return self._asking or bool(self._waiting)

    def put(self, call: _Call) -> None:
        with self._changed:
            self._waiting.append(call)
            self._changed.notify()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._changed.notify()

    def _work(self) -> None:
        while (call := self._next()) is not None:
            while not self._told(call):
                pass
            with self._changed:
                self._asking = False

    def _told(self, call: _Call) -> bool:
        """Ask and tell; return False when a change came between, so that it must be asked again."""
        before = self._telling.changes
        try:
            answer = call.ask(self._client)
        except ClientError as error:
            answer = call.failed(error)
        except RuntimeError:  # the client was closed while it asked
            if self._closed:
                return True
            raise
        with self._telling.lock, self._changed:
            if self._closed or (self._newest_only and self._waiting):
                return True
            if self._newest_only and self._telling.changes != before:
                return False
            self._telling.changes += not self._newest_only
            call.receiver.post_message(answer)
            if not self._newest_only and not self._waiting:
                call.receiver.post_message(Settled())
        return True

    def _next(self) -> _Call | None:
        with self._changed:
            while not self._waiting and not self._closed:
                self._changed.wait()
            if self._closed:
                return None
            self._asking = True
            return self._waiting.popleft()


class Remote:
    """The daemon as the interface sees it: how to ask it, its last status, and what is wrong with it."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.status: DaemonStatus | None = None
        self.trouble = ""
        self.forgotten: list[int] = []
        """What was forgotten last from a screen, by its numbers."""
        self._lanes: dict[str, _Lane] = {}
        self._telling = _Telling()
        self._closed = False

    @property
    def now(self) -> datetime:
        """The daemon's present; ours until it has answered."""
        return self.status.clock if self.status else datetime.now(UTC)

    @property
    def busy(self) -> bool:
        """Whether an answer is still awaited."""
        return any(lane.busy for lane in self._lanes.values())

    def read(
        self, receiver: MessagePump, lane: str, call: Callable[[Client], Value], answer: Callable[[Value], Message]
    ) -> None:
        """Ask, and post `answer(value)` to the receiver, or CallFailed.

        One question is on its way for each lane; of those that wait behind it only the newest is
        asked, and an answer that a newer question has overtaken is dropped, one that a
        change has overtaken is asked for again.
        """
        asked = _Call(receiver, lambda client: answer(call(client)), lambda error: CallFailed(lane, error))
        self._put(lane, asked, newest_only=True)

    def change(
        self,
        receiver: MessagePump,
        call: Callable[[Client], Value],
        answer: Callable[[Value], Message],
        refused: Callable[[ClientError], Message],
    ) -> None:
        """Ask for a change, and post `answer(value)` or `refused(error)`.  Changes are all asked, in order."""
        self._put(CHANGES, _Call(receiver, lambda client: answer(call(client)), refused), newest_only=False)

    def close(self) -> None:
        """Ask nothing more; what is still on its way is dropped."""
        self._closed = True
        for lane in self._lanes.values():
            lane.close()

    def _put(self, lane: str, call: _Call, *, newest_only: bool) -> None:
        if self._closed:
            return
        if lane not in self._lanes:
            self._lanes[lane] = _Lane(lane, self.client, newest_only, self._telling)
        self._lanes[lane].put(call)
