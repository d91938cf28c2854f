"""Events: what happens is told as it happens, and nothing of it is missed or told to whom it may not be."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gum.api.events.ring import Ring
from gum.client import CaptureIn, Client, EventView
from gum.errors import DaemonAbsentError, GumError, RefusedError
from tests.waiting import until
from tests.working import START, HandClock, Running, running, text


class Listening:
    """A listener in a thread; `next` waits for its next event."""

    def __init__(self, client: Client, **more: Any) -> None:
        self._told: queue.Queue[EventView | Exception] = queue.Queue()
        self._client = client
        self._thread = threading.Thread(target=self._listen, kwargs=more, daemon=True)
        self._thread.start()

    def _listen(self, **more: Any) -> None:
        try:
            for event in self._client.events(**more):
                self._told.put(event)
        except (GumError, RuntimeError, httpx.HTTPError) as error:
            self._told.put(error)

    def next(self) -> EventView:
        found = self._told.get(timeout=15)
        if isinstance(found, Exception):
            raise found
        return found

    def until(self, kind: str, change: str) -> EventView:
        while True:
            event = self.next()
            if (event.kind, event.change) == (kind, change):
                return event

    def quiet(self) -> bool:
        return self._told.empty()


@contextmanager
def listening(served: Running, **more: Any) -> Iterator[Listening]:
    with Client(served.service.server.url, served.token) as client:
        before = served.service.server.served.watcher.ring.listeners
        listener = Listening(client, **more)
        until(lambda: served.service.server.served.watcher.ring.listeners > before)
        yield listener


def test_every_kind_of_change_is_told_with_its_id(served: Running) -> None:
    with listening(served) as listener:
        (seen,) = served.service.ingest(text("beetle anatomy"))
        assert listener.until("observation", "added").id == seen
        served.work()
        assert listener.until("episode", "added").id == 1
        id = listener.until("proposition", "added").id
        assert id is not None
        served.client.confirm(id)
        assert listener.until("proposition", "changed").id == id


def test_what_is_taken_back_is_never_told(served: Running) -> None:
    with listening(served) as listener:
        with pytest.raises(ZeroDivisionError):
            _said_and_failed(served)
        served.client.add_proposition("The user plays the viola.")
        event = listener.until("proposition", "added")
    assert served.client.proposition(event.id or 0).proposition.text == "The user plays the viola."


def _said_and_failed(served: Running) -> None:
    with served.service.store.transaction():
        served.service.review.add("The user plays the cello.")
        raise ZeroDivisionError


def test_events_hold_no_content(served: Running) -> None:
    with listening(served) as listener:
        served.client.add_proposition("The user plays the cello.")
        assert set(listener.next().model_dump()) == {"kind", "id", "change", "at"}


def test_only_the_kinds_that_were_asked_for_are_told(served: Running) -> None:
    with listening(served, kinds=["proposition"]) as listener:
        served.service.ingest(text("something"))
        served.client.add_proposition("The user plays the cello.")
        assert listener.next().kind == "proposition"


def test_a_new_verdict_of_the_daemon_is_told(served: Running) -> None:
    with listening(served, kinds=["status"]) as listener:
        served.client.pause()
        assert listener.until("status", "paused").id is None


def read(http: httpx.Client, lines: int, **headers: str) -> list[str]:
    """Return the first lines of a stream, without comments and blanks."""
    found: list[str] = []
    with http.stream("GET", "/v1/events", headers=headers, timeout=15) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        for line in answer.iter_lines():
            if line and not line.startswith(":"):
                found.append(line)
            if len(found) >= lines:
                break
    return found


@pytest.fixture
def http(served: Running) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {served.token}"}
    with httpx.Client(base_url=served.service.server.url, headers=headers, trust_env=False) as client:
        yield client


def test_a_stream_goes_on_where_it_ended(served: Running, http: httpx.Client) -> None:
    (start,) = read(http, 1)
    place = start.removeprefix("id: ")
    served.client.add_proposition("The user plays the cello.")
    served.client.add_proposition("The user plays the viola.")
    until(lambda: served.service.server.served.watcher.ring.last() >= 2)
    first = read(http, 4, **{"Last-Event-ID": place})
    again = read(http, 7, **{"Last-Event-ID": place})
    assert first[1:4] == again[1:4]
    rest = read(http, 4, **{"Last-Event-ID": first[1].removeprefix("id: ")})
    assert rest[1:4] == again[4:7]


@pytest.mark.parametrize("place", ["0123abcd-5", "nonsense", "-", "x-99999999999999999999", "\xc3\xa9"])
def test_a_place_that_is_not_known_is_answered_with_reset(served: Running, place: str) -> None:
    headers = {b"Authorization": f"Bearer {served.token}".encode(), b"Last-Event-ID": place.encode("latin-1")}
    with httpx.Client(base_url=served.service.server.url, headers=headers, trust_env=False) as http:  # type: ignore[arg-type]
        _, event, data = read(http, 3)
    assert event == "event: reset"
    assert '"unknown place"' in data


def test_a_listener_over_a_restart_is_told_to_read_anew(tmp_path: Path, clock: HandClock) -> None:
    with running(tmp_path / "home", clock=clock) as now:
        place = now.service.server.served.watcher.ring.place(0)
    with running(tmp_path / "home", clock=clock) as now, listening(now, since=place) as listener:
        assert listener.next().kind == "reset"


def test_a_stop_ends_every_stream(tmp_path: Path, clock: HandClock) -> None:
    with running(tmp_path / "home", clock=clock) as now:
        client = Client(now.service.server.url, now.token)
        listener = Listening(client, patience_s=0.5)
        until(lambda: now.service.server.served.watcher.ring.listeners == 1)
    with pytest.raises(DaemonAbsentError):
        listener.next()
    client.close()


def test_a_client_is_told_of_what_it_may_see_and_that_is_logged(served: Running) -> None:
    added = served.client.add_client("editor", ["read"], themes=["work"])
    with Client(served.service.server.url, added.token) as client:
        listener = Listening(client)
        until(lambda: served.service.server.served.watcher.ring.listeners == 1)
        served.service.ingest(text("something"))
        served.client.add_proposition("The user plays the cello.")  # of the topic life
        (seen,) = served.service.ingest(text("beetle anatomy", START))
        served.work()
        event = listener.until("proposition", "added")
        assert served.client.proposition(event.id or 0).proposition.theme == "work"
        until(lambda: any("propositions" in one.shown for one in served.client.access("editor").items))
        log = served.client.access("editor").items
        assert all("observations" not in one.shown for one in log)
        assert seen
        served.client.revoke_client("editor")
        served.client.add_proposition("The user plays the viola.")
        with pytest.raises(RefusedError):
            listener.until("proposition", "never")


def test_observing_clients_hear_nothing(served: Running) -> None:
    added = served.client.add_client("sensor", ["observe"])
    with Client(served.service.server.url, added.token) as client, pytest.raises(RefusedError):
        next(client.events())
    assert served.client.add_observation(CaptureIn(observer="x", text="y", captured_at=START)).observations


def test_the_watch_is_taken_up_again_when_the_connection_is_made_anew(served: Running) -> None:
    with listening(served) as listener:
        served.service.store.sql.rewrite()
        assert listener.until("reset", "missed")
        served.client.add_proposition("The user plays the cello.")
        assert listener.until("proposition", "added")


# ---------------------------------------------------------------- the ring


@given(st.integers(1, 8), st.lists(st.integers(0, 5), max_size=12), st.integers(0, 60), st.integers(1, 4))
def test_the_ring_tells_each_event_once_in_order_or_says_that_some_are_gone(
    kept: int, batches: list[int], start: int, most: int
) -> None:
    ring, count = Ring(kept), 0
    for size in batches:
        ring.put([EventView(kind="status", id=None, change=str(count + n + 1), at=START) for n in range(size)])
        count += size
    oldest = max(0, count - kept)
    number = ring.number(ring.place(start))
    assert (number is None) == (start < oldest or start > count)
    if number is None:
        return
    told: list[int] = []
    while found := ring.after(number, most):
        told += [int(one.event.change) for one in found]
        assert [one.number for one in found] == told[-len(found) :]
        number = found[-1].number
    assert told == list(range(start + 1, count + 1))
    if oldest > 0:
        assert ring.after(oldest - 1, most) is None
