"""Nothing leaves this machine unless the person asked for it."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from gum import network
from gum.config import Config
from gum.daemon.egress import watched
from gum.errors import NetworkError

OUTSIDE = ("192.0.2.1", 80)


@pytest.fixture
def closed() -> Iterator[None]:
    network.close_ways_out()
    yield
    network.open_ways_out()


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("host", ["kelp.example", "192.0.2.1", "2001:db8::1"])
def test_no_name_off_this_machine_is_looked_up(host: str) -> None:
    with pytest.raises(NetworkError, match="refused"):
        socket.getaddrinfo(host, 80)


@pytest.mark.usefixtures("closed")
def test_no_datagram_leaves() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender, pytest.raises(NetworkError):
        sender.sendto(b"x", OUTSIDE)


def test_no_connection_leaves_whatever_package_opens_it() -> None:
    done = subprocess.run([sys.executable, "-c", CALLS_OUT], capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout.split() == ["httpx", "urllib", "socket", "local"], done.stderr


CALLS_OUT = """
import socket, urllib.request
import httpx
from gum import network
from gum.errors import NetworkError
network.close_ways_out()
calls = {
    "httpx": lambda: httpx.get("http://192.0.2.1/", timeout=2, trust_env=False),
    "urllib": lambda: urllib.request.urlopen("http://192.0.2.1/", timeout=2),
    "socket": lambda: socket.create_connection(("192.0.2.1", 80), 2),
}
for name, call in calls.items():
    try:
        call()
    except NetworkError:
        print(name)
with socket.socket() as server, socket.socket() as client:
    server.bind(("127.0.0.1", 0))
    server.listen()
    client.connect(server.getsockname())
    print("local")
"""


@pytest.mark.usefixtures("closed")
def test_an_exit_opens_for_the_thread_that_was_let_out_and_for_no_other() -> None:
    refused: list[bool] = []

    def elsewhere() -> None:
        try:
            socket.getaddrinfo("192.0.2.1", 80)
        except NetworkError:
            refused.append(True)

    with network.way_out("downloads", ("downloads",)):
        assert socket.getaddrinfo("192.0.2.1", 80)
        other = threading.Thread(target=elsewhere)
        other.start()
        other.join()
    assert refused == [True]
    with pytest.raises(NetworkError):
        socket.getaddrinfo("192.0.2.1", 80)


def test_an_exit_that_the_settings_close_does_not_open() -> None:
    with pytest.raises(NetworkError, match=r"network\.allow"), network.way_out("engines", Config().network.allow):
        pass


@pytest.mark.parametrize(
    ("host", "here"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), (None, True), ("", True), ("127.8.9.1", True),
     ("192.0.2.1", False), ("localhost.example", False), ("10.0.0.3", False), (b"kelp.example", False)],
)  # fmt: skip
def test_what_counts_as_this_machine(host: object, here: bool) -> None:
    assert network.is_this_machine(host) is here


def test_a_connection_that_leaves_is_reported_by_the_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())
        assert watched(0, Config()).outside == []
        monkeypatch.setattr("gum.daemon.egress.is_this_machine", lambda host: False)
        assert [one.remote for one in watched(0, Config()).outside if one.remote.endswith(str(server.getsockname()[1]))]
