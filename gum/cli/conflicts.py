"""conflicts: what contradicts itself."""

from __future__ import annotations

import click

from gum.cli.asking import daemon
from gum.cli.output import emit, json_option, local, printable


@click.command(help="What contradicts itself; a verdict on either side resolves it.")
@json_option
def conflicts(as_json: bool) -> None:
    with daemon() as client:
        found = client.conflicts()
    if as_json:
        emit(found)
        return
    for one in found:
        held = one.proposition
        click.echo(f"{held.id:>5}  {printable(held.text)}  {held.probability:.2f}, {held.status}")
        against = one.rival
        if against is not None:
            word = "or" if one.exclusive else "but"
            click.echo(
                f"  {word} {against.id:>2}  {printable(against.text)}  {against.probability:.2f}, {against.status}"
            )
        else:
            click.echo(f"         {one.pieces} times something spoke against it")
        click.echo(f"         since {local(one.since)}")
    if found:
        click.echo("Say which holds with: gumctl propositions confirm ID, or reject ID", err=True)
    else:
        click.echo("Nothing contradicts itself.", err=True)
