"""One process and its two private pipes: JSON lines both ways, each towards it followed by the bytes it announces."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from gum.errors import GumError

GRACE_S = 5.0
_PIECE_BYTES = 1 << 16
_ROOM_BYTES = 1 << 20
_SET_PIPE_SIZE = 1031  # F_SETPIPE_SZ, which the module `fcntl` names on Linux alone

Tell = Callable[[str], None]


class ChildDiedError(GumError):
    """The process ended or was silent too long in the middle of a request."""


class NotAwaitedError(GumError):
    """The request was cancelled, and the process did not stop in time."""


class Child:
    """Runs `python -m module` with `argument`; `what` names it in sentences, as in 'The model'."""

    def __init__(
        self, what: str, module: str, argument: Mapping[str, Any], environment: Mapping[str, str] | None = None
    ) -> None:
        request_end, self._requests = os.pipe()
        self._replies, reply_end = os.pipe()
        os.set_blocking(self._requests, False)
        _widen(self._requests)
        self._what = what
        self._buffer = b""
        self._writing = threading.Lock()
        self._reading = threading.RLock()
        self._ending = threading.Lock()
        self._ended = False
        self._cancel_by: float | None = None
        described = json.dumps({**argument, "input": request_end, "output": reply_end})
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", module, described],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **(environment or {})},
                pass_fds=(request_end, reply_end),
                start_new_session=True,
            )
        except BaseException:
            os.close(self._requests)
            os.close(self._replies)
            raise
        finally:
            os.close(request_end)
            os.close(reply_end)
        self.pid = self._process.pid

    def lives(self) -> bool:
        return not self._ended and self._process.poll() is None

    @property
    def ended(self) -> bool:
        """Whether it was ended from here, or found dead."""
        return self._ended

    def died(self) -> ChildDiedError:
        """End what is left of it; return how it had ended as an error."""
        return ChildDiedError(f"{self._what}'s process ended ({self.end()}).")

    def hello(self, timeout_s: float) -> dict[str, Any]:
        """Return what it says once it is ready.  Raises ChildDiedError."""
        with self._reading:
            return self._read(time.monotonic() + timeout_s)

    def ask(
        self, id: int, request: Mapping[str, Any], timeout_s: float, tell: Tell | None = None, data: bytes = b""
    ) -> dict[str, Any]:
        """Send a request and return its reply; `tell` hears its pieces.  Raises ChildDiedError, NotAwaitedError."""
        self._cancel_by = None
        end = time.monotonic() + timeout_s + GRACE_S
        try:
            self._write({"id": id, **request}, data, end)
        except TimeoutError as error:
            self.end()
            raise ChildDiedError(f"{self._what} took no request in its time and was ended.") from error
        except OSError as error:
            raise self.died() from error
        with self._reading:
            while True:
                reply = self._read(end)
                if reply.get("id") != id:
                    continue  # of a request that was given up
                if "piece" not in reply:
                    return reply
                if tell is not None:
                    tell(reply["piece"])

    def cancel(self, id: int) -> None:
        """Ask it to stop; `ask` ends it when it has not by then."""
        self._cancel_by = time.monotonic() + GRACE_S
        with contextlib.suppress(OSError):
            self._write({"cancel": id}, b"", self._cancel_by)

    def end(self) -> str:
        """Kill the whole process group; return how it had ended."""
        with self._ending:
            if self._ended:
                return "it was stopped"
            self._ended = True
            code = self._process.poll()
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
        with self._writing:  # who writes or reads now sees the end of the stream and leaves
            self._process.wait()
            os.close(self._requests)
        with self._reading:
            os.close(self._replies)
        if code is None:
            return "it was stopped"
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"

    def _write(self, message: Mapping[str, Any], data: bytes, end: float) -> None:
        line = json.dumps({**message, "bytes": len(data)} if data else message).encode() + b"\n"
        with self._writing:
            for part in (line, data):
                left = memoryview(part)
                while left:
                    left = left[self._written(left, end) :]

    def _written(self, part: memoryview, end: float) -> int:
        """Write what the pipe takes; a process that hangs takes nothing, and is waited for no longer than to `end`."""
        if self._ended:
            raise BrokenPipeError
        now = time.monotonic()
        if now > end:
            raise TimeoutError
        if not select.select([], [self._requests], [], min(0.5, end - now))[1]:
            return 0
        try:
            return os.write(self._requests, part)
        except BlockingIOError:
            return 0

    def _read(self, end: float) -> dict[str, Any]:
        while b"\n" not in self._buffer:
            now = time.monotonic()
            if self._cancel_by is not None and now > self._cancel_by:
                self.end()
                raise NotAwaitedError(f"{self._what}'s answer was not waited for.")
            if now > end:
                self.end()
                raise ChildDiedError(f"{self._what} gave no answer in its time and was ended.")
            if select.select([self._replies], [], [], min(0.5, end - now))[0]:
                piece = os.read(self._replies, _PIECE_BYTES)
                if not piece:
                    raise ChildDiedError(f"{self._what}'s process ended ({self._how_it_ended()}).")
                self._buffer += piece
        line, _, self._buffer = self._buffer.partition(b"\n")
        reply: dict[str, Any] = json.loads(line)
        return reply

    def _how_it_ended(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        return self.end()


def _widen(pipe: int) -> None:
    """Let a pipe hold more at a time, where the system can: pixels go through it."""
    if sys.platform == "linux":
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe, _SET_PIPE_SIZE, _ROOM_BYTES)
