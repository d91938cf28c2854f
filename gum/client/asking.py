"""Questions about the person, answered from what is believed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import httpx
from pydantic import TypeAdapter, ValidationError

from gum.client.connection import Connection, refused
from gum.errors import ClientError, DaemonAbsentError, RefusedError
from gum.wire import Answer, AnswerPiece

#: How long a model may take for a whole answer.
ANSWER_S = 900.0
#: Longer than the time between two signs of life of a stream.
SILENCE_S = 20.0


class AskingClient(Connection):
    """Questions about the person, answered from what is believed."""

    def ask(self, question: str, limit: int = 10) -> Answer:
        """Return the whole answer to a question about the person."""
        body = {"question": question, "limit": limit}
        timeout = httpx.Timeout(ANSWER_S, connect=2.0)
        return TypeAdapter(Answer).validate_json(self.send("POST", "/v1/ask", json=body, timeout=timeout).content)

    def ask_stream(self, question: str, limit: int = 10) -> Iterator[AnswerPiece]:
        """Yield an answer's words as they come; the last piece has no text and holds the whole `answer`.

        Pieces without either are signs of life while the model reads.  Closing the iterator stops the model.
        Raises RefusedError, DaemonAbsentError, ClientError.
        """
        body = {"question": question, "limit": limit}
        headers = {"Accept": "text/event-stream"}
        timeout = httpx.Timeout(SILENCE_S, connect=2.0)
        self._find()
        try:
            with self.http.stream("POST", "/v1/ask", json=body, headers=headers, timeout=timeout) as answer:
                if answer.is_error:
                    answer.read()
                    raise refused(answer)
                yield from _pieces(answer.iter_lines())
        except httpx.HTTPError as error:
            self._lost = True
            raise DaemonAbsentError(f"The daemon at {self.url} broke its answer off; try again.") from error


def _pieces(lines: Iterable[str]) -> Iterator[AnswerPiece]:
    """Read server-sent events, as the WHATWG's HTML standard has them."""
    kind = ""
    for line in lines:
        name, _, value = line.partition(":")
        if line.startswith(":"):
            yield AnswerPiece(text="")
        elif name == "event":
            kind = value.strip()
        elif name == "data" and kind in ("piece", "answer", "problem"):
            piece = _piece(kind, value.strip())
            yield piece
            if piece.answer is not None:
                return
    raise ClientError("The answer ended before it was whole; the daemon may be stopping.")


def _piece(kind: str, data: str) -> AnswerPiece:
    try:
        if kind == "piece":
            return AnswerPiece.model_validate_json(data)
        if kind == "answer":
            return AnswerPiece(text="", answer=Answer.model_validate_json(data))
        detail = TypeAdapter(dict[str, str]).validate_json(data)["detail"]
    except (ValidationError, KeyError) as error:
        raise ClientError("The answer could not be read; the daemon may be of another version.") from error
    raise RefusedError(detail, httpx.codes.SERVICE_UNAVAILABLE)
