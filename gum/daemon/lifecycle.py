"""Starting, finding and stopping the daemon of a home, from another process."""

from __future__ import annotations

import os
import signal
import ssl
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from gum.api import token
from gum.errors import ConfigError, DaemonAbsentError, GumError, StoreError
from gum.paths import Home
from gum.store.encryption.envelope import is_asked_for
from gum.store.encryption.holders import Passphrase, no_passphrase
from gum.store.lock import Owner, read_owner

if TYPE_CHECKING:
    from gum.client import Client

START_S = 30.0
STOP_S = 10.0
START_FAILURE = "start-failure.txt"

#: The daemons that this process has started, by pid: they outlive it, and are buried by it when they end before.
_started: dict[int, subprocess.Popen[bytes]] = {}


def connect(home: Home, held: str = "") -> Client:
    """Return a client of the home's daemon, which asks with the person's own token unless another is `held`.

    Raises DaemonAbsentError when none runs, ConfigError without a token.
    """
    from gum.client import Client

    url = _address(home)
    if not url:
        raise DaemonAbsentError(f"No daemon runs on {home.root}; start it with: gumctl start")
    verify = _pinned(home) if url.startswith("https:") else True
    return Client(url, held or token.read(home.token), verify=verify, where=lambda: _address(home))


def _address(home: Home) -> str:
    """Return where the home's daemon answers; empty while none runs."""
    owner = read_owner(home)
    return owner.url if owner else ""


def _pinned(home: Home) -> ssl.SSLContext:
    """Return what trusts the daemon's own certificate and no other; its name plays no part on this machine.

    Raises ConfigError when it cannot be read.
    """
    from gum import config

    certificate = config.load(home.config).api.tls_certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    try:
        first, end, _ = Path(certificate).read_text(encoding="ascii").partition("-----END CERTIFICATE-----")
        context.load_verify_locations(cadata=first[first.find("-----BEGIN") :] + end)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"The certificate {certificate!r} of api.tls_certificate cannot be read.") from error
    return context


def start(home: Home, passphrase: Passphrase = no_passphrase) -> Owner:
    """Start the daemon detached and return it once its API answers; one that runs already is returned.

    `passphrase` is asked for when the home is encrypted by one; it goes through a pipe that nobody else can read.
    Raises GumError with the daemon's own sentence when it could not start.
    """
    running = read_owner(home)
    if running is not None and running.url:
        return running
    home.create()
    failure = home.root / START_FAILURE
    process = _spawn(home, failure, passphrase() if is_asked_for(home) else None)
    _started[process.pid] = process
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        owner = read_owner(home)
        if owner is not None and owner.url and owner.pid == process.pid and _answers(home):
            failure.unlink(missing_ok=True)
            return owner
        if process.poll() is not None:
            del _started[process.pid]
            raise StoreError(_said(failure) or f"The daemon ended at once; see {home.log}, and ask: gumctl doctor")
        time.sleep(0.05)
    process.terminate()
    raise GumError(f"The daemon did not answer within {START_S:.0f} s and was ended; see {home.log}.")


def stop(home: Home, seconds: float = STOP_S) -> bool:
    """Stop the daemon; return whether one ran.  Raises GumError when it does not end."""
    owner = read_owner(home)
    if owner is None:
        return False
    with suppress(psutil.NoSuchProcess):
        psutil.Process(owner.pid).send_signal(signal.SIGTERM)
    deadline = time.monotonic() + seconds
    while _lives(owner):
        if time.monotonic() > deadline:
            raise GumError(
                f"Process {owner.pid} did not end within {seconds:.0f} s. What is committed is safe: end it by force."
            )
        time.sleep(0.02)
    if child := _started.pop(owner.pid, None):
        child.wait()
    return True


def _lives(owner: Owner) -> bool:
    """Return whether the process still runs; one that is dead but not yet buried by its parent does not."""
    try:
        return psutil.Process(owner.pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _spawn(home: Home, failure: os.PathLike[str], passphrase: str | None) -> subprocess.Popen[bytes]:
    """Start `gumd` in a session of its own; what it says before it answers goes to a file."""
    # -P: the working folder must not offer modules
    command = [sys.executable, "-P", "-m", "gum.daemon", *(() if passphrase is None else ("--passphrase-fd", "0"))]
    descriptor = os.open(failure, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        process = subprocess.Popen(
            command,
            cwd=home.root,
            env=os.environ | {"GUM_HOME": str(home.root)},
            stdin=subprocess.DEVNULL if passphrase is None else subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=descriptor,
            start_new_session=True,
        )
    finally:
        os.close(descriptor)
    if process.stdin is not None:
        with suppress(BrokenPipeError), process.stdin as pipe:
            pipe.write(f"{passphrase}\n".encode())
    return process


def _answers(home: Home) -> bool:
    try:
        with connect(home) as client:
            return client.healthy()
    except GumError:
        return False


def _said(failure: os.PathLike[str]) -> str:
    """Return the last line that a daemon wrote before it gave up."""
    with open(failure, encoding="utf-8", errors="replace") as file:  # noqa: PTH123
        lines = [line.strip() for line in file if line.strip()]
    return lines[-1] if lines else ""
