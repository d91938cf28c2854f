"""An answer of the daemon that comes in pieces: one thread asks, and each piece comes as a message."""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable, Iterator

from textual.message import Message
from textual.message_pump import MessagePump

from gum.client import Client
from gum.errors import ClientError


class Stream:
    """Posts what a call yields to its receiver, until it ends, fails or is stopped."""

    def __init__(
        self,
        client: Client,
        receiver: MessagePump,
        call: Callable[[Client], Iterator[Message]],
        failed: Callable[[ClientError], Message],
    ) -> None:
        self._client = client
        self._receiver = receiver
        self._call = call
        self._failed = failed
        self._lock = threading.Lock()
        self._stopped = False
        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(self._work,), name="gum-stream", daemon=True).start()

    def stop(self) -> None:
        """Post nothing from here on; the daemon is told when the next piece comes."""
        with self._lock:
            self._stopped = True

    def _work(self) -> None:
        pieces = self._call(self._client)
        try:
            for message in pieces:
                if not self._post(message):
                    return
        except ClientError as error:
            self._post(self._failed(error))
        finally:
            close = getattr(pieces, "close", None)
            if close is not None:
                close()

    def _post(self, message: Message) -> bool:
        with self._lock:
            if not self._stopped:
                self._receiver.post_message(message)
            return not self._stopped
