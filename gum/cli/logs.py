"""logs: the daemon's own log, which holds no observed content."""

from __future__ import annotations

import json
import time
from collections import deque
from pathlib import Path

import click

from gum import paths
from gum.cli.output import json_option
from gum.errors import NotFoundError


@click.command(help="Show the daemon's log.")
@click.option("-n", "--lines", default=50, show_default=True, type=click.IntRange(1), help="How many lines.")
@click.option("-f", "--follow", is_flag=True, help="Go on as it grows.")
@json_option
def logs(lines: int, follow: bool, as_json: bool) -> None:
    path = paths.home().log
    if not path.exists():
        raise NotFoundError(f"There is no log yet at {path}.")
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in deque(file, lines):
            _write(line, as_json)
    if follow:
        _follow(path, as_json)


def _follow(path: Path, as_json: bool) -> None:
    """Write what is added; a rotated file is opened anew from its start."""
    file = path.open(encoding="utf-8", errors="replace")
    file.seek(0, 2)
    try:
        while True:
            if line := file.readline():
                _write(line, as_json)
                continue
            time.sleep(0.3)
            if path.exists() and path.stat().st_size < file.tell():
                file.close()
                file = path.open(encoding="utf-8", errors="replace")
    finally:
        file.close()


def _write(line: str, as_json: bool) -> None:
    click.echo(json.dumps({"line": line.rstrip("\n")}) if as_json else line.rstrip("\n"))
