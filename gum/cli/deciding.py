"""suggestions why, model, allow: how it decides whether to speak."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from gum.cli.asking import daemon
from gum.cli.output import emit, json_option, local, printable, table

if TYPE_CHECKING:
    from gum.client import SuggestionView

_SAID = {
    "p_stated": "stated by its suggester",
    "p": "P(useful), after your answers",
    "answers": "answers learned from",
    "need": "need for help at the moment",
    "bar": "bar that P must pass",
    "benefit": "benefit",
    "cost_false_alarm": "cost of a false alarm at the moment",
    "cost_silence": "cost of silence",
    "gain": "what speaking gains over silence",
    "local_time": "time of day",
    "shown_today": "shown before on that day",
}


@click.command(help="Show why one was shown or held back, with the numbers; --silent lists what was held back.")
@click.argument("id", required=False, type=click.IntRange(1))
@click.option("--silent", is_flag=True, help="The latest that were held back.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 500), help="How many of them.")
@json_option
def why(id: int | None, silent: bool, limit: int, as_json: bool) -> None:
    if (id is None) == (not silent):
        raise click.UsageError("Give the number of a suggestion, or --silent.")
    with daemon() as client:
        found = [client.suggestion(id)] if id is not None else client.suggestions(("silent",), limit)
    if as_json:
        emit([_document(one) for one in found] if silent else _document(found[0]))
    elif silent:
        rows = [(str(one.id), one.kind, local(one.created_at), _reason(one), one.title) for one in found]
        table(("id", "kind", "decided", "why silent", "suggestion"), rows, "Nothing was held back.")
    else:
        _write(found[0])


@click.command(help="Show what your answers have taught: the weights of P(useful), and the kinds you refused.")
@json_option
def model(as_json: bool) -> None:
    with daemon() as client:
        learned = client.gate()
    if as_json:
        emit(learned)
        return
    rows = [(name, f"{weight:+.2f}") for name, weight in sorted(learned.weights.items())]
    table(("what P(useful) is told by", f"weight after {learned.answers} answers"), rows, "No answers yet.")
    rows = [(name, f"{weight:+.2f}") for name, weight in learned.need.items()]
    table(("what the need for help is told by", "weight"), rows, "")
    if learned.refused:
        click.echo(f"You want no more of: {', '.join(map(printable, learned.refused))}")


@click.command(help="Let a kind be offered again that you wanted no more of.")
@click.argument("kind")
@json_option
def allow(kind: str, as_json: bool) -> None:
    with daemon() as client:
        done = client.allow_kind(kind)
    if as_json:
        emit(done)
    elif done.taken_back:
        click.echo(f"{printable(kind)} may be offered again.")
    else:
        click.echo(f"{printable(kind)} was not refused.")


def _document(one: SuggestionView) -> dict[str, Any]:
    return {"id": one.id, "kind": one.kind, "status": one.status, "title": one.title, "decision": one.decision}


def _write(one: SuggestionView) -> None:
    click.echo(f"{printable(one.title)} [{one.status}]")
    click.echo(f"  {'shown' if one.decision.get('speak') else 'held back'}: {_reason(one)}")
    rows = [(said, str(one.decision[name])) for name, said in _SAID.items() if one.decision.get(name) is not None]
    features = one.decision.get("features") or {}
    rows += [(f"told by {printable(name)}", f"{value:g}") for name, value in features.items()]
    table(("number", "value"), rows, "No numbers are kept.")


def _reason(one: SuggestionView) -> str:
    return printable(str(one.decision.get("reason", "")))
