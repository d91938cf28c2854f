"""What is seen here arrives on another machine: in order, once, over the absence of either, never in the clear."""

from __future__ import annotations

import json
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gum.client import Client
from gum.config import Config
from gum.daemon.forwarding import SPOOL, Counts, Forwarder, client_of
from gum.daemon.spool import Spool
from gum.errors import ConfigError, RefusedError, StoreLockedError
from gum.paths import Home
from gum.records import Capture, Frame, Rect
from tests.daemon.seeing import Eye
from tests.ports import free_port
from tests.waiting import until
from tests.working import START, HandClock, Running, running, settings, text

PICTURE = Frame(Rect(0, 0, 40, 30), bytes(40 * 30 * 4))


@pytest.fixture
def here(tmp_path: Path) -> Home:
    home = Home(tmp_path / "here")
    home.create()
    return home


class Forwarding:
    """A forwarder in a thread; `counts` is what it says at its end."""

    def __init__(self, home: Home, config: Config, client: Client, most_mb: int = 50) -> None:
        self.one = Forwarder(home, config, client, most_mb)
        self.said: list[str] = []
        self.counts = Counts()
        self.error: Exception | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self.counts = self.one.run(self._stop, self.said.append)
        except Exception as error:  # noqa: BLE001 - the test looks at it
            self.error = error

    def ended(self) -> bool:
        return not self._thread.is_alive()

    def stop(self) -> Counts:
        self._stop.set()
        self._thread.join(15)
        assert self.ended()
        return self.counts


@contextmanager
def forwarding(home: Home, eye: Eye, url: str, token: str) -> Iterator[Forwarding]:
    with client_of(url, token) as client:
        one = Forwarding(home, eye.settings(), client)
        try:
            until(lambda: eye.watched() or one.ended())
            yield one
        finally:
            one.stop()


def token_of(now: Running) -> str:
    return now.client.add_client("laptop", ["observe"]).token


def test_what_is_seen_arrives_in_order_and_nothing_stays_behind(
    tmp_path: Path, here: Home, clock: HandClock, eye: Eye
) -> None:
    with running(tmp_path / "there", clock=clock) as now:
        with forwarding(here, eye, now.service.server.url, token_of(now)) as one:
            for number in range(20):
                eye.see(text(f"note {number}"))
            eye.see(Capture("screen", "frame", START, frame=PICTURE))
            until(lambda: now.service.store.observations.count() >= 20 and len(one.one._spool) == 0)
        kept = [it.text for it in now.client.observations(limit=100).items if it.text]
    assert kept == [f"note {number}" for number in range(20)]
    assert one.counts == Counts(sent=21)
    assert stat.S_IMODE((here.root / SPOOL).stat().st_mode) == 0o600
    assert b"note" not in (here.root / SPOOL).read_bytes()  # what was delivered left no bytes behind


def test_what_is_seen_while_the_other_machine_is_away_is_delivered_once_it_is_back(
    tmp_path: Path, here: Home, clock: HandClock, eye: Eye
) -> None:
    fixed = settings(api={"port": free_port()})
    with running(tmp_path / "there", fixed, clock) as now:
        url, token = now.service.server.url, token_of(now)
    with forwarding(here, eye, url, token) as one:
        for number in range(5):
            eye.see(text(f"away {number}"))
        until(lambda: bool(one.said))
        assert "No daemon answers" in one.said[0]
    assert (one.counts.sent, one.counts.waiting) == (0, 5)
    with running(tmp_path / "there", fixed, clock) as now, forwarding(here, eye, url, token) as one:
        until(lambda: now.service.store.observations.count() == 5)
        until(lambda: one.one.counts.waiting == 0)
        assert [it.text for it in now.client.observations().items] == [f"away {number}" for number in range(5)]


def test_a_capture_whose_delivery_was_not_noted_is_not_kept_twice(
    tmp_path: Path, here: Home, clock: HandClock, eye: Eye, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(tmp_path / "there", clock=clock) as now:
        with monkeypatch.context() as killed:
            killed.setattr(Spool, "done", lambda self, id: None)  # as though it was killed right before
            with forwarding(here, eye, now.service.server.url, token_of(now)) as one:
                eye.see(text("once"))
                until(lambda: one.one.counts.sent >= 2)
        token = now.client.add_client("again", ["observe"]).token
        with forwarding(here, eye, now.service.server.url, token) as one:
            until(lambda: one.one.counts.waiting == 0)
        assert [it.text for it in now.client.observations().items] == ["once"]


def test_what_comes_while_the_other_machine_is_paused_is_forgotten_here_too(
    tmp_path: Path, here: Home, clock: HandClock, eye: Eye
) -> None:
    with running(tmp_path / "there", clock=clock) as now:
        now.client.pause()
        with forwarding(here, eye, now.service.server.url, token_of(now)) as one:
            eye.see(text("a secret"))
            until(lambda: one.one.counts.refused == 1)
        assert one.counts.waiting == 0
        assert b"a secret" not in (here.root / SPOOL).read_bytes()


def test_a_token_that_may_not_observe_ends_it_with_a_sentence(
    tmp_path: Path, here: Home, clock: HandClock, eye: Eye
) -> None:
    with running(tmp_path / "there", clock=clock) as now:
        token = now.client.add_client("reader", ["read"]).token
        with forwarding(here, eye, now.service.server.url, token) as one:
            eye.see(text("note"))
            until(one.ended)
        assert isinstance(one.error, RefusedError)
        assert one.error.status == 403
    assert len(Spool(here.root / SPOOL, 1000)) == 1  # it waits for a better token


def test_when_the_spool_is_full_the_oldest_pixels_go_first(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db", 1000)
    for number in range(4):
        spool.add(lambda source, n=number: json.dumps({"n": n}).ljust(90), pixels=False)  # type: ignore[misc]
    for number in range(4, 12):
        spool.add(lambda source, n=number: json.dumps({"n": n}).ljust(90), pixels=True)  # type: ignore[misc]
    kept = []
    while (waiting := spool.first()) is not None:
        kept.append(json.loads(waiting.body)["n"])
        spool.done(waiting.id)
    assert kept == [0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11]
    assert spool.dropped == 1
    spool.close()


def test_two_programs_cannot_send_from_one_spool(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db", 1000)
    with pytest.raises(StoreLockedError, match="in use by another program"):
        Spool(tmp_path / "spool.db", 1000)
    spool.close()


@pytest.mark.parametrize("url", ["http://box.example:8000", "box", "ftp://127.0.0.1/"])
def test_an_address_that_would_send_in_the_clear_is_refused(url: str) -> None:
    with pytest.raises(ConfigError, match="https"):
        client_of(url, "token")


def test_it_stops_within_five_seconds_while_the_other_machine_is_away(here: Home, eye: Eye) -> None:
    with client_of(f"http://127.0.0.1:{free_port()}", "token") as client:
        one = Forwarding(here, eye.settings(), client)
        until(eye.watched)
        eye.see(text("note"))
        until(lambda: one.one.counts.waiting == 1)
        began = time.monotonic()
        assert one.stop().waiting == 1
        assert time.monotonic() - began < 5
