"""Connections without a token are few and short, so that they can keep nobody out (see gum.api.strangers)."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx
import pytest

from gum.api.strangers import Strangers
from tests.working import Running


class Timers:
    """Stands for the event loop: what is to be called, until it is called off."""

    def __init__(self) -> None:
        self.due: dict[int, Callable[[], None]] = {}
        self.made = 0

    def later(self, seconds: float, call: Callable[..., None], *given: object) -> Timers.One:
        self.made += 1
        made = Timers.One(self, self.made)
        self.due[made.number] = lambda: call(*given)
        return made

    class One:
        def __init__(self, timers: Timers, number: int) -> None:
            self.timers, self.number = timers, number

        def cancel(self) -> None:
            self.timers.due.pop(self.number, None)


@pytest.fixture
def ended() -> list[int]:
    return []


def come(strangers: Strangers, timers: Timers, ended: list[int], port: int) -> None:
    strangers.came(("127.0.0.1", port), lambda: ended.append(port), timers.later)


def test_the_oldest_gives_way_when_there_are_too_many(ended: list[int]) -> None:
    strangers, timers = Strangers(most=2), Timers()
    for port in (1, 2, 3, 4):
        come(strangers, timers, ended, port)
    assert (ended, len(strangers), len(timers.due)) == ([1, 2], 2, 2)


def test_who_has_shown_a_token_stays(ended: list[int]) -> None:
    strangers, timers = Strangers(most=1), Timers()
    come(strangers, timers, ended, 1)
    strangers.is_known(("127.0.0.1", 1))
    come(strangers, timers, ended, 2)
    assert (ended, len(strangers)) == ([], 1)


def test_the_time_of_each_is_short(ended: list[int]) -> None:
    strangers, timers = Strangers(), Timers()
    come(strangers, timers, ended, 1)
    (over,) = timers.due.values()
    over()
    assert (ended, len(strangers), timers.due) == ([1], 0, {})


@pytest.fixture
def lines() -> Iterator[Callable[[Running], socket.socket]]:
    with ExitStack() as stack:

        def connect(served: Running) -> socket.socket:
            url = httpx.URL(served.service.server.url)
            return stack.enter_context(socket.create_connection((url.host, url.port or 0), timeout=60))

        yield connect


def test_however_many_idle_connections_keep_nobody_out(
    served: Running, lines: Callable[[Running], socket.socket]
) -> None:
    idle = [lines(served) for _ in range(200)]
    assert served.client.status().verdict
    with httpx.Client(base_url=served.service.server.url, trust_env=False, timeout=60) as new:
        assert new.get("/v1/status", headers={"Authorization": f"Bearer {served.token}"}).status_code == 200
    assert idle[0].recv(1) == b""  # the first ones were ended


def test_a_request_that_never_ends_is_ended(served: Running, lines: Callable[[Running], socket.socket]) -> None:
    served.service.server.served.guard.strangers.seconds = 0.3
    slow = lines(served)
    slow.sendall(b"GET /v1/status HTTP/1.1\r\nHost: ")
    assert slow.recv(1) == b""


def test_a_stream_of_who_is_known_goes_on(served: Running) -> None:
    served.service.server.served.guard.strangers.seconds = 0.3
    headers = {"Authorization": f"Bearer {served.token}"}
    with (
        httpx.Client(base_url=served.service.server.url, headers=headers, trust_env=False, timeout=60) as client,
        client.stream("GET", "/v1/events", params={"kind": "proposition"}) as stream,
    ):
        told = stream.iter_lines()
        assert next(told).startswith("id: ")
        time.sleep(1)
        served.client.add_proposition("The user keeps bees.")
        assert any(line == "event: proposition" for line in told)
