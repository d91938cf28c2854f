"""The model's own process: JSON lines in on one private descriptor, JSON lines out on another.

Native code may abort, hang or be killed for memory; only this process goes with it, and it goes when its parent does.
In: {"id", "system", "shared", "task", "images", "schema", "max_tokens", "timeout_s", "seed", "stream"} or
{"cancel": id}.  Out: {"ready", "sums"} once, then {"id", "piece"} while one is streamed, and {"id", "text", ...} or
{"id", "error", "why"}.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import queue
import sys
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

import psutil

from gum.errors import EngineError
from gum_models.apart.serving import humble, requests_of, tell

NICE = 10
SPARE_BYTES = 300 * 2**20


def main() -> None:
    """Load the model named in argv[1], say so, then answer requests until the input ends."""
    settings = json.loads(sys.argv[1])
    humble(NICE, memory_score=900, idle_disk=True)
    with os.fdopen(settings["input"], "rb") as requests, os.fdopen(settings["output"], "wb", buffering=0) as replies:
        try:
            _check_memory(settings)
            sums = _checked(settings)
            from gum_models.llama.session import Session

            session = _loaded(Session, settings)
        except Exception as error:  # noqa: BLE001  # whatever the native library raises is the parent's to report
            tell(replies, {"error": _in_words(error)})
            return
        tell(replies, {"ready": True, "sums": sums})
        _serve(session, requests, replies)


def _in_words(error: Exception) -> str:
    """Return why a model was not loaded."""
    if isinstance(error, EngineError):
        return str(error)
    if isinstance(error, OSError) and error.filename:
        return f"{Path(error.filename).name} cannot be read: {error.strerror}; get it again: gumctl models pull"
    return f"The library says: {error}"


def _check_memory(settings: dict[str, Any]) -> None:
    """Raise EngineError when the files are larger than what is free: loading them would drive the machine into swap."""
    needed = sum(Path(one).stat().st_size for one in _files(settings).values()) + SPARE_BYTES
    free = psutil.virtual_memory().available
    if needed > free:
        raise EngineError(
            f"The model needs about {needed / 1e9:.1f} GB of memory and {free / 1e9:.1f} GB are free; "
            "close something, or use a smaller one: gumctl models list"
        )


def _checked(settings: dict[str, Any]) -> dict[str, str]:
    """Return the sums of the files.  Raises EngineError when one is not what it must be."""
    sums = {}
    for role, path in _files(settings).items():
        with Path(path).open("rb") as file:
            sums[role] = hashlib.file_digest(file, "sha256").hexdigest()
        wanted = settings["sums"].get(role)
        if wanted and wanted != sums[role]:
            raise EngineError(
                f"{Path(path).name} is damaged or was changed: its sha256 is {sums[role][:16]}..., "
                f"not {wanted[:16]}...; get it again: gumctl models pull"
            )
    return sums


def _files(settings: dict[str, Any]) -> dict[str, str]:
    return {role: settings[role] for role in ("model", "projector") if settings[role]}


def _loaded(session: Any, settings: dict[str, Any]) -> Any:
    import llama_cpp

    layers = settings["gpu_layers"] if llama_cpp.llama_supports_gpu_offload() else 0
    options = {key: settings[key] for key in ("context", "threads", "image_tokens", "temperature")}
    projector = Path(settings["projector"]) if settings["projector"] else None
    try:
        return session(Path(settings["model"]), projector, gpu_layers=layers, **options)
    except ValueError:
        if layers != -1:  # only what was chosen automatically may be chosen again
            raise
        return session(Path(settings["model"]), projector, gpu_layers=0, **options)


def _serve(session: Any, requests: BinaryIO, replies: Any) -> None:
    waiting: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    running = _Running(session)
    threading.Thread(target=_listen, args=(requests, waiting, running), daemon=True).start()
    while True:
        request = waiting.get()
        if running.begin(request["id"]):
            tell(replies, {"id": request["id"], **_answer(session, request, replies)})
        else:
            tell(replies, {"id": request["id"], "error": "It was not waited for.", "why": "cancelled"})


def _listen(requests: BinaryIO, waiting: queue.SimpleQueue[dict[str, Any]], running: _Running) -> None:
    for message, _ in requests_of(requests):
        if "cancel" in message:
            running.cancel(message["cancel"])
        else:
            waiting.put(message)
    os._exit(0)  # the parent is gone: nobody waits for what may still be running


class _Running:
    """Which request is being answered, and which were cancelled before they began."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._lock = threading.Lock()
        self._id = -1
        self._cancelled: set[int] = set()

    def begin(self, id: int) -> bool:
        with self._lock:
            self._id = id
            return id not in self._cancelled

    def cancel(self, id: int) -> None:
        with self._lock:
            self._cancelled.add(id)
            if id == self._id:
                self._session.cancel()


def _answer(session: Any, request: dict[str, Any], replies: Any) -> dict[str, Any]:
    from gum_models.llama.session import CancelledError, TooLongError

    def told(piece: str) -> None:
        tell(replies, {"id": request["id"], "piece": piece})

    try:
        answer = session.ask(
            request["system"],
            request["shared"],
            request["task"],
            [base64.b64decode(image) for image in request["images"]],
            grammar=_grammar(json.dumps(request["schema"])),
            max_tokens=request["max_tokens"],
            timeout_s=request["timeout_s"],
            seed=request["seed"],
            tell=told if request["stream"] else None,
        )
    except (EngineError, ValueError, RuntimeError) as error:
        why = "too long" if isinstance(error, TooLongError) else "cancelled" * isinstance(error, CancelledError)
        return {"error": str(error), "why": why}
    return {key: getattr(answer, key) for key in answer.__slots__}


@lru_cache(maxsize=32)
def _grammar(schema: str) -> str:
    from gum_models.llama.grammar import schema_to_grammar

    return schema_to_grammar(json.loads(schema))


if __name__ == "__main__":
    main()
