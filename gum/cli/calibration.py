"""calibration: how far the probabilities can be relied on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gum.cli.asking import daemon
from gum.cli.output import emit, json_option, table

if TYPE_CHECKING:
    from gum.client import CalibrationView, ReliabilityView

_WIDTH = 30


@click.command(help="How far the probabilities can be relied on, by your own verdicts.")
@json_option
def calibration(as_json: bool) -> None:
    with daemon() as client:
        found = client.calibration()
    if as_json:
        emit(found)
        return
    _write(found)


def _write(found: CalibrationView) -> None:
    shown = found.shown
    rows = [
        (f"{one.low:.1f} to {one.high:.1f}", str(one.count), f"{one.mean:.2f}", f"{one.true:.2f}", _bar(one.true))
        for one in shown.bins
    ]
    table(("said", "times", "mean", "was true", ""), rows, "You have given no verdict yet.")
    if shown.count:
        click.echo(_figures("as shown", shown))
    if found.uncalibrated.count:
        click.echo(_figures("before calibration", found.uncalibrated))
    if found.verdicts < found.needed:
        click.echo(f"Probabilities are shown as they are; {found.needed - found.verdicts} more verdicts adjust them.")
    else:
        click.echo(f"Adjusted by {found.verdicts} verdicts: slope {found.slope:.2f}, shift {found.shift:+.2f}.")
    for trust, cap in found.caps.items():
        click.echo(f"By your verdicts, evidence of the class '{trust}' now carries up to {cap:.2f}.")


def _figures(name: str, one: ReliabilityView) -> str:
    return (
        f"{name}: Brier {one.brier:.3f} (always saying {one.base_rate:.2f}: {one.brier_base_rate:.3f}), "
        f"calibration error {one.ece:.3f}, {one.count} verdicts"
    )


def _bar(share: float) -> str:
    return "\N{FULL BLOCK}" * round(share * _WIDTH)
