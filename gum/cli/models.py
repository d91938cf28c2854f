"""models: what is on this machine, and getting more; the only commands that reach out, and only when called."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import entry_points

import click
import psutil

from gum import config, paths, plugins
from gum.cli.group import NearestGroup
from gum.cli.output import emit, json_option
from gum.errors import EmbedderError, GumError, PluginError
from gum.network import require
from gum.paths import Home

PRIVATE = 0o077


@click.group(cls=NearestGroup, help="Models on this machine.")
def models() -> None:
    pass


@models.command(name="list", help="List engines, readers and embedders, and whether each can work here.")
@json_option
def list_(as_json: bool) -> None:
    rows = [
        {"part": group.removeprefix("gum."), "name": name, "state": _state(group, name)}
        for group in ("gum.engines", "gum.readers", "gum.embedders")
        for name in plugins.names(group)
    ]
    if as_json:
        emit(rows)
        return
    for row in rows:
        click.echo(f"{row['part']:<10} {row['name']:<12} {row['state']}")


def _state(group: str, name: str) -> str:
    from gum.daemon import parts

    home = paths.home()
    folder = home.models / name if group == "gum.embedders" else home.models
    offers = {"folder": folder, "language": config.load(home.config).infer.language}
    try:
        made = parts.construct(plugins.load(group, name), offers)
    except GumError as error:
        return str(error)
    close = getattr(made, "close", None)
    if close is not None:
        close()
    return "ready"


@models.command(help="Make the embedder ready, for search by meaning.")
@json_option
def embedder(as_json: bool) -> None:
    home = paths.home()
    home.create()
    settings = config.load(home.config)
    require("downloads", settings.network.allow)
    name = settings.infer.embedder
    folder = home.models / name
    # a process of its own: building needs much memory once, and libraries that nothing else needs
    command = [sys.executable, "-m", _builder(name), str(folder)]
    built = subprocess.run(command, stdout=sys.stderr.fileno(), umask=PRIVATE, check=False)
    if built.returncode:
        raise EmbedderError(f"The embedder {name!r} could not be made ready; search runs on words alone until it is.")
    if as_json:
        emit({"embedder": name, "folder": str(folder)})
    else:
        click.echo(f"The embedder {name!r} is ready; a running daemon takes it up at: gumctl restart")


def _builder(name: str) -> str:
    """Return the module beside an embedder's own that builds it."""
    for point in entry_points(group="gum.embedders", name=name):
        return f"{point.module.rpartition('.')[0]}.build"
    raise PluginError(f"There is no plug-in {name!r} in gum.embedders that could be built.")


@models.command(help="Get a model that understands pictures and text; without a name the one that suits the memory.")
@click.argument("model", default="")
@click.option("--engine", default="llama", show_default=True, help="The engine it is for.")
@click.option("--mirror", default="", help="Another address that serves the same paths.")
@json_option
def add(model: str, engine: str, mirror: str, as_json: bool) -> None:
    home = paths.home()
    home.create()
    os.umask(PRIVATE)
    require("downloads", config.load(paths.home().config).network.allow)
    setup = plugins.load("gum.setups", engine)()
    sentence = setup.run(home.models, model, psutil.virtual_memory().total, mirror, _report)
    use = _in_use(home, engine)
    if as_json:
        emit({"engine": engine, "folder": str(home.models / engine), "sentence": sentence, "use": use})
        return
    click.echo(sentence)
    click.echo(use)


def _in_use(home: Home, engine: str) -> str:
    """Let the engine be the one that proposes where there are no settings yet; say how it is or can be put to use."""
    if not home.config.exists():
        home.config.write_text(f'[infer]\nengine = "{engine}"\n', encoding="utf-8")
    if config.load(home.config).infer.engine == engine:
        return "It is the engine from the daemon's next start on: gumctl restart"
    return f"Use it with engine = {engine!r} under [infer] in {home.config}, then: gumctl restart"


def _report(what: str, done: int, total: int) -> None:
    share = f" {done * 100 // total} %" if total else ""
    click.echo(f"\r{what}{share}", err=True, nl=not total or done >= total)
