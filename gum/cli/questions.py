"""questions: what the program would like to know, and the person's answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gum.cli.asking import daemon
from gum.cli.group import NearestGroup
from gum.cli.output import emit, json_option, printable

if TYPE_CHECKING:
    from gum.client import QuestionView

id_argument = click.argument("id", type=click.IntRange(1))


@click.group(cls=NearestGroup, help="Questions where one answer settles several things, and your answers.")
def questions() -> None:
    pass


@questions.command(name="list", help="List the open questions; with --all those that were answered or dropped too.")
@click.option("--all", "every", is_flag=True, help="Of every status.")
@json_option
def list_(every: bool, as_json: bool) -> None:
    with daemon() as client:
        found = client.questions(None if every else "open")
    if as_json:
        emit(found)
        return
    for one in found:
        _write(one)
    if not found:
        click.echo("Nothing is asked.", err=True)


@questions.command(help="Answer by the number of a choice, or by a sentence of your own.")
@id_argument
@click.argument("answer")
@json_option
def answer(id: int, answer: str, as_json: bool) -> None:
    with daemon() as client:
        _tell(client.answer_question(id, answer), as_json)


@questions.command(help="Drop a question; it is not asked again.")
@id_argument
@json_option
def dismiss(id: int, as_json: bool) -> None:
    with daemon() as client:
        _tell(client.dismiss_question(id), as_json)


def _tell(one: QuestionView, as_json: bool) -> None:
    if as_json:
        emit(one)
        return
    _write(one)
    for known in one.propositions:
        click.echo(f"  {known.id:>5}  {known.probability:.2f}  {known.status:<10}  {printable(known.text)}")


def _write(one: QuestionView) -> None:
    click.echo(f"{one.id:>5}  {printable(one.text)}")
    if one.status == "open":
        for number, choice in enumerate(one.choices, 1):
            click.echo(f"       {number}. {printable(choice)}")
    else:
        click.echo(f"       {one.status}{': ' + printable(one.answer) if one.answer else ''}")
