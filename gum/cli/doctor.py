"""doctor: one line for each check, with the exact fix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from gum import config as settings
from gum import paths
from gum.cli.exit_codes import ExitCode
from gum.cli.output import emit, json_option
from gum.errors import ConfigError

if TYPE_CHECKING:
    from gum.daemon.checks.check import Check

SIGNS = {"ok": "ok  ", "note": "note", "fail": "FAIL"}


@click.command(help="Check everything, with the fix for each fault; the exit code is 7 when there is one.")
@click.option("--egress", is_flag=True, help="Watch the running daemon's connections instead; 7 when one leaves.")
@click.option("--seconds", type=click.FloatRange(0, 60), default=5.0, show_default=True, help="Watch for so long.")
@json_option
def doctor(egress: bool, seconds: float, as_json: bool) -> None:
    if egress:
        _egress(seconds, as_json)
        return
    found = []
    for check in _checks(paths.home()):
        found.append(check)
        if not as_json:
            _write(check)
    failed = any(check.state == "fail" for check in found)
    if as_json:
        emit({"ok": not failed, "checks": [asdict(check) for check in found]})
    click.get_current_context().exit(ExitCode.CHECK_FAILED if failed else ExitCode.OK)


def _egress(seconds: float, as_json: bool) -> None:
    """Report what connections the daemon and its children had while they were watched."""
    from gum.cli.asking import daemon

    with daemon() as client:
        seen = client.egress(seconds)
    if as_json:
        emit(seen)
    else:
        click.echo(
            f"{seen.processes} processes watched for {seen.seconds:.1f} s in {seen.looks} looks: "
            f"{len(seen.outside)} connections leave this machine, {seen.inside} stay on it."
        )
        for one in seen.outside:
            click.echo(f"  {one.process} ({one.pid})  {one.local} -> {one.remote}  {one.state}, in {one.times} looks")
        for address in seen.listening:
            click.echo(f"  listens on {address}")
        click.echo(f"  may be used when you ask for it: {', '.join(seen.allowed) or 'nothing'}")
    click.get_current_context().exit(ExitCode.CHECK_FAILED if seen.outside else ExitCode.OK)


def _checks(home: paths.Home) -> Iterator[Check]:
    from gum.daemon.checks import database, display, parts
    from gum.daemon.checks import home as homes
    from gum.daemon.checks.check import fail, ok

    try:
        config = settings.load(home.config)
        yield ok("settings", str(home.config) if home.config.exists() else "every default")
    except ConfigError as error:
        config = settings.Config()
        yield fail("settings", str(error), f"Correct {home.config}; what follows is checked with the defaults.")
    yield from display.display(config)
    yield from parts.built(home, config)
    yield homes.owner(home)
    yield from database.database(home)
    yield from database.index(home, config)
    yield homes.room(home, config)
    yield homes.permissions(home)
    yield homes.time(home)


def _write(check: Check) -> None:
    click.echo(f"{SIGNS[check.state]}  {check.name:<13} {check.sentence}")
    if check.fix:
        click.echo(f"      {'':<13} fix: {check.fix}")
