"""exclude: what is never seen, and changes to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gum.cli.asking import daemon
from gum.cli.group import NearestGroup
from gum.cli.output import emit, json_option, printable, table

if TYPE_CHECKING:
    from gum.client import ExclusionView

KINDS = ("app", "title", "site")
SOURCES = {"you": "you", "settings": "the settings file", "seeded": "comes with the program"}

observation_option = click.option("--observation", type=click.IntRange(1), help="As this observation has it.")


@click.group(cls=NearestGroup, help="What is never seen: applications, titles, sites. Changes hold at once.")
def exclude() -> None:
    pass


@exclude.command(help="Never see an application, by window class (as 'gumctl observations list' shows it).")
@click.argument("pattern", default="")
@observation_option
@json_option
def app(pattern: str, observation: int | None, as_json: bool) -> None:
    _add("app", pattern, observation, as_json)


@exclude.command(help="Never see windows whose title fits a regular expression.")
@click.argument("pattern", default="")
@observation_option
@json_option
def title(pattern: str, observation: int | None, as_json: bool) -> None:
    _add("title", pattern, observation, as_json)


@exclude.command(help="Never see a site, by host name; its subdomains go with it.")
@click.argument("pattern", default="")
@observation_option
@json_option
def site(pattern: str, observation: int | None, as_json: bool) -> None:
    _add("site", pattern, observation, as_json)


@exclude.command(name="list", help="List what is never seen, your own rules first.")
@click.option("--mine", is_flag=True, help="Without what comes with the program.")
@json_option
def list_(mine: bool, as_json: bool) -> None:
    with daemon() as client:
        rules = [rule for rule in client.exclusions() if not mine or rule.source != "seeded"]
    if as_json:
        emit(rules)
        return
    rows = [(rule.kind, rule.pattern, rule.why, SOURCES[rule.source]) for rule in rules]
    table(("kind", "pattern", "for", "by"), rows, "Nothing is excluded.")


@exclude.command(help="See again what a rule hid; a seeded rule can be lifted too.")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("pattern")
@json_option
def remove(kind: str, pattern: str, as_json: bool) -> None:
    with daemon() as client:
        rule = client.unexclude(kind, pattern)
    if as_json:
        emit(rule)
    else:
        click.echo(f"The {rule.kind} {printable(rule.pattern)} is seen again.")


@exclude.command(help="Tell whether a window would be seen, and which rule hides it.")
@click.option("--app", default="", help="The window's class.")
@click.option("--title", default="", help="The window's title.")
@click.option("--url", default="", help="The address of the page in it.")
@json_option
def test(app: str, title: str, url: str, as_json: bool) -> None:
    if not (app or title or url):
        raise click.UsageError("Name an --app, a --title or a --url.")
    with daemon() as client:
        answer = client.test_exclusion(app, title, url)
    if as_json:
        emit(answer)
    elif answer.rule is None:
        click.echo("It would be seen.")
    else:
        click.echo(f"It is hidden by the rule for the {_sentence(answer.rule)}.")


def _add(kind: str, pattern: str, observation: int | None, as_json: bool) -> None:
    if bool(pattern) == (observation is not None):
        raise click.UsageError("Name a PATTERN or an --observation, one of both.")
    with daemon() as client:
        rule = client.exclude(kind, pattern, observation)
    if as_json:
        emit(rule)
        return
    click.echo(f"Never seen from now on: the {_sentence(rule)}.")
    click.echo(f"What was seen before stays until: gumctl forget --{kind} PATTERN", err=True)


def _sentence(rule: ExclusionView) -> str:
    return f"{rule.kind} {printable(rule.pattern)}{f' ({rule.why})' if rule.why else ''}"
