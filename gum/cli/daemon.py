"""run, start, stop, restart."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from gum import paths
from gum.cli.exit_codes import VERDICT_CODES
from gum.cli.output import emit, json_option
from gum.daemon import lifecycle

if TYPE_CHECKING:
    from gum.client import DaemonStatus
    from gum.daemon.service import Service

SETTLING_S = 3.0


@click.command(help="Observe in the foreground until Ctrl-C.")
def run() -> None:
    from gum.daemon.__main__ import serve

    def started(service: Service) -> None:
        click.echo(f"Observing; the API is at {service.server.url}. Review with: gumctl tui. End with Ctrl-C.")

    click.get_current_context().exit(serve(started))


@click.command(help="Start the daemon and tell whether it records.")
@json_option
def start(as_json: bool) -> None:
    lifecycle.start(paths.home())
    _tell(as_json)


@click.command(help="Stop the daemon.")
@json_option
def stop(as_json: bool) -> None:
    ran = lifecycle.stop(paths.home())
    if as_json:
        emit({"stopped": ran, "verdict": "stopped"})
    else:
        click.echo("stopped" if ran else "No daemon was running.")


@click.command(help="Stop the daemon and start it again.")
@json_option
def restart(as_json: bool) -> None:
    lifecycle.stop(paths.home())
    lifecycle.start(paths.home())
    _tell(as_json)


def _tell(as_json: bool) -> None:
    """Wait a moment for the observers, then write the verdict and exit with its code."""
    status = _settled()
    if as_json:
        emit(status)
    else:
        click.echo(status.verdict_text)
    click.get_current_context().exit(VERDICT_CODES[status.verdict])


def _settled() -> DaemonStatus:
    from gum.daemon.status import STARTING

    with lifecycle.connect(paths.home()) as client:
        deadline = time.monotonic() + SETTLING_S
        while True:
            status = client.status()
            if not status.verdict_text.endswith(STARTING) or time.monotonic() > deadline:
                return status
            time.sleep(0.1)
