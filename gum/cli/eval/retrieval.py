"""eval retrieval."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from gum import config, paths
from gum.cli.output import emit, json_option, table
from gum.errors import EmbedderError
from gum.protocols import Embedder

WAYS = {"ours": "ours", "fts5": "words alone (FTS5)", "chroma": "vectors alone (Chroma)"}


@click.command(help="Measure how well search finds the evidence of the questions in FILE.")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def retrieval(file: Path, as_json: bool) -> None:
    from gum.evaluate.retrieval.recall import evaluate

    home = paths.home()
    report = evaluate(file, _embedder(home))
    if as_json:
        emit(report)
    else:
        _show(report)


def _embedder(home: paths.Home) -> Embedder:
    from gum.daemon import parts

    notes: dict[str, str] = {}
    embedder = parts.build_embedder(home, config.load(home.config), notes)
    if embedder is None:
        raise EmbedderError(notes["embedder"])
    return embedder


def _show(report: dict[str, Any]) -> None:
    click.echo(
        f"{report['questions']} questions on {report['facts']} facts of {report['dialogues']} dialogues; "
        f"{report['answerable']:.1%} have evidence among the facts.\n"
    )
    measures = [key for key in report if key.startswith(("recall_at_", "all_evidence_at_"))]
    rows = [(key.replace("_", " "), *(f"{report[key][way]:.3f}" for way in WAYS)) for key in measures]
    for name, one in report["categories"].items():
        shares = one["recall_at_10"]
        rows.append((f"recall at 10, category {name} ({one['questions']})", *(f"{shares[way]:.3f}" for way in WAYS)))
    table(("questions met", *WAYS.values()), rows, "No questions.")
    for way, gain in report["bootstrap"].items():
        click.echo(
            f"ours at 10 over {WAYS[way]} ({report['settings'][way]}): {gain['difference']:+.3f}, "
            f"95 % interval {gain['low']:+.3f} to {gain['high']:+.3f}, p {gain['p']:.4f}"
        )
