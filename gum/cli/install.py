"""install."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from gum.cli.output import emit, json_option

if TYPE_CHECKING:
    from gum.assistants.programs import Launch, Program
    from gum.assistants.settings import Edit

PROGRAMS = (
    "claude-desktop", "claude-code", "cursor", "vscode", "codex", "gemini-cli", "zed", "windsurf", "lm-studio",
    "opencode",
)  # fmt: skip
SCOPES = ("context", "read", "propose", "verdict", "write")


@click.command()
@click.argument("program", type=click.Choice(PROGRAMS))
@click.option("--name", default=None, help="As which client it asks.  [default: the program's name]")
@click.option(
    "--scope", "scopes", multiple=True, default=("context", "read"), show_default=True, type=click.Choice(SCOPES)
)
@click.option("--start", is_flag=True, help="Let it start the daemon, and with it observing, when it does not run.")
@click.option("--print", "only_print", is_flag=True, help="Only print what would stand in its settings.")
@click.option("--remove", is_flag=True, help="Take it out of the settings again, and end its access.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def install(
    program: str, name: str | None, scopes: tuple[str, ...], start: bool, only_print: bool, remove: bool, yes: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Let an assistant on this machine ask what is known about you.

    The change to the program's settings is shown, and written after a yes; the file of before is kept beside it.  The
    program gets a token of its own, which lies with your data and not in its settings.
    """
    from gum.assistants import settings
    from gum.assistants.programs import program as known

    chosen = known(program)
    client = name or program
    how = settings.launch(client, start)
    if only_print:
        _print(chosen, how, as_json)
        return
    edit = settings.removing(chosen) if remove else settings.installing(chosen, how)
    if edit.changes and not yes and not _agreed(edit):
        click.echo("Nothing was changed.", err=True)
        return
    _tokens(client, scopes, remove)
    kept = settings.write(edit) if edit.changes else None
    if as_json:
        emit(
            {
                "program": program,
                "client": client,
                "path": str(edit.path),
                "changed": edit.changes,
                "kept": str(kept or ""),
            }
        )
        return
    _told(chosen, edit, str(kept or ""), client, remove)


def _print(program: Program, how: Launch, as_json: bool) -> None:
    from gum.assistants import settings

    if as_json:
        emit({"program": program.name, "path": str(program.place()), "text": settings.snippet(program, how)})
        return
    click.echo(settings.snippet(program, how), nl=False)
    click.echo(f"This belongs into {program.place()}.", err=True)


def _agreed(edit: Edit) -> bool:
    click.echo(edit.diff, nl=False, err=True)
    if not sys.stdin.isatty():
        raise click.UsageError("Nobody can be asked here; add --yes to write it.")
    return click.confirm("Write this?", err=True)


def _tokens(client: str, scopes: tuple[str, ...], remove: bool) -> None:
    from gum import paths
    from gum.assistants import tokens

    if remove:
        tokens.remove(paths.home(), client)
    else:
        tokens.ensure(paths.home(), client, scopes)


def _told(program: Program, edit: Edit, kept: str, client: str, remove: bool) -> None:
    if not edit.changes:
        click.echo(f"{edit.path} is as it should be.")
        return
    was = f" The file of before is {kept}." if kept else ""
    click.echo(f"{edit.path} was changed.{was} Start {program.title} anew.")
    if not remove:
        click.echo(f"What it would see: gumctl clients preview {client}", err=True)
