"""demo: a recorded week of one person, replayed, shown, and opened for review."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gum import clock, paths
from gum import config as settings
from gum.cli.exit_codes import ExitCode
from gum.cli.output import emit, json_option
from gum.cli.progress import progress
from gum.cli.typed import command
from gum.paths import Home

if TYPE_CHECKING:
    from gum.daemon.agent import Agent
    from gum.daemon.playing import Played
    from gum.daemon.scoring import Checked

HINT = (
    "A multimodal model on this device understands far more than counting can: it reads pictures and texts as a person "
    "would. Add it with: {command} models pull"
)
OWN = "demo"


@click.command(help="Replay a recorded week and show what is believed from it; then review it in the terminal.")
@click.option(
    "--check",
    is_flag=False,
    flag_value=OWN,
    default=None,
    metavar="[DIR]",
    help="Score against the ground truth; of another recording when a folder is named.",
)
@click.option("--no-tui", is_flag=True, help="Do not open the review.")
@json_option
def demo(check: str | None, no_tui: bool, as_json: bool) -> None:
    home = paths.home()
    if check is not None and check != OWN:
        _checked(_check_other(Path(check)), as_json)
        return
    from gum.daemon import demo as demonstration

    clock.live_at(demonstration.utc_offset())  # hours are those of the recorded person
    with progress("replaying a recorded week") as report:
        agent, played = demonstration.play(home, settings.load(home.config), report)
    with agent:
        if check is not None:
            from gum.daemon.scoring import check as scored

            checked = scored(agent.store, demonstration.recording())
            _checked(checked, as_json)
            click.get_current_context().exit(ExitCode.OK if checked.passed else ExitCode.BELOW_THRESHOLDS)
        _show(agent, played, as_json)
    if not as_json:
        _review(demonstration.home_of(home), no_tui)


def _check_other(folder: Path) -> Checked:
    """Score any recording in a home that is thrown away, with the person's own settings."""
    from gum.daemon import playing
    from gum.daemon.scoring import check
    from gum.daemon.temporary import temporary_home
    from gum.replay import open_recording

    recording, home = open_recording(folder), paths.home()
    with temporary_home(home) as place:
        with progress(f"replaying {recording.name}") as report:
            agent, _ = playing.play(recording, place, settings.load(home.config), report)
        with agent:
            return check(agent.store, recording)


def _show(agent: Agent, played: Played, as_json: bool) -> None:
    from gum.api import views
    from gum.cli import findings
    from gum.daemon import result
    from gum.wire import SuggestionView

    details = [views.detail(agent.store, one.id) for one in result.believed(agent.store)]
    made = agent.store.suggestions.list(("shown", "expired"))
    offered = [SuggestionView.model_validate(one) for one in reversed(made)]
    numbers = _numbers(agent, played, len(details))
    if as_json:
        emit(
            {
                "counts": numbers,
                "suggestions": offered,
                "hint": HINT.format(command=command()),
                **result.of_agent(agent, "replay:"),
            }
        )
        return
    findings.propositions(details)
    findings.suggestions(offered)
    findings.counts(numbers)
    click.echo(f"The engine was {agent.parts.engine.author}. {HINT.format(command=command())}")
    for sentence in (*agent.parts.degraded.values(), *agent.parts.notes.values()):
        click.echo(sentence)


def _numbers(agent: Agent, played: Played, propositions: int) -> dict[str, Any]:
    return {
        "frames": played.frames,
        "captures": played.captures,
        "observations": agent.store.observations.count(),
        "episodes": agent.store.episodes.count(),
        "propositions": propositions,
        "seconds": round(played.seconds, 1),
        "engine": agent.parts.engine.author,
    }


def _review(home: Home, no_tui: bool) -> None:
    """Open the review in an interactive terminal, and end the demonstration's daemon with it; else say how."""
    if no_tui or not (sys.stdin.isatty() and sys.stdout.isatty()):
        click.echo(f"\nReview it with: GUM_HOME={_quoted(home.root)} {command()} tui")
        return
    from gum.cli.tui import open_frontend
    from gum.daemon import lifecycle

    click.pause("\nPress any key to review it ...")
    try:
        open_frontend(home)
    finally:
        lifecycle.stop(home)


def _quoted(path: Path) -> str:
    import shlex

    return shlex.quote(os.fspath(path))


def _checked(checked: Checked, as_json: bool) -> None:
    """Write the scores: what was missed and what was wrong, then the numbers."""
    score = checked.score
    if as_json:
        emit(
            {
                **checked.numbers(),
                "passed": checked.passed,
                "found": {key: list(ids) for key, ids in score.found.items()},
                "answered": {key: list(ids) for key, ids in score.answered.items()},
                "missed": [fact.id for fact in score.missed],
                "unanswered": [fact.id for fact in score.unanswered],
                "right": [_judged(one) for one in score.right],
                "wrong": [_judged(one) for one in score.wrong],
            }
        )
        return
    _table(checked)


def _table(checked: Checked) -> None:
    from gum.cli.output import table
    from gum.daemon import scoring

    score = checked.score
    for fact in (*score.missed, *score.unanswered):
        click.echo(f"missed  {fact.id}  {fact.predicate} {' / '.join(fact.names)}{fact.question}")
    for one in score.wrong:
        click.echo(f"wrong   {one.proposition}  {one.text}")
    facts, questions = len(score.found) + len(score.missed), len(score.answered) + len(score.unanswered)
    rows = [
        ("propositions", str(checked.propositions), f"at least {scoring.LEAST_PROPOSITIONS}"),
        ("quotes in their observation", f"{checked.quotes_verified} of {checked.quotes}", "all"),
        ("propositions without evidence", str(len(checked.unsupported)), "0"),
        ("facts found", f"{len(score.found)} of {facts}", ""),
        ("questions answered", f"{len(score.answered)} of {questions}", ""),
        ("recall", f"{score.recall:.3f}", f"at least {scoring.LEAST_RECALL}"),
        ("wrong", f"{score.wrong_share:.3f}", f"at most {scoring.MOST_WRONG}"),
        ("precision", f"{score.precision:.3f}", ""),
    ]
    table(("measure", "value", "threshold"), rows, "")
    click.echo("passed" if checked.passed else "below the thresholds")


def _judged(one: Any) -> dict[str, Any]:
    return {"id": one.proposition, "text": one.text, "why": one.why}
