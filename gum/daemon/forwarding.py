"""Observes here and sends what is seen to the daemon of another machine, over its absences and over our own end."""

from __future__ import annotations

import ipaddress
import logging
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from gum import clock
from gum.api.captures import to_wire
from gum.clock import Clock
from gum.config import Config
from gum.daemon.budgets import Budgets
from gum.daemon.desktop import SharedDesktop
from gum.daemon.observing import threads_of
from gum.daemon.spool import Spool, Waiting
from gum.errors import ConfigError, DaemonAbsentError, GumError, RefusedError
from gum.paths import Home
from gum.perceive.exclusion import Exclusion
from gum.perceive.intake import Intake
from gum.protocols import Stop
from gum.records import Capture
from gum.wire import CaptureIn

if TYPE_CHECKING:
    from gum.client import Client

log = logging.getLogger(__name__)

SPOOL = "spool.db"
MEGABYTE = 1_000_000
TAKE_S = 1.0
FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 30.0
STOP_S = 3.0

#: Answers that pass: the store could not be written just then, or too much was asked at once.
_PASSING = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.INSUFFICIENT_STORAGE})
_NO_ENTRY = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the captures: delivered, still waiting, given way in the spool, and refused by the daemon."""

    sent: int = 0
    waiting: int = 0
    dropped: int = 0
    refused: int = 0


def client_of(url: str, token: str, authority: Path | None = None) -> Client:
    """Return a client of a daemon elsewhere; `authority` is the certificate to trust in place of the system's.

    Raises ConfigError for an address that would send what is seen in the clear, and for an unreadable certificate.
    """
    from gum.client import Client

    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigError(f"{url!r} is no address of a daemon; write https://host:port, or http://127.0.0.1:port.")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise ConfigError(
            f"{url} would send what is seen in the clear. Use https, or an SSH tunnel: "
            f"ssh -N -L 7777:127.0.0.1:PORT {parts.hostname}, then --to http://127.0.0.1:7777"
        )
    try:
        verify: ssl.SSLContext | bool = ssl.create_default_context(cafile=authority) if authority else True
    except OSError as error:  # ssl.SSLError is one too
        raise ConfigError(f"The certificate {authority} cannot be used ({error.strerror or error}).") from error
    return Client(url, token, verify=verify)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


class Forwarder:
    """Observers, a spool, and a thread that empties it; `run` lives until told to stop."""

    def __init__(self, home: Home, config: Config, client: Client, most_mb: int, now: Clock = clock.now) -> None:
        """Raises StoreError when the spool cannot be used, ConfigError for exclusions that cannot be."""
        self._client = client
        self._intake = Intake()
        self._desktop = SharedDesktop()
        self._spool = Spool(home.root / SPOOL, most_mb * MEGABYTE)
        self._stop = threading.Event()
        self._fresh = threading.Event()
        self._counts = Counts()
        self._fault: GumError | None = None
        self._budgets = Budgets(config.budget, {})
        self._observers = threads_of(
            config,
            desktop=self._desktop,
            excluded=Exclusion(config.exclude),
            put=self._intake.put,
            clock=now,
            pace=lambda: self._budgets.pace,
        )
        self._threads = [
            threading.Thread(target=work, name=name, daemon=True)
            for name, work in (("spooling", self._keep), ("sending", self._send))
        ]
        self._report: Report = log.info

    @property
    def counts(self) -> Counts:
        """What became of the captures until now."""
        return replace(self._counts, waiting=len(self._spool), dropped=self._spool.dropped + self._intake.dropped)

    def run(self, stop: Stop, report: Report) -> Counts:
        """Observe and send until told to stop; `report` hears when the other machine goes and comes back.

        Raises RefusedError when the token is not accepted, StoreError when the spool cannot be written.
        """
        self._report = report
        for thread in self._threads:
            thread.start()
        for observer in self._observers:
            observer.start()
        while not stop.wait(0.2) and self._fault is None:
            self._budgets.tick()
        for observer in self._observers:
            observer.stop()
        for observer in self._observers:
            observer.join(STOP_S)
        self._intake.close()
        self._threads[0].join(STOP_S)
        self._stop.set()
        self._fresh.set()
        self._threads[1].join(STOP_S)
        counts = self.counts
        self._spool.close()
        self._desktop.close()
        if self._fault is not None:
            raise self._fault
        return counts

    def _keep(self) -> None:
        """Write what the observers see to the spool, until the intake is closed and empty."""
        try:
            while not self._stop.is_set():
                capture = self._intake.take(TAKE_S)
                if capture is not None:
                    self._spool.add(lambda source, of=capture: _body(of, source), capture.frame is not None)  # type: ignore[misc]
                    self._fresh.set()
        except GumError as error:
            self._fault = error

    def _send(self) -> None:
        wait, away = FIRST_WAIT_S, False
        while not self._stop.is_set():
            try:
                waiting = self._spool.first()
                if waiting is None:
                    self._fresh.wait(TAKE_S)
                    self._fresh.clear()
                    continue
                self._deliver(waiting)
            except (DaemonAbsentError, RefusedError) as error:
                if isinstance(error, RefusedError) and error.status not in _PASSING:
                    self._fault = error
                    return
                if not away:
                    self._report(f"{len(self._spool)} captures wait here. {error}")
                away = True
                self._stop.wait(wait)
                wait = min(wait * 2, LONGEST_WAIT_S)
            except GumError as error:
                self._fault = error
                return
            else:
                if away:
                    self._report("The other machine answers again.")
                wait, away = FIRST_WAIT_S, False

    def _deliver(self, waiting: Waiting) -> None:
        """Send one capture; what the daemon does not want, such as while it is paused, is forgotten here too."""
        try:
            self._client.add_observation(CaptureIn.model_validate_json(waiting.body))
        except RefusedError as error:
            if error.status in _PASSING or error.status in _NO_ENTRY:
                raise
            self._counts = replace(self._counts, refused=self._counts.refused + 1)
        else:
            self._counts = replace(self._counts, sent=self._counts.sent + 1)
        self._spool.done(waiting.id)


def _body(capture: Capture, source: str) -> str:
    """Return the capture as it is sent; a sensor's own source is kept."""
    return to_wire(replace(capture, source=capture.source or source)).model_dump_json(exclude_none=True)
