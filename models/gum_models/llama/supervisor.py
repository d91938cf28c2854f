"""Starts, watches and ends the model's process; its death or silence is an EngineError, never ours."""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import psutil

from gum.errors import EngineError, EngineInterruptedError, EngineUnavailableError
from gum_models.llama.installed import Installed
from gum_models.llama.settings import LlamaSettings
from gum_models.reasoning import Prompt, PromptTooLongError

LOAD_TIMEOUT_S = 300.0
GRACE_S = 5.0
_PIECE_BYTES = 1 << 16

Tell = Callable[[str], None]


class WorkerDiedError(EngineError):
    """The process ended or was silent too long in the middle of a request."""


@dataclass(slots=True)
class Health:
    """How the worker has fared: starts, deaths, and the last thing that went wrong."""

    starts: int = 0
    deaths: int = 0
    trouble: str = ""


class Supervisor:
    """One worker process at most: started on the first request, again after a death, ended when idle.

    A request may come from any thread; they wait for each other.  An urgent one interrupts one that is not.
    """

    def __init__(self, files: Installed, settings: LlamaSettings) -> None:
        self._files, self._settings = files, settings
        self._worker: _Worker | None = None
        self._turn = threading.Lock()
        self._state = threading.Lock()
        self._urgent_waiting = 0
        self._running: tuple[int, bool] | None = None
        self._ids = itertools.count(1)
        self._idle: threading.Timer | None = None
        self._closed = False
        self.health = Health()
        self.last: dict[str, Any] = {}

    def ask(self, prompt: Prompt, *, urgent: bool = False, tell: Tell | None = None) -> str:
        """Return the model's text.  One death or silence is made good by a fresh worker.

        Raises EngineUnavailableError when the model cannot be loaded, EngineInterruptedError when something more
        urgent came, PromptTooLongError, and EngineError when the answer failed twice.
        """
        with self._my_turn(urgent):
            try:
                return self._ask(prompt, urgent, tell)
            except WorkerDiedError as error:
                self.health.trouble = str(error)
                if tell is not None:  # part of the answer was told already
                    raise
            return self._ask(prompt, urgent, tell)

    def cancel(self) -> None:
        """Stop what is being answered; a worker that does not stop soon is ended."""
        with self._state:
            running, worker = self._running, self._worker
        if running is not None and worker is not None:
            worker.cancel(running[0])

    def close(self) -> None:
        """End the worker for good: what is asked from now on is refused."""
        self._closed = True
        self.stop()

    def stop(self) -> None:
        """End the worker and give its memory back; harmless when none runs."""
        with self._state:
            worker, self._worker = self._worker, None
            if self._idle is not None:
                self._idle.cancel()
        if worker is not None:
            worker.end()

    @property
    def pid(self) -> int | None:
        """The worker's process, None when none runs."""
        worker = self._worker
        return worker.pid if worker is not None else None

    def memory_bytes(self) -> int:
        """Return how much memory the worker holds, 0 when none runs."""
        with contextlib.suppress(psutil.Error):
            return int(psutil.Process(self.pid).memory_info().rss) if self.pid else 0
        return 0

    @contextlib.contextmanager
    def _my_turn(self, urgent: bool) -> Iterator[None]:
        if urgent:
            with self._state:
                self._urgent_waiting += 1
                interrupt = self._running is not None and not self._running[1]
            if interrupt:
                self.cancel()
        try:
            self._turn.acquire()
        finally:
            if urgent:
                with self._state:
                    self._urgent_waiting -= 1
        try:
            if self._closed:
                raise EngineInterruptedError("The model is being put away.")
            if self._urgent_waiting and not urgent:
                raise EngineInterruptedError("The model gave way to a question.")
            yield
        finally:
            if not self._closed:
                self._unload_later()
            self._turn.release()

    def _ask(self, prompt: Prompt, urgent: bool, tell: Tell | None) -> str:
        if self._closed:
            raise EngineInterruptedError("The model is being put away.")
        worker = self._started()
        id = next(self._ids)
        with self._state:
            self._running = (id, urgent)
        try:
            reply = worker.ask(id, self._request(prompt, tell is not None), self._settings.timeout_s, tell)
        except WorkerDiedError:
            self.health.deaths += 1
            with self._state:
                self._worker = None
            raise
        finally:
            with self._state:
                self._running = None
        if "error" in reply:
            raise _error(reply)
        self.last = reply
        return str(reply["text"])

    def _started(self) -> _Worker:
        with self._state:
            if self._idle is not None:
                self._idle.cancel()
            worker = self._worker
        if worker is not None and worker.lives():
            return worker
        if worker is not None:
            worker.end()
        self.health.starts += 1
        known = self._files.sums
        worker = _Worker(self._argument(known))
        with self._state:
            self._worker = worker
        try:
            hello = worker.hello()
        except WorkerDiedError as error:
            self.health.deaths += 1
            raise self._not_loaded(str(error)) from error
        if "error" in hello:
            worker.end()
            raise self._not_loaded(hello["error"])
        if any(not known.get(role) for role in hello["sums"]):
            self._files.pin(hello["sums"])
        return worker

    def _not_loaded(self, why: str) -> EngineUnavailableError:
        with self._state:
            self._worker = None
        self.health.trouble = f"The model could not be loaded. {why}"
        return EngineUnavailableError(self.health.trouble)

    def _argument(self, sums: dict[str, str]) -> dict[str, Any]:
        settings = self._settings
        return {
            "model": str(self._files.model),
            "projector": str(self._files.projector) if self._files.projector else "",
            "sums": sums,
            "context": settings.context,
            "threads": settings.threads,
            "gpu_layers": settings.gpu_layers,
            "image_tokens": settings.image_tokens,
            "temperature": settings.temperature,
        }

    def _request(self, prompt: Prompt, stream: bool) -> dict[str, Any]:
        return {
            "system": prompt.system,
            "shared": prompt.shared,
            "task": prompt.task,
            "images": [base64.b64encode(image).decode() for image in prompt.images],
            "schema": prompt.schema,
            "max_tokens": prompt.max_tokens,
            "timeout_s": self._settings.timeout_s,
            "seed": self._settings.seed,
            "stream": stream,
        }

    def _unload_later(self) -> None:
        with self._state:
            if self._idle is not None:
                self._idle.cancel()
            self._idle = threading.Timer(self._settings.idle_unload_s, self._unload)
            self._idle.daemon = True
            self._idle.start()

    def _unload(self) -> None:
        if self._turn.acquire(blocking=False):
            try:
                self.stop()
            finally:
                self._turn.release()


