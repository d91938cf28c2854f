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
@json_option
def doctor(as_json: bool) -> None:
    found = []
    for check in _checks(paths.home()):
        found.append(check)
        if not as_json:
            _write(check)
    failed = any(check.state == "fail" for check in found)
    if as_json:
        emit({"ok": not failed, "checks": [asdict(check) for check in found]})
    click.get_current_context().exit(ExitCode.CHECK_FAILED if failed else ExitCode.OK)


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
