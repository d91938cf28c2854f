"""ask."""

from __future__ import annotations

import click

from gum.cli.asking import daemon
from gum.cli.output import emit, json_option, printable
from gum.wire import Answer


@click.command(help="Ask a question about yourself; the answer comes from what is believed, and cites it.")
@click.argument("question")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 50), help="Propositions to answer from.")
@json_option
def ask(question: str, limit: int, as_json: bool) -> None:
    with daemon() as client:
        if as_json:
            emit(client.ask(question, limit))
            return
        for piece in client.ask_stream(question, limit):
            click.echo(printable(piece.text), nl=False)
            if piece.answer is not None:
                _close(piece.answer)


def _close(answer: Answer) -> None:
    """Say what the answer rests on: what it cites, else all that it was given."""
    click.echo()
    rests_on = [one for one in answer.propositions if one.id in answer.cited] or answer.propositions
    for one in rests_on:
        click.echo(f"  [{one.id}] {printable(one.text)} ({one.likelihood}, {one.probability:.2f})")
    click.echo(f"engine: {answer.engine}{'; ' + answer.note if answer.note else ''}", err=True)
