"""run, start, stop, restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gum import paths
from gum.cli.asking import settled
from gum.cli.exit_codes import VERDICT_CODES
from gum.cli.output import emit, json_option
from gum.cli.passphrases import passphrase_option
from gum.cli.typed import command
from gum.daemon import lifecycle
from gum.store.encryption.envelope import is_asked_for

if TYPE_CHECKING:
    from gum.daemon.service import Service
    from gum.store.encryption.holders import Passphrase


@click.command(help="Observe in the foreground until Ctrl-C.")
@passphrase_option
def run(passphrase: Passphrase) -> None:
    from gum.daemon.__main__ import serve

    def started(_service: Service) -> None:
        with lifecycle.connect(paths.home()) as client:
            status = settled(client)
        click.echo(status.verdict_text)
        click.echo(f"The API is at {status.api.url}. Review with: {command()} tui. End with Ctrl-C.")
        if VERDICT_CODES[status.verdict]:
            click.echo(f"What is wrong, and the fix: {command()} doctor", err=True)

    click.get_current_context().exit(serve(started, passphrase))


@click.command(help="Start the daemon and tell whether it records.")
@passphrase_option
@json_option
def start(passphrase: Passphrase, as_json: bool) -> None:
    lifecycle.start(paths.home(), passphrase)
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
@passphrase_option
@json_option
def restart(passphrase: Passphrase, as_json: bool) -> None:
    if is_asked_for(paths.home()):
        passphrase()  # before anything ends: nobody may be there to ask
    lifecycle.stop(paths.home())
    lifecycle.start(paths.home(), passphrase)
    _tell(as_json)


def _tell(as_json: bool) -> None:
    """Wait a moment for the observers, then write the verdict and exit with its code."""
    with lifecycle.connect(paths.home()) as client:
        status = settled(client)
    if as_json:
        emit(status)
    else:
        click.echo(status.verdict_text)
    click.get_current_context().exit(VERDICT_CODES[status.verdict])
