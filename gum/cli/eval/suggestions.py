"""eval suggestions: when it speaks, on labelled traces."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from gum.cli.output import emit, json_option, table

_WAYS = {"gate": "the gate", "learned": "after answers", "always": "always", "never": "never"}
_RATES = {"precision": "precision", "recall": "recall", "f1": "F1", "false_alarm_rate": "false alarms"}


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def suggestions(file: Path, as_json: bool) -> None:
    """Measure when it speaks on the labelled traces of FILE.

    FILE holds lines of JSON, plain or gzip-compressed, with `obs` (the events so far of a trace, each with `time` and
    `event`) and `help_needed`.  A trace that the estimate was fitted on is judged by one fitted on the others.
    """
    from gum.evaluate.suggestions import speaking, traces

    report = {"file": file.name, **speaking.evaluate(traces.load(file))}
    if as_json:
        emit(report)
    else:
        _write_speaking(report)


def _write_speaking(report: dict[str, Any]) -> None:
    click.echo(
        f"{report['rows']} moments of {report['traces']} traces, help needed in {report['needed']:.0%}; "
        f"{report['traces_fitted_on']} of the traces are known and were judged without them."
    )
    rows = [(name, *(_cell(report[way], rate) for rate in _RATES)) for way, name in _WAYS.items()]
    table(("speaking", *_RATES.values()), rows, "")


def _cell(one: dict[str, Any], rate: str) -> str:
    if one[rate] is None:
        return ""
    low, high = one[f"{rate}_interval"]
    return f"{one[rate]:.2f} ({low:.2f} to {high:.2f})"
