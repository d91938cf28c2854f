"""tui: opens a front end on the running daemon."""

from __future__ import annotations

import sys

import click

from gum import clock, config, paths, plugins
from gum.cli.exit_codes import ExitCode
from gum.cli.passphrases import prompted
from gum.daemon import lifecycle
from gum.errors import GumError
from gum.protocols import Frontend
from gum.store.lock import read_owner

DEFAULT = "tui"


@click.command(help="Review what is believed in the terminal; the daemon is started when none runs.")
@click.option("--frontend", default=DEFAULT, show_default=True, help="Another front end by its plug-in name.")
def tui(frontend: str) -> None:
    click.get_current_context().exit(open_frontend(paths.home(), frontend))


def open_frontend(home: paths.Home, name: str = DEFAULT) -> int:
    """Run a front end on the home's daemon until the person leaves; return its exit code."""
    chosen: Frontend = plugins.load("gum.frontends", name)()
    if not sys.stdin.isatty():
        raise GumError("The review needs a terminal; use 'gumctl propositions list' in a script.")
    clock.live_at(config.load(home.config).person.utc_offset)
    if read_owner(home) is None:
        click.echo("Starting the daemon …", err=True)
    lifecycle.start(home, prompted)
    with lifecycle.connect(home) as client:
        return chosen.run(client) or ExitCode.OK