def _error(reply: dict[str, Any]) -> EngineError:
    kinds = {"too long": PromptTooLongError, "cancelled": EngineInterruptedError}
    return kinds.get(reply.get("why", ""), EngineError)(str(reply["error"]))


class _Worker:
    """The process and its two pipes."""

    def __init__(self, argument: dict[str, Any]) -> None:
        request_end, self._requests = os.pipe()
        self._replies, reply_end = os.pipe()
        self._buffer = b""
        self._writing = threading.Lock()
        self._reading = threading.RLock()
        self._ended = False
        self._cancel_by: float | None = None
        described = json.dumps({**argument, "input": request_end, "output": reply_end})
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "gum_models.llama.worker", described],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "OMP_WAIT_POLICY": "passive", "GGML_NO_BACKTRACE": "1"},
                pass_fds=(request_end, reply_end),
                start_new_session=True,
            )
        finally:
            os.close(request_end)
            os.close(reply_end)
        self.pid = self._process.pid

    def lives(self) -> bool:
        return not self._ended and self._process.poll() is None

    def hello(self) -> dict[str, Any]:
        with self._reading:
            return self._read(time.monotonic() + LOAD_TIMEOUT_S)

    def ask(self, id: int, request: dict[str, Any], timeout_s: float, tell: Tell | None) -> dict[str, Any]:
        """Send a request and return its reply.  Raises WorkerDiedError, EngineInterruptedError."""
        self._cancel_by = None
        end = time.monotonic() + timeout_s + GRACE_S
        try:
            self._write({"id": id, **request})
        except OSError as error:
            raise WorkerDiedError(f"The model's process ended ({self.end()}).") from error
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
        """Ask the worker to stop; `ask` ends it when it has not by then."""
        self._cancel_by = time.monotonic() + GRACE_S
        with contextlib.suppress(OSError):
            self._write({"cancel": id})

    def end(self) -> str:
        """Kill the whole process group; return how it had ended."""
        with self._writing:
            if self._ended:
                return "it was stopped"
            self._ended = True
            code = self._process.poll()
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
            self._process.wait()
            os.close(self._requests)
        with self._reading:  # who reads now sees the end of the stream and leaves
            os.close(self._replies)
        if code is None:
            return "it was stopped"
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"

    def _write(self, message: dict[str, Any]) -> None:
        data = json.dumps(message).encode() + b"\n"
        with self._writing:
            if self._ended:
                raise BrokenPipeError
            while data:
                data = data[os.write(self._requests, data) :]

    def _read(self, end: float) -> dict[str, Any]:
        while b"\n" not in self._buffer:
            now = time.monotonic()
            if self._cancel_by is not None and now > self._cancel_by:
                self.end()
                raise EngineInterruptedError("The model's answer was not waited for.")
            if now > end:
                self.end()
                raise WorkerDiedError("The model gave no answer in its time and was ended.")
            if select.select([self._replies], [], [], min(0.5, end - now))[0]:
                piece = os.read(self._replies, _PIECE_BYTES)
                if not piece:
                    raise WorkerDiedError(f"The model's process ended ({self._how_it_ended()}).")
                self._buffer += piece
        line, _, self._buffer = self._buffer.partition(b"\n")
        reply: dict[str, Any] = json.loads(line)
        return reply

    def _how_it_ended(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        return self.end()
