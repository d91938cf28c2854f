"""ask."""

from __future__ import annotations

import click

from gum.cli.asking import daemon
from gum.cli.output import emit, json_option, printable


@click.command(help="Ask a question about yourself; the engine answers from what is believed.")
@click.argument("question")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 50), help="Propositions to answer from.")
@json_option
def ask(question: str, limit: int, as_json: bool) -> None:
    with daemon() as client:
        answer = client.ask(question, limit)
    if as_json:
        emit(answer)
        return
    click.echo(printable(answer.text))
    for one in answer.propositions:
        click.echo(f"  [{one.id}] {printable(one.text)} ({one.likelihood}, {one.probability:.2f})")
    click.echo(f"engine: {answer.engine}{'; ' + answer.note if answer.note else ''}", err=True)
