"""service: install, remove, status: whether the daemon starts with the person's session."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from gum import paths
from gum.cli.exit_codes import ExitCode
from gum.cli.group import NearestGroup
from gum.cli.output import emit, json_option

if TYPE_CHECKING:
    from gum.daemon.autostart import Kind, Registration

KINDS = ("systemd", "autostart", "launchd", "task")
NOT_RUN = "This kind was rendered and its form checked, but never run by those who wrote it."

kind_option = click.option(
    "--kind", type=click.Choice(KINDS), default=None, help="Which system's way.  [default: this one's]"
)
yes_option = click.option("--yes", is_flag=True, help="Do not ask.")


@click.group(cls=NearestGroup, help="Start with your session.")
def service() -> None:
    pass


@service.command(help="Show what would make the daemon start with your session, and write it after a yes.")
@kind_option
@click.option("--print", "only_print", is_flag=True, help="Write the file's text to stdout and change nothing.")
@yes_option
@json_option
def install(kind: str | None, only_print: bool, yes: bool, as_json: bool) -> None:
    from gum.daemon import autostart

    wanted = _registration(kind)
    if only_print:
        emit(_plain(wanted)) if as_json else click.echo(wanted.text, nl=False)
        return
    if not yes:
        _show(wanted)
        click.confirm("Write it?", abort=True, err=True)
    autostart.install(wanted)
    if as_json:
        emit(_plain(wanted))
    else:
        click.echo(f"{wanted.path} is written: the daemon starts with your next session. For now: gumctl start")


@service.command(help="Remove what starts the daemon with your session, after a yes.")
@kind_option
@yes_option
@json_option
def remove(kind: str | None, yes: bool, as_json: bool) -> None:
    from gum.daemon import autostart

    present = _registration(kind)
    if not yes and autostart.state(present) != "absent":
        click.echo(f"{present.path} would be removed.", err=True)
        _show_commands(present.disable)
        click.confirm("Remove it?", abort=True, err=True)
    autostart.remove(present)
    if as_json:
        emit(_plain(present))
    else:
        click.echo(f"{present.path} is removed. A daemon that runs goes on until: gumctl stop")


@service.command(help="Tell whether the daemon starts with your session; the exit code is 1 when it does not.")
@kind_option
@json_option
def status(kind: str | None, as_json: bool) -> None:
    from gum.daemon import autostart

    wanted = _registration(kind)
    found = autostart.state(wanted)
    sentence = {
        "absent": "The daemon does not start with your session; to change that: gumctl service install",
        "installed": f"The daemon starts with your session, by {wanted.path}.",
        "other": f"{wanted.path} is not what would be written now; renew it with: gumctl service install",
    }[found]
    if as_json:
        emit(_plain(wanted) | {"state": found})
    else:
        click.echo(sentence)
    click.get_current_context().exit(ExitCode.ERROR if found == "absent" else ExitCode.OK)


def _registration(kind: str | None) -> Registration:
    from gum.daemon import autostart

    return autostart.registration(cast("Kind", kind) if kind else autostart.kind_here(), paths.home())


def _show(wanted: Registration) -> None:
    click.echo(f"{wanted.path} would be written:\n", err=True)
    click.echo(wanted.text, err=True)
    _show_commands(wanted.enable)
    if not wanted.tried:
        click.echo(NOT_RUN, err=True)


def _show_commands(commands: tuple[tuple[str, ...], ...]) -> None:
    for command in commands:
        click.echo(f"and run: {' '.join(command)}", err=True)


def _plain(wanted: Registration) -> dict[str, object]:
    return {
        "kind": wanted.kind,
        "path": str(wanted.path),
        "text": wanted.text,
        "enable": wanted.enable,
        "disable": wanted.disable,
        "tried": wanted.tried,
    }
