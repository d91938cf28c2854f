"""audit: what was held back as sensitive, the person's answers, and the categories."""

from __future__ import annotations

import click

from gum.cli.asking import daemon
from gum.cli.group import NearestGroup
from gum.cli.output import emit, json_option, local, printable, table

DECISIONS = ("held", "allowed", "refused")
id_argument = click.argument("id", type=click.IntRange(1))


@click.group(cls=NearestGroup, help="What was held back as sensitive, and your answer to it.")
def audit() -> None:
    pass


@audit.command(name="list", help="List what is held back; with --decision what was allowed or refused.")
@click.option("--decision", type=click.Choice(DECISIONS), default="held", show_default=True)
@click.option("--all", "every", is_flag=True, help="Every decision.")
@json_option
def list_(decision: str, every: bool, as_json: bool) -> None:
    with daemon() as client:
        found = client.audit(None if every else decision)
    if as_json:
        emit(found)
        return
    rows = [
        (str(one.id), one.category, one.decision, one.text or "(nothing of it is kept)", one.reason, local(one.at))
        for one in found
    ]
    table(("id", "category", "decision", "it would say", "why", "when"), rows, "Nothing is held back.")


@audit.command(help="Let what was held back become a proposition with its evidence.")
@id_argument
@json_option
def allow(id: int, as_json: bool) -> None:
    with daemon() as client:
        made = client.allow_held(id)
    if as_json:
        emit(made)
    else:
        one = made.proposition
        click.echo(f"Proposition {one.id}: {printable(one.text)} ({one.likelihood})")


@audit.command(help="Let it go for good; the same is held back silently from now on.")
@id_argument
@json_option
def refuse(id: int, as_json: bool) -> None:
    with daemon() as client:
        one = client.refuse_held(id)
    if as_json:
        emit(one)
    else:
        click.echo(f"{one.id} is refused; nothing of it is kept.")


@audit.command(help="List the sensitive categories; name one with --allow or --hold to switch it.")
@click.argument("category", required=False)
@click.option("--allow/--hold", "on", default=None, help="From now on; this outlasts infer.allow_sensitive.")
@json_option
def categories(category: str | None, on: bool | None, as_json: bool) -> None:
    if (category is None) != (on is None):
        raise click.UsageError("Name a category and --allow or --hold, or neither.")
    with daemon() as client:
        if category is not None and on is not None:
            client.allow_category(category, on)
        found = client.audit_categories()
    if as_json:
        emit(found)
        return
    rows = [
        (one.category, "allowed" if one.allowed else "held back", local(one.switched_at), str(one.held),
         str(one.propositions))
        for one in found
    ]  # fmt: skip
    table(("category", "is", "by you since", "waiting", "believed"), rows, "")
