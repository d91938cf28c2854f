"""An answer on its way to who asked, as server-sent events: the propositions, the words as they come, the whole."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator

from gum.api import views
from gum.errors import GumError
from gum.infer.answering import Answering
from gum.wire import Answer, AnswerPiece

#: After so long without a word a comment is sent: a model may read for minutes before its first.
HEARTBEAT_S = 5.0
EXAMPLE = 'event: piece\ndata: {"text":"The user writes "}\n\nevent: answer\ndata: {"text":"...","cited":[5]}\n\n'


def whole(answering: Answering) -> Answer:
    """Return the answer when all its words have come."""
    return Answer(
        text=answering.text,
        engine=answering.author,
        propositions=views.propositions(answering.found),
        cited=answering.cited,
        note=" ".join(answering.notes),
    )


async def stream(answering: Answering) -> AsyncIterator[str]:
    """Yield events: `propositions`, each `piece`, and `answer` or `problem` at the end.

    Who leaves stops the engine.
    """
    told = json.dumps([one.model_dump(mode="json") for one in views.propositions(answering.found)])
    yield _event("propositions", told)
    coming = _Coming(answering)
    coming.start()
    try:
        while True:
            piece = await coming.next()
            if piece is None:
                break
            yield _event("piece", AnswerPiece(text=piece).model_dump_json()) if piece else ": still reading\n\n"
        if coming.problem:
            yield _event("problem", json.dumps({"detail": coming.problem}))
        else:
            yield _event("answer", whole(answering).model_dump_json())
    finally:
        coming.leave()


class _Coming:
    """The words of an answer, told by a thread of their own because engines block."""

    def __init__(self, answering: Answering) -> None:
        self.problem = ""
        self._answering = answering
        self._loop = asyncio.get_running_loop()
        self._pieces: asyncio.Queue[str | None] = asyncio.Queue()
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._tell, name="answer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    async def next(self) -> str | None:
        """Return the next words, an empty text when there were none for a while, None at the end."""
        try:
            return await asyncio.wait_for(self._pieces.get(), HEARTBEAT_S)
        except TimeoutError:
            return ""

    def leave(self) -> None:
        """Stop the engine unless it has ended."""
        self._left.set()
        if self._thread.is_alive():
            self._answering.cancel()

    def _tell(self) -> None:
        try:
            for piece in self._answering.pieces():
                if self._left.is_set():
                    return
                if piece:
                    self._put(piece)
        except GumError as error:
            self.problem = str(error)
        except Exception as error:  # noqa: BLE001 - an engine is a plug-in and may raise anything; who asked is told
            self.problem = f"The engine failed ({type(error).__name__})."
        self._put(None)

    def _put(self, piece: str | None) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._pieces.put_nowait, piece)


def _event(kind: str, data: str) -> str:
    return f"event: {kind}\ndata: {data}\n\n"
