"""replay: any recording through the whole pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gum import config as settings
from gum import paths
from gum.cli.output import emit, json_option, printable
from gum.cli.progress import progress
from gum.daemon.temporary import temporary_home
from gum.paths import Home
from gum.store.lock import read_owner

if TYPE_CHECKING:
    from gum.daemon.playing import Report
    from gum.replay import Recording


@click.command(help="Replay a recording into a home of its own that is thrown away, or into one that is kept.")
@click.argument("recording", type=click.Path(path_type=Path))
@click.option("--into", type=click.Path(path_type=Path), default=None, help="Keep it in this home, daemon or not.")
@json_option
def replay(recording: Path, into: Path | None, as_json: bool) -> None:
    if into is not None:
        brought = _replayed(recording, Home(into.expanduser().absolute()))
    else:
        with temporary_home(paths.home()) as home:
            brought = _replayed(recording, home)
    if as_json:
        emit(brought)
    else:
        _write(brought)


def _replayed(folder: Path, home: Home) -> dict[str, Any]:
    from gum.replay import open_recording

    recording = open_recording(folder)
    owner = read_owner(home)
    with progress(f"replaying {recording.name}") as report:
        if owner is not None and owner.url:
            return _through_daemon(recording, home, report)
        return _here(recording, home, report)


def _here(recording: Recording, home: Home, report: Report) -> dict[str, Any]:
    from gum.daemon import playing, result

    # a home that is thrown away goes by the person's own settings
    config = settings.load(home.config if home.config.exists() else paths.home().config)
    agent, played = playing.play(recording, home, config, report)
    with agent:
        counts = {"captures": played.captures, "frames": played.frames, "seconds": round(played.seconds, 2)}
        return {"recording": recording.name, **counts, **result.of_agent(agent, playing.prefix_of(recording))}


def _through_daemon(recording: Recording, home: Home, report: Report) -> dict[str, Any]:
    from gum.daemon import playing, result, sending

    sender = sending.Sender(home)
    try:
        sent = sender.send(recording, report)
        sender.settled()
        brought = sender.ask(lambda client: result.of_daemon(client, playing.prefix_of(recording)))
        return {"recording": recording.name, "captures": sent, **brought}
    finally:
        sender.close()


def _write(brought: dict[str, Any]) -> None:
    for one in brought["propositions"]:
        click.echo(f"{one['probability']:.2f}  {printable(one['text'])}")
        for piece in one["evidence"][:2]:
            click.echo(f"      {piece['stance']}: “{printable(piece['quote'])}”")
    click.echo(
        f"{brought['recording']}: {brought['captures']} captures, {len(brought['observations'])} observations, "
        f"{len(brought['episodes'])} episodes, {len(brought['propositions'])} propositions"
    )
