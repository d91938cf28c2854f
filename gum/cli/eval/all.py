"""eval all: every evaluation whose data is given, as one report."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import click

from gum.cli.output import emit, json_option
from gum.errors import GumError

_FILE = click.Path(path_type=Path)


@click.command(
    name="all", help="Simulate people held out, run each evaluation whose data is given, and write one report."
)
@click.option("--retrieval", type=_FILE, default=None, help="Questions with evidence, for 'eval retrieval'.")
@click.option("--redaction", type=_FILE, default=None, help="Labelled secrets, for 'eval redaction'.")
@click.option("--suggestions", type=_FILE, default=None, help="Labelled traces, for 'eval suggestions'.")
@click.option("--personas", default=4, show_default=True, type=click.IntRange(1, 50), help="How many are simulated.")
@click.option("--weeks", default=3, show_default=True, type=click.IntRange(1, 12), help="How long each is observed.")
@click.option("--development", is_flag=True, help="People of development, instead of those held out.")
@click.option(
    "--out", type=_FILE, required=True, help="The folder that report.html, report.json and the diagram go to."
)
@json_option
def all(personas: int, weeks: int, development: bool, out: Path, as_json: bool, **data: Path | None) -> None:
    from gum.cli.eval.simulate import studied
    from gum.evaluate import report
    from gum.evaluate.simulate.study import DEVELOPMENT, HELD_OUT, Plan

    given = {name: file for name, file in data.items() if file is not None}
    _refuse_unknown(given)
    results = {name: _measured(name, file) for name, file in given.items()}
    first = (DEVELOPMENT if development else HELD_OUT)[0]
    results = {"simulate": studied(Plan(first, personas, weeks, ablations=True)), **results}
    written = report.write(out, results)
    if as_json:
        emit(results)
        return
    for file in written:
        click.echo(file)


def _refuse_unknown(given: dict[str, Path]) -> None:
    from gum.cli.eval import MEASURES

    for name, file in given.items():
        if name not in MEASURES:
            raise click.UsageError(f"This version has no evaluation {name!r}; leave out --{name}.")
        if not file.exists():
            raise click.UsageError(f"--{name}: there is no {file}.")


def _measured(name: str, file: Path) -> dict[str, Any]:
    """Return what `eval NAME FILE --json` says; a process of its own, whose memory goes with it.

    Raises GumError when it failed; it has said why on stderr.
    """
    command = [sys.executable, "-m", "gum", "eval", name, str(file), "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise GumError(f"The evaluation {name!r} of {file} failed with exit code {done.returncode}.")
    result: dict[str, Any] = json.loads(done.stdout)
    return result
