"""One listener's events, as server-sent events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool

from gum.api.access import Caller
from gum.api.access.keys import Keys
from gum.api.backend import Backend
from gum.api.events.ring import Numbered, Ring
from gum.wire import EventView

#: After so long without an event a comment is sent, and the caller's access is looked at again.
HEARTBEAT_S = 5.0
AT_ONCE = 200
#: A caller with limits is told of these alone; the other kinds cannot be told in part.
TOLD_IN_PART = frozenset({"proposition", "status", "reset"})
ROUTE = "GET /v1/events"


@dataclass(frozen=True, slots=True)
class Listener:
    """Who listens, and where from."""

    caller: Caller
    since: str = ""
    kinds: frozenset[str] = frozenset()


async def stream(ring: Ring, backend: Backend, keys: Keys, listener: Listener) -> AsyncIterator[str]:
    """Yield what happened since the listener's place, then what happens, until it leaves or loses its access."""
    loop, woken = asyncio.get_running_loop(), asyncio.Event()

    def wake() -> None:
        loop.call_soon_threadsafe(woken.set)

    end = ring.listen(wake)
    try:
        number = ring.number(listener.since) if listener.since else ring.last()
        if number is None:
            number = ring.last()
            yield _reset(ring, backend, number)
        else:
            yield f"id: {ring.place(number)}\n: listening\n\n"
        while not ring.closed and keys.stands(listener.caller):
            woken.clear()
            found = ring.after(number, AT_ONCE)
            if found is None:
                number = ring.last()
                yield _reset(ring, backend, number)
            elif found:
                number = found[-1].number
                told = await run_in_threadpool(_allowed, found, backend, listener)
                yield "".join(_written(ring.place(one.number), one.event) for one in told) or ": nothing for you\n\n"
            else:
                try:
                    await asyncio.wait_for(woken.wait(), HEARTBEAT_S)
                except TimeoutError:
                    yield ": still here\n\n"
    finally:
        end()


def _allowed(found: Sequence[Numbered], backend: Backend, listener: Listener) -> list[Numbered]:
    """Return the events that the listener wants and may be told, noted in the access log when it is a client."""
    limits, caller = listener.caller.limits, listener.caller
    told = [one for one in found if not listener.kinds or one.event.kind in listener.kinds | {"reset"}]
    if not limits.none:
        ids = [one.event.id for one in told if one.event.kind == "proposition" and one.event.id]
        known = backend.store.propositions.many(ids)
        now = backend.clock()
        visible = {id for id, proposition in known.items() if limits.allow(proposition, now)}
        told = [
            one
            for one in told
            if one.event.kind in TOLD_IN_PART and (one.event.kind != "proposition" or one.event.id in visible)
        ]
    shown: dict[str, list[int]] = {}
    for one in told:
        if one.event.id is not None:
            shown.setdefault(f"{one.event.kind}s", []).append(one.event.id)
    if shown and not caller.is_person:
        backend.store.access_log.note(caller.name, ROUTE, shown)
    return told


def _reset(ring: Ring, backend: Backend, number: int) -> str:
    event = EventView(kind="reset", id=None, change="unknown place", at=backend.clock())
    return _written(ring.place(number), event)


def _written(place: str, event: EventView) -> str:
    return f"id: {place}\nevent: {event.kind}\ndata: {event.model_dump_json()}\n\n"
