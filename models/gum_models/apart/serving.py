"""The child's side: it gives way to everything else, leaves no trace, and goes when its parent does."""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import psutil

from gum.errors import GumError

LONGEST_S = 120  # what hangs in native code for longer is ended by the system, whoever waits for it

Answer = Callable[[dict[str, Any], bytes], dict[str, Any]]


def humble(nice: int, memory_score: int, idle_disk: bool) -> None:
    """Give way to everything else; leave no trace of what is in memory."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold screen text
    own = psutil.Process()
    with suppress(psutil.Error, OSError, ValueError):
        own.nice(max(nice, own.nice()))
    if idle_disk:
        with suppress(psutil.Error, OSError, AttributeError, ValueError):
            own.ionice(psutil.IOPRIO_CLASS_IDLE)
    with suppress(OSError):  # when memory runs out, this process goes first
        Path("/proc/self/oom_score_adj").write_text(str(memory_score), encoding="ascii")


def requests_of(stream: BinaryIO) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Yield each request with the bytes that follow it, until the parent is gone."""
    for line in stream:
        message = json.loads(line)
        yield message, stream.read(message.get("bytes", 0))


def tell(replies: Any, message: dict[str, Any]) -> None:
    """Send a reply."""
    with suppress(BrokenPipeError):  # the parent is gone, and who listens to it ends this process
        replies.write(json.dumps(message).encode() + b"\n")


def serve(build: Callable[[dict[str, Any]], Answer], nice: int, memory_score: int) -> None:
    """Do what argv[1] describes: say that it is ready, then answer one request after another."""
    settings = json.loads(sys.argv[1])
    humble(nice, memory_score, idle_disk=False)
    with os.fdopen(settings["input"], "rb") as requests, os.fdopen(settings["output"], "wb", buffering=0) as replies:
        try:
            answer = build(settings)
        except GumError as error:
            tell(replies, {"error": str(error)})
            return
        tell(replies, {"ready": True})
        waiting: queue.SimpleQueue[tuple[dict[str, Any], bytes]] = queue.SimpleQueue()
        threading.Thread(target=_listen, args=(requests, waiting), daemon=True).start()
        while True:
            _reply(replies, *waiting.get(), answer)


def _listen(requests: BinaryIO, waiting: queue.SimpleQueue[tuple[dict[str, Any], bytes]]) -> None:
    for request in requests_of(requests):
        waiting.put(request)
    os._exit(0)  # the parent is gone: nobody waits for what may still be running


def _reply(replies: Any, request: dict[str, Any], data: bytes, answer: Answer) -> None:
    signal.alarm(LONGEST_S)
    try:
        reply = answer(request, data)
    except GumError as error:
        reply = {"error": str(error)}
    finally:
        signal.alarm(0)
    tell(replies, {"id": request["id"], **reply})
