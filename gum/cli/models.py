"""models: what is on this machine, and getting more; the only commands that reach out, and only when called."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

import click
import psutil

from gum import choosing, config, paths, plugins
from gum.cli.exit_codes import ExitCode
from gum.cli.group import NearestGroup
from gum.cli.output import emit, json_option, printable, table
from gum.cli.progress import steps, transfer
from gum.errors import EmbedderError, GumError, PluginError
from gum.network import require

if TYPE_CHECKING:
    from collections.abc import Callable

    from gum.protocols import KeptModel, Offer, Setup

PRIVATE = 0o077
GB, MB = 1e9, 1e6

engine_option: Callable[..., Any] = click.option(
    "--engine", default="llama", show_default=True, help="The engine it is for."
)


@click.group(cls=NearestGroup, help="Models on this machine.")
def models() -> None:
    pass


@models.command(name="list", help="List the models that can be had and that are here, and whether each part can work.")
@json_option
def list_(as_json: bool) -> None:
    home = paths.home()
    parts = [
        {"part": group.removeprefix("gum."), "name": name, "state": _state(group, name)}
        for group in ("gum.engines", "gum.readers", "gum.embedders")
        for name in plugins.names(group)
    ]
    catalogue: list[dict[str, Any]] = []
    here: list[KeptModel] = []
    for engine, setup in choosing.setups().items():
        suits = setup.fitting(psutil.virtual_memory().total)
        kept = {one.name: one for one in setup.kept(home.models)}
        catalogue += [_offered(engine, offer, offer.name == suits, kept.get(offer.name)) for offer in setup.offers()]
        here += kept.values()
    if as_json:
        emit({"parts": parts, "catalogue": catalogue, "here": [choosing.plain(one) for one in here]})
        return
    _show_catalogue(catalogue)
    _show_here(here)
    for row in parts:
        click.echo(f"{row['part']:<10} {row['name']:<12} {row['state']}")


def _offered(engine: str, offer: Offer, suits: bool, kept: KeptModel | None) -> dict[str, Any]:
    state = "in use" if kept and kept.in_use else "here" if kept else ""
    return {"engine": engine, **choosing.plain(offer), "bytes": offer.bytes, "suits": suits, "state": state}


def _show_catalogue(catalogue: list[dict[str, Any]]) -> None:
    rows = [
        (
            f"{row['name']}{' *' if row['suits'] else ''}",
            f"{row['memory_gb']} GB",
            f"{row['needs_mb'] / 1000:.1f} GB",
            _size(row["bytes"]),
            row["licence"],
            row["repository"],
            "published" if all(file["sha256"] for file in row["files"]) else "pinned at the first pull",
            row["state"],
        )
        for row in catalogue
    ]
    table(
        ("model", "for a machine of", "takes", "download", "licence", "from", "sums", ""),
        rows,
        "No engine offers models.",
    )
    click.echo("* suits this machine: gumctl models pull\n")


def _show_here(here: list[KeptModel]) -> None:
    if not here:
        return
    rows = [
        (
            one.name,
            "in use" if one.in_use else "",
            _size(one.bytes),
            "text and images" if one.sees else "text",
            one.trust,
            _speed(one.bench),
        )
        for one in here
    ]
    table(("here", "", "size", "understands", "trust", "measured"), rows, "")


def _size(count: float) -> str:
    """Return bytes as a person reads them."""
    return f"{count / GB:.1f} GB" if count >= GB / 10 else f"{count / MB:.1f} MB"


def _speed(bench: dict[str, Any]) -> str:
    return f"{bench['generation_tokens_per_s']:.1f} tokens/s" if "generation_tokens_per_s" in bench else "not yet"


def _state(group: str, name: str) -> str:
    from gum.daemon import parts

    home = paths.home()
    folder = home.models / name if group == "gum.embedders" else home.models
    settings = config.load(home.config)
    offers = {"folder": folder, "language": settings.infer.language, "config": settings}
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
@engine_option
@click.option("--mirror", default="", help="Another address that serves the same paths; the setting is model.mirror.")
@json_option
def pull(model: str, engine: str, mirror: str, as_json: bool) -> None:
    setup, settings = _ready(engine)
    require("downloads", settings.network.allow)
    name = model or setup.fitting(psutil.virtual_memory().total)
    with transfer(quiet=as_json) as report:
        kept = setup.pull(paths.home().models, name, mirror or settings.model.mirror, report)
    _tell(setup, kept, as_json)


@models.command(
    name="import", help="Take over files that are here already: a GGUF file, or a model of another program."
)
@click.argument("source", default="")
@click.option("--projector", default="", help="The file that reads images for the model; one beside it is found.")
@click.option("--name", default="", help="What to call it.")
@engine_option
@json_option
def import_(source: str, projector: str, name: str, engine: str, as_json: bool) -> None:
    setup, _ = _ready(engine)
    if not source:
        _show_elsewhere(setup, as_json)
        return
    with transfer(quiet=as_json) as report:
        kept = setup.take(paths.home().models, source, projector, name, report)
    _tell(setup, kept, as_json)


def _show_elsewhere(setup: Setup, as_json: bool) -> None:
    found = list(setup.elsewhere())
    if as_json:
        emit(found)
        return
    for one in found:
        click.echo(printable(one))
    if not found:
        click.echo("No store of Ollama or LM Studio is here; name a GGUF file.", err=True)


@models.command(help="Use a model that is here; the daemon takes it up at its next start.")
@click.argument("model")
@engine_option
@json_option
def use(model: str, engine: str, as_json: bool) -> None:
    setup, _ = _ready(engine)
    kept = setup.use(paths.home().models, model)
    choosing.put_to_use(paths.home(), engine)
    _tell(setup, kept, as_json)


@models.command(help="Remove a model's files.")
@click.argument("model")
@engine_option
@json_option
def remove(model: str, engine: str, as_json: bool) -> None:
    setup, _ = _ready(engine)
    freed = setup.remove(paths.home().models, model)
    if as_json:
        emit({"model": model, "freed_bytes": freed})
    else:
        click.echo(f"{model} was removed; {_size(freed)} are free again.")


@models.command(help="Compare the files of a model, or of every one that is here, with their sums.")
@click.argument("model", default="")
@engine_option
@json_option
def verify(model: str, engine: str, as_json: bool) -> None:
    setup, _ = _ready(engine)
    home = paths.home()
    names = [model] if model else [one.name for one in setup.kept(home.models)]
    rows = []
    with transfer(quiet=True) as report:
        for name in names:
            rows += [{"model": name, **choosing.plain(one)} for one in setup.verify(home.models, name, report)]
    if as_json:
        emit(rows)
    else:
        for row in rows:
            state = "intact" if row["intact"] else "DAMAGED OR CHANGED"
            click.echo(f"{row['model']:<16} {row['file']:<16} {state}, against {row['against']}  {row['sha256']}")
        if not rows:
            click.echo("There is no model here.", err=True)
    if not all(row["intact"] for row in rows):
        click.get_current_context().exit(ExitCode.CHECK_FAILED)


@models.command(help="Measure the model in use: speed, time and work for each episode, and what a day will cost.")
@engine_option
@json_option
def bench(engine: str, as_json: bool) -> None:
    from gum.cli.benching import show

    setup, settings = _ready(engine)
    with steps(quiet=as_json) as report:
        measured = setup.bench(paths.home().models, settings, report)
    show(measured, settings, as_json)


@models.command(help="Keep the key that a server asks for, in the system keyring; it is read from the input.")
@click.option("--file", "by_file", is_flag=True, help="Keep it in a file that only you can read instead.")
@click.option("--engine", default="openai", show_default=True, help="The engine it is for.")
@json_option
def key(by_file: bool, engine: str, as_json: bool) -> None:
    setup, _ = _ready(engine)
    secret = click.prompt("Key", hide_input=True, err=True) if sys.stdin.isatty() else sys.stdin.readline()
    sentence = setup.keep_key(paths.home().models, str(secret).strip(), by_file)
    if as_json:
        emit({"engine": engine, "sentence": sentence})
    else:
        click.echo(sentence)


def _ready(engine: str) -> tuple[Setup, config.Config]:
    """Return an engine's set-up and the settings, with the home made for the person alone."""
    home = paths.home()
    home.create()
    os.umask(PRIVATE)
    return choosing.setup(engine), config.load(home.config)


def _tell(setup: Setup, kept: KeptModel, as_json: bool) -> None:
    """Say what is here now, how it is used, and what lacks."""
    home = paths.home()
    use = choosing.in_use(home, setup.name, kept)
    if as_json:
        emit({"engine": setup.name, **choosing.plain(kept), "use": use, "lacking": setup.lacking()})
        return
    click.echo(f"{kept.title} is here, {_size(kept.bytes)}, {kept.trust}.")
    click.echo(use)
    if setup.lacking():
        click.echo(setup.lacking(), err=True)
