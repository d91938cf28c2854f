"""eval redaction: how many secrets are hidden, and how many look-alikes with them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gum.cli.output import emit, json_option, table

if TYPE_CHECKING:
    from gum.evaluate.redaction import Count, Outcome
    from gum.protocols import Reader


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--through-ocr", is_flag=True, help="Show each text on a terminal or in an editor, and read it from there."
)
@json_option
def redaction(file: Path, through_ocr: bool, as_json: bool) -> None:
    """Measure how many secrets of FILE are hidden, and the look-alikes that are redacted.

    FILE holds lines of JSON with `rule, label, text` (label 'tp' or 'fp') or `plugin, text, secret`, or a JSON list of
    `full_text, spans`; plain or gzip-compressed.  A secret is hidden when no run of 8 of its characters is left in the
    text; with --through-ocr, neither in a second reading of the pixels that would be kept.
    """
    from gum.evaluate.redaction import load, measure

    samples = load(file)
    if through_ocr:
        with closing(_reader()) as reader:
            outcome = measure(samples, reader)
    else:
        outcome = measure(samples)
    if as_json:
        emit(_document(file, through_ocr, outcome))
    else:
        _write(outcome)


def _reader() -> Reader:
    """Return the reader that the settings name.  Raises PluginError or ReaderError when there is none."""
    from gum import config, paths, plugins
    from gum.daemon.parts import construct

    settings = config.load(paths.home().config)
    reader: Reader = construct(
        plugins.load("gum.readers", settings.infer.reader), {"language": settings.infer.language}
    )
    return reader


def _document(file: Path, through_ocr: bool, outcome: Outcome) -> dict[str, Any]:
    return {
        "file": file.name,
        "through_ocr": through_ocr,
        **_shares(outcome.total),
        "per_rule": {rule: _shares(count) for rule, count in outcome.per_rule.items()},
    }


def _shares(count: Count) -> dict[str, Any]:
    return {
        "recall": count.recall,
        "false_positive_rate": count.false_positive_rate,
        "secrets": count.secrets,
        "hidden": count.hidden,
        "look_alikes": count.look_alikes,
        "redacted": count.redacted,
    }


def _write(outcome: Outcome) -> None:
    rows = [(rule, *_cells(count)) for rule, count in outcome.per_rule.items()]
    table(("rule", "secrets", "hidden", "look-alikes", "redacted"), [*rows, ("all", *_cells(outcome.total))], "")


def _cells(count: Count) -> tuple[str, str, str, str]:
    return (
        str(count.secrets),
        "" if count.recall is None else f"{count.recall:.3f}",
        str(count.look_alikes),
        "" if count.false_positive_rate is None else f"{count.false_positive_rate:.3f}",
    )
