"""config show, path, check."""

from __future__ import annotations

import click

from gum import config as settings
from gum import paths
from gum.cli.group import NearestGroup
from gum.cli.output import emit, json_option
from gum.cli.settings_file import toml


@click.group(cls=NearestGroup, help="The settings in force.")
def config() -> None:
    pass


@config.command(help="Print every setting in force.")
@json_option
def show(as_json: bool) -> None:
    loaded = settings.load(paths.home().config)
    if as_json:
        emit(loaded)
        return
    for key, field in settings.fields().items():
        value = loaded
        for part in key.split("."):
            value = getattr(value, part)
        click.echo(f"{key} = {toml(value)}  # {field.description}")


@config.command(help="Print where the settings file lies.")
@json_option
def path(as_json: bool) -> None:
    file = paths.home().config
    if as_json:
        emit({"path": str(file), "exists": file.exists()})
    else:
        click.echo(str(file))


@config.command(help="Read the settings file and say what is wrong.")
@json_option
def check(as_json: bool) -> None:
    file = paths.home().config
    settings.load(file)
    if as_json:
        emit({"path": str(file), "exists": file.exists(), "ok": True})
    else:
        click.echo(f"{file} is in order." if file.exists() else f"There is no {file}; every default is in force.")
