"""No way out: inside the daemon every connection that would leave this machine is refused.

Two exits exist, each used only when the person asks: getting a model (`gumctl models`), and an engine at another
address that the settings name.  `network.allow` says which of them may be used at all.  The guard is an audit hook of
the interpreter: whatever package tries, Python's sockets ask it first.  Compiled code that brings its own sockets does
not; `gumctl doctor --egress` looks at the sockets that the processes really have.
"""

from __future__ import annotations

import ipaddress
import socket
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from gum.errors import NetworkError

_CONNECTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_RESOLVES = frozenset({"socket.getaddrinfo", "socket.gethostbyname"})


class _Guard:
    """What may leave: nothing while it is closed, but the hosts named and what a thread was let out for."""

    def __init__(self) -> None:
        self.closed = False
        self.allow: frozenset[str] = frozenset()
        self.hosts: frozenset[str] = frozenset()
        self.out = threading.local()
        self.hooked = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.closed or getattr(self.out, "open", False):
            return
        if event in _CONNECTS:
            host = _host(arguments[1]) if len(arguments) > 1 else None
        elif event in _RESOLVES:
            host = arguments[0]
        else:
            return
        if host is not None and not is_this_machine(host) and str(host).casefold() not in self.hosts:
            raise NetworkError(f"A connection to {_text(host)} was refused: nothing leaves this machine unasked.")


_guard = _Guard()


def close_ways_out(allow: Iterable[str] = (), hosts: Iterable[str] = ()) -> None:
    """Refuse every connection off this machine from now on, in every thread of this process.

    `allow` names the exits that `way_out` may open, `hosts` the names of engines that the settings name.
    """
    named = {host.casefold() for host in hosts}
    _guard.allow = frozenset(allow)
    _guard.hosts = frozenset(named | {address for host in named for address in _addresses(host)})
    if not _guard.hooked:
        sys.addaudithook(_guard)  # cannot be taken away again, only told to let everything pass
        _guard.hooked = True
    _guard.closed = True


def open_ways_out() -> None:
    """Stop refusing."""
    _guard.closed = False


def require(exit: str, allow: Iterable[str]) -> None:
    """Raise NetworkError when the settings close an exit."""
    if exit not in allow:
        raise NetworkError(f"The settings let no {exit} through: add {exit!r} to network.allow to change that.")


@contextmanager
def way_out(exit: str, allow: Iterable[str]) -> Iterator[None]:
    """Let this thread connect to other machines inside the block, for what the person has just asked for.

    Raises NetworkError when the settings close this exit.
    """
    require(exit, allow)
    before = getattr(_guard.out, "open", False)
    _guard.out.open = True
    try:
        yield
    finally:
        _guard.out.open = before


def is_this_machine(host: Any) -> bool:
    """Return whether an address or name means this machine: a loopback address, its own name, or a local socket."""
    if host in (None, "", b""):
        return True
    name = _text(host).casefold()
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback or name in ("0.0.0.0", "::")  # noqa: S104
    except ValueError:
        return name in ("localhost", "localhost.localdomain", socket.gethostname().casefold())


def host_of(address: str) -> str:
    """Return the host name of an address such as 'http://box.example:8080/v1'; empty when there is none."""
    try:
        return urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""


def _host(address: Any) -> Any:
    """Return the host of a socket's address; None for those of local sockets, which are paths."""
    return address[0] if isinstance(address, tuple) and address and isinstance(address[0], str | bytes) else None


def _addresses(host: str) -> set[str]:
    try:
        return {str(found[4][0]) for found in socket.getaddrinfo(host, None)}
    except OSError:
        return set()


def _text(host: Any) -> str:
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
