"""What an assistant should know about the person now, and what happens as it happens."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence

import httpx
from pydantic import ValidationError

from gum.client.connection import Connection, query_of, refused
from gum.errors import ClientError, DaemonAbsentError
from gum.wire import ContextView, EventView

#: Longer than the time between two signs of life of an open stream.
SILENCE_S = 20.0
PAUSE_S = 0.2


class ContextClient(Connection):
    """What an assistant should know about the person now, and what happens as it happens."""

    def context(self, query: str = "", max_tokens: int = 800, quotes: bool = False) -> ContextView:
        """Return the propositions that matter for a query and for what the person does now."""
        parameters = query_of(query=query or None, max_tokens=max_tokens, quotes=quotes or None)
        return self.get("/v1/context", ContextView, parameters)

    def events(self, kinds: Sequence[str] = (), since: str = "", patience_s: float = 5.0) -> Iterator[EventView]:
        """Yield what happens, without end; a connection that breaks is taken up where it broke.

        `since` is where an earlier stream ended.  A `reset` event means that some were missed.  Raises RefusedError,
        and DaemonAbsentError when no daemon answers for `patience_s` seconds.
        """
        place, deadline = since, time.monotonic() + patience_s
        while True:
            try:
                for told, event in self._stream(kinds, place):
                    place, deadline = told, time.monotonic() + patience_s
                    if event is not None:
                        yield event
            except httpx.HTTPError as error:
                if time.monotonic() > deadline:
                    raise DaemonAbsentError(f"No daemon answers at {self.url}; start it with: gumctl start") from error
            if time.monotonic() > deadline:
                raise DaemonAbsentError(f"The daemon at {self.url} ends the stream; it may be stopping.")
            time.sleep(PAUSE_S)

    def _stream(self, kinds: Sequence[str], place: str) -> Iterator[tuple[str, EventView | None]]:
        """Yield where each event stands, with the event; None for the place where the stream begins."""
        headers = {"Accept": "text/event-stream"} | ({"Last-Event-ID": place} if place else {})
        timeout = httpx.Timeout(SILENCE_S, connect=2.0)
        query = query_of(kind=list(kinds) or None)
        with self.http.stream("GET", "/v1/events", params=query, headers=headers, timeout=timeout) as answer:
            if answer.is_error:
                answer.read()
                raise refused(answer)
            yield from _events(answer.iter_lines(), place)


def _events(lines: Iterable[str], place: str) -> Iterator[tuple[str, EventView | None]]:
    """Read server-sent events, as the WHATWG's HTML standard has them."""
    data = ""
    for line in lines:
        name, _, value = line.partition(":")
        if name == "id":
            place = value.strip()
        elif name == "data":
            data += value.strip()
        elif not line:
            yield place, _event(data) if data else None
            data = ""


def _event(data: str) -> EventView:
    try:
        return EventView.model_validate_json(data)
    except ValidationError as error:
        raise ClientError("An event could not be read; the daemon may be of another version.") from error
