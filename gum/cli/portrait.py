"""portrait: the person in short, by theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gum.cli.asking import daemon
from gum.cli.output import emit, json_option, local, printable

if TYPE_CHECKING:
    from gum.client import Portrait


@click.command(help="Tell who you are, as far as it is believed: by theme, each sentence with its propositions.")
@click.option("--prose", is_flag=True, help="In an engine's words, where the engine can write.")
@json_option
def portrait(prose: bool, as_json: bool) -> None:
    with daemon() as client:
        found = client.portrait(prose=prose)
    if as_json:
        emit(found)
    elif not found.sections:
        click.echo("Nothing is believed yet.", err=True)
    else:
        _tell(found)


def _tell(found: Portrait) -> None:
    for section in found.sections:
        click.secho(f"{section.title}", bold=True)
        if section.prose:
            click.echo(f"  {printable(section.prose)}")
        for one in section.sentences if not section.prose else ():
            numbers = ", ".join(map(str, one.propositions))
            click.echo(f"  {printable(one.text)} " + click.style(f"{one.likelihood} [{numbers}]", dim=True))
        if section.prose:
            numbers = ", ".join(str(id) for one in section.sentences for id in one.propositions)
            click.secho(f"  [{numbers}]", dim=True)
        if section.more:
            click.secho(f"  and {section.more} more: gumctl propositions list", dim=True)
        click.echo()
    click.secho(f"As of {local(found.made_at)}; the numbers are propositions: gumctl propositions show N", dim=True)
