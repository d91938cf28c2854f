"""`gumd`: the daemon in the foreground, until SIGTERM or SIGINT."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gum import clock, config, paths
from gum.custody import leave_no_core
from gum.daemon import logs, memory
from gum.daemon.stopping import StopBySignal
from gum.errors import GumError
from gum.protocols import Stop
from gum.store.encryption.holders import Passphrase, from_descriptor, no_passphrase

if TYPE_CHECKING:
    from gum.daemon.service import Service


def main() -> None:
    """Run the daemon of the home in force; exit with the error's code when it cannot start."""
    try:
        given = _given(sys.argv[1:])
        if given.home is not None:
            os.environ["GUM_HOME"] = given.home
        code = serve(passphrase=given.passphrase)
    except GumError as error:
        print(error, file=sys.stderr)  # noqa: T201 - this is what the starting program reads
        code = error.exit_code
    sys.exit(code)


@dataclass(frozen=True, slots=True)
class _Given:
    """What the command line says: the home, and what gives its passphrase."""

    home: str | None
    passphrase: Passphrase


def _given(arguments: Sequence[str]) -> _Given:
    parser = argparse.ArgumentParser(prog="gumd", description="Run the daemon of the home in force.")
    parser.add_argument("--home", metavar="FOLDER", help="the home, in place of GUM_HOME's")
    parser.add_argument("--passphrase-fd", type=int, metavar="N", help="read the passphrase from this file descriptor")
    given = parser.parse_args(arguments)
    return _Given(given.home, no_passphrase if given.passphrase_fd is None else from_descriptor(given.passphrase_fd))


def serve(started: Callable[[Service], None] | None = None, passphrase: Passphrase = no_passphrase) -> int:
    """Run until a signal asks to end; `started` is called once everything runs.  Raises GumError at the start."""
    leave_no_core()
    memory.keep_lean()
    home = paths.home()
    home.create()
    settings = config.load(home.config)
    clock.live_at(settings.person.utc_offset)
    handler = logs.to_file(home.log)
    stop = StopBySignal()
    try:
        clean = _serve(home, settings, stop, started, passphrase)
    finally:
        stop.close()
        logs.close(handler)
    if not clean:  # a thread hangs in a library; what is committed is safe, and the system frees the lock
        os._exit(0)
    return 0


def _serve(
    home: paths.Home,
    settings: config.Config,
    stop: Stop,
    started: Callable[[Service], None] | None,
    passphrase: Passphrase,
) -> bool:
    from gum.daemon.service import open_service

    service = open_service(home, settings, passphrase)
    try:
        service.start()
        if started is not None:
            started(service)
        service.run(stop)
    finally:
        clean = service.stop()
    return clean


if __name__ == "__main__":
    main()
