"""Starts, watches and ends the model's process; its death or silence is an EngineError, never ours."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from gum.errors import EngineError

LOAD_TIMEOUT_S = 180.0


class Supervisor:
    """One worker process at most; started on the first request and again after a death."""

    def __init__(self, model: Path, projector: Path | None, *, context: int, threads: int, image_tokens: int) -> None:
        self._settings = {
            "model": str(model),
            "projector": str(projector) if projector else "",
            "context": context,
            "threads": threads,
            "image_tokens": image_tokens,
        }
        self._process: subprocess.Popen[bytes] | None = None
        self._requests = self._replies = -1
        self._buffer = b""
        self.starts = 0

    def ask(self, request: dict[str, Any], timeout_s: float) -> dict[str, Any]:
        """Send one request and return its reply; the worker is killed when it takes longer.  Raises EngineError."""
        if self._process is None:
            self._start()
        try:
            self._write(json.dumps({**request, "timeout_s": timeout_s}).encode() + b"\n")
            reply = self._read(timeout_s + 10)
        except BrokenPipeError as error:
            raise EngineError(f"The model's process ended: {self._end()}.") from error
        if "error" in reply:
            raise EngineError(str(reply["error"]))
        return reply

    def stop(self) -> None:
        """End the worker and give its memory back."""
        if self._process is not None:
            self._end()

    def _start(self) -> None:
        request_end, self._requests = os.pipe()
        self._replies, reply_end = os.pipe()
        argument = json.dumps({**self._settings, "input": request_end, "output": reply_end})
        self._process = subprocess.Popen(
            ["nice", "-n", "10", sys.executable, "-m", "gum_models.llama.worker", argument],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "OMP_WAIT_POLICY": "passive", "GGML_NO_BACKTRACE": "1"},
            pass_fds=(request_end, reply_end),
            start_new_session=True,
        )
        os.close(request_end)
        os.close(reply_end)
        self._buffer = b""
        self.starts += 1
        hello = self._read(LOAD_TIMEOUT_S)
        if "error" in hello:
            self._end()
            raise EngineError(str(hello["error"]))

    def _write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._requests, data) :]

    def _read(self, timeout_s: float) -> dict[str, Any]:
        end = time.monotonic() + timeout_s
        while b"\n" not in self._buffer:
            left = end - time.monotonic()
            if left <= 0:
                self._end()
                raise EngineError(f"The model gave no answer in {timeout_s:.0f} seconds.")
            if select.select([self._replies], [], [], left)[0]:
                piece = os.read(self._replies, 1 << 16)
                if not piece:
                    raise EngineError(f"The model's process ended: {self._end()}.")
                self._buffer += piece
        line, _, self._buffer = self._buffer.partition(b"\n")
        reply: dict[str, Any] = json.loads(line)
        return reply

    def _end(self) -> str:
        """Kill the worker's whole process group; return how it had ended."""
        process, self._process = self._process, None
        if process is None:
            return "it was not running"
        code = process.poll()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        os.close(self._requests)
        os.close(self._replies)
        if code is None:
            return "it was killed"
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"
