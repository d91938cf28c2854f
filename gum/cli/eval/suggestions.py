"""eval suggestions: when it speaks, on labelled traces and with scripted people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from gum.cli.output import emit, json_option, table
from gum.cli.progress import progress

_WAYS = {"gate": "the gate", "learned": "after answers", "always": "always", "never": "never"}
_RATES = {"precision": "precision", "recall": "recall", "f1": "F1", "false_alarm_rate": "false alarms"}


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--people", default=4, show_default=True, type=click.IntRange(0, 50), help="Scripted people; 0 for none.")
@click.option("--days", default=21, show_default=True, type=click.IntRange(1, 90), help="How long each of them lives.")
@click.option("--seed", default=1000, show_default=True, type=click.IntRange(0), help="The first of them.")
@json_option
def suggestions(file: Path | None, people: int, days: int, seed: int, as_json: bool) -> None:
    """Measure when it speaks: on the labelled traces of FILE, and with scripted people of hidden tastes.

    FILE holds lines of JSON, plain or gzip-compressed, with `obs` (the events so far of a trace, each with `time` and
    `event`) and `help_needed`.  A trace that the estimate was fitted on is judged by one fitted on the others.
    """
    from gum.evaluate.suggestions import figures, speaking, traces

    if file is None and not people:
        raise click.UsageError("Without FILE and without people there is nothing to measure.")
    report: dict[str, Any] = {}
    if file is not None:
        report |= {"file": file.name, **speaking.evaluate(traces.load(file))}
    if people:
        with progress("living with scripted people") as told:
            report |= figures.simulate(range(seed, seed + people), days, told)
    if as_json:
        emit(report)
    else:
        _write(report)


def _write(report: dict[str, Any]) -> None:
    if "gate" in report:
        _write_speaking(report)
    if "simulation" in report:
        _write_simulation(report["simulation"])
        _write_timing(report["timing"])


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


def _write_simulation(one: dict[str, Any]) -> None:
    click.echo(
        f"{one['people']} scripted people, {one['days']} days each: {one['occasions']} occasions, "
        f"{one['useful']} of them useful; {one['shown']} shown, at most {one['most_in_a_day']} a day, "
        f"{_percent(one['precision'])} of them useful ({_percent(one['precision_after_50_answers'])} after 50 answers, "
        f"{_percent(one['precision_of_always'])} if all were shown); "
        f"{_percent(one['missed_needs'])} of what was useful was never shown."
    )
    rows = [
        (
            str(week["week"]),
            str(week["shown"]),
            _percent(week["useful_per_interruption"]),
            f"{week['utility_per_day']:.1f}",
            f"{week['regret_per_day']:.1f}",
        )
        for week in one["per_week"]
    ]
    table(("week", "shown", "useful", "utility a day", "regret a day"), rows, "")


def _write_timing(one: dict[str, Any]) -> None:
    click.echo(
        f"Of {one['interruptions']} interruptions: {_percent(one['in_typing'])} in a burst of typing, "
        f"{_percent(one['in_call'])} in a call, {_percent(one['in_presentation'])} while the screen was shown, "
        f"{_percent(one['in_quiet_time'])} in quiet time; "
        f"{_percent(one['share_of_such_moments'])} of all moments are such."
    )


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"
