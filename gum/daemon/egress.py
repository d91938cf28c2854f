"""What the daemon and the processes that it started really have open on the network."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from gum.config import Config
from gum.network import is_this_machine
from gum.wire import EgressView, SocketView

MOST_SECONDS = 60.0
STEP_S = 0.1


@dataclass(frozen=True, slots=True)
class Socket:
    """A socket of one of the watched processes; `remote` is empty while it only listens."""

    pid: int
    process: str
    local: str
    remote: str
    host: str
    state: str


def watched(seconds: float, config: Config, pid: int | None = None) -> EgressView:
    """Watch the sockets of a process (this one) and its children for so many seconds.

    The file of each process's sockets is read every tenth of a second; a connection that lives shorter can be missed.
    """
    seen: Counter[Socket] = Counter()
    processes: set[int] = set()
    began, looks = time.monotonic(), 0
    while True:
        looks += 1
        for one in _sockets(pid, processes):
            seen[one] += 1
        left = seconds - (time.monotonic() - began)
        if left <= 0:
            break
        time.sleep(min(STEP_S, left))
    outside = [one for one in seen if one.remote and not is_this_machine(one.host)]
    return EgressView(
        seconds=round(time.monotonic() - began, 2),
        looks=looks,
        processes=len(processes),
        inside=sum(1 for one in seen if one.remote) - len(outside),
        outside=[_view(one, seen[one]) for one in sorted(outside, key=lambda one: (one.pid, one.remote))],
        listening=sorted({one.local for one in seen if not one.remote and one.state == "LISTEN"}),
        allowed=[f"network.allow: {exit}" for exit in config.network.allow],
    )


def _sockets(pid: int | None, processes: set[int]) -> Iterator[Socket]:
    import psutil

    try:
        root = psutil.Process(pid)
        family = [root, *root.children(recursive=True)]
    except psutil.Error:
        return
    for process in family:
        try:
            name, connections = process.name(), process.net_connections(kind="inet")
        except psutil.Error:  # it ended meanwhile, or belongs to somebody else
            continue
        processes.add(process.pid)
        for one in connections:
            remote = f"{one.raddr.ip}:{one.raddr.port}" if one.raddr else ""
            local = f"{one.laddr.ip}:{one.laddr.port}" if one.laddr else ""
            yield Socket(process.pid, name, local, remote, one.raddr.ip if one.raddr else "", str(one.status))


def _view(one: Socket, times: int) -> SocketView:
    return SocketView(
        pid=one.pid, process=one.process, local=one.local, remote=one.remote, state=one.state, times=times
    )
