"""eval simulate: simulated people, what was believed of them, and how much of it is true."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from gum import config, paths
from gum.cli.output import emit, json_option, table
from gum.cli.progress import progress

_WIDTH = 30


@click.command(help="Simulate people for weeks, and measure what is believed of them against what is true.")
@click.option("--seed", default=None, type=int, help="First person; 0 to 99 for development, from 1000 on held out.")
@click.option("--held-out", is_flag=True, help="People never looked at while tuning: the same as --seed 1000.")
@click.option("--personas", default=4, show_default=True, type=click.IntRange(1, 50), help="How many are measured.")
@click.option("--weeks", default=3, show_default=True, type=click.IntRange(1, 12), help="How long each is observed.")
@click.option("--ablations", is_flag=True, help="Measure also without retrieval and without revision.")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Write a report and a diagram there too.")
@json_option
def simulate(
    seed: int | None, held_out: bool, personas: int, weeks: int, ablations: bool, out: Path | None, as_json: bool
) -> None:
    from gum.evaluate.simulate.study import DEVELOPMENT, HELD_OUT, Plan

    if seed is not None and held_out:
        raise click.UsageError("Give --seed or --held-out, not both.")
    first = seed if seed is not None else (HELD_OUT if held_out else DEVELOPMENT)[0]
    report = studied(Plan(first, personas, weeks, ablations))
    if out is not None:
        from gum.evaluate import report as reports

        for file in reports.write(out, {"simulate": report}):
            click.echo(file, err=True)
    if as_json:
        emit(report)
    else:
        show(report)


def studied(plan: Any) -> dict[str, Any]:
    """Return the report of a plan, with progress on stderr."""
    from gum.evaluate.simulate.study import study

    home = paths.home()
    settings = config.load(home.config)
    plan.seeds()  # says at once when there is no such set
    with progress("simulating people") as told:
        return study(plan, settings, home, told)


def show(report: dict[str, Any]) -> None:
    """Write a report for a person to read."""
    _write_figures(report)
    rows = [
        (
            name,
            str(one["propositions"]),
            f"{one['precision']:.2f}" if one["propositions"] else "",
            str(one["supportable"]),
            f"{one['recall']:.2f}" if one["supportable"] else "",
            f"{one['recall_all']:.2f}",
        )
        for name, one in report["predicates"].items()
    ]
    table(("predicate", "said", "right", "supportable", "found", "found of all"), rows, "Nothing was said.")
    bins = [
        (
            f"{one['low']:.1f} to {one['high']:.1f}",
            str(one["count"]),
            f"{one['mean']:.2f}",
            f"{one['true']:.2f}",
            _bar(one),
        )
        for one in report["bins"]["calibrated"]
    ]
    table(("said with", "times", "mean", "was true", ""), bins, "Nothing was said.")
    if "ablations" in report:
        table(_HEADINGS, map(_ablation, report["ablations"].items()), "")
    supportable = [one for one in report["missed"] if one["supportable"]]
    click.echo(f"Not found of what is supportable: {len(supportable)}, the first of them:")
    for one in supportable[:10]:
        click.echo(
            f"  {one['person']}: {one['predicate']} {one['name']} {one['qualifier']} (shown {one['shown']} times)"
        )


_HEADINGS = ("steps", "shown", "precision", "recall", "said again", "Brier", "calibration error")


def _ablation(item: tuple[str, dict[str, Any]]) -> tuple[str, ...]:
    name, one = item
    shares = (one[key] for key in ("precision", "recall", "repeated", "brier", "ece"))
    return (name.replace("_", " "), str(one["propositions"]), *(f"{share:.3f}" for share in shares))


def _write_figures(report: dict[str, Any]) -> None:
    about, n, brier = report["about"], report["n"], report["brier"]
    kind = "held out" if about["held_out"] else "of development"
    click.echo(
        f"{n['people']} people {kind}, {about['weeks']} weeks each: {about['observations']} observations "
        f"({about['noise']:.0%} noise), {about['episodes']} episodes, engine {about['engine']}, "
        f"generator {about['generator'][:12]}"
    )
    click.echo(
        f"precision {report['precision']:.3f} of {n['propositions']} propositions shown; "
        f"recall {report['recall']:.3f} of {n['supportable']} supportable facts, "
        f"{report['recall_all']:.3f} of all {n['facts']}"
    )
    click.echo(
        f"Brier {brier['calibrated']:.3f} calibrated on {n['verdicts']} verdicts of others, "
        f"{brier['uncalibrated']:.3f} uncalibrated, {brier['base_rate']:.3f} for the base rate "
        f"{report['base_rate']:.2f}; "
        f"calibration error {report['ece']:.3f} (uncalibrated {report['ece_uncalibrated']:.3f})"
    )
    held = report["held"]
    click.echo(
        f"Of what is held with {held['from']} or more: precision {held['precision']:.3f}, recall {held['recall']:.3f}"
    )


def _bar(one: dict[str, Any]) -> str:
    return "\N{FULL BLOCK}" * int(0.5 + one["true"] * _WIDTH)
