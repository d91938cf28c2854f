"""pause and resume."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gum import clock
from gum.cli import times
from gum.cli.asking import daemon, settled
from gum.cli.output import emit, json_option

if TYPE_CHECKING:
    from gum.client import DaemonStatus


@click.command(help="Stop seeing: 15m, 1h, until 17:00; without a time until resumed.")
@click.argument("when", nargs=-1)
@json_option
def pause(when: tuple[str, ...], as_json: bool) -> None:
    now = clock.now()
    match when:
        case ():
            until = None
        case ("until", text):
            until = times.coming(text, now)
        case (text,):
            until = now + times.duration(text)
        case _:
            raise click.BadParameter("Write: gumctl pause 15m, or: gumctl pause until 17:00")
    with daemon() as client:
        # a demo home has a clock of its own: a length of time means the same on both
        status = client.pause(minutes=(until - now).total_seconds() / 60 if until else None)
    _tell(status, as_json)


@click.command(help="See again.")
@json_option
def resume(as_json: bool) -> None:
    with daemon() as client:
        client.resume()
        _tell(settled(client), as_json)


def _tell(status: DaemonStatus, as_json: bool) -> None:
    if as_json:
        emit(status)
    else:
        click.echo(status.verdict_text)
