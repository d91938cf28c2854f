"""What `models bench` says: what was measured, and what it means for a day like this person's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from gum.cli.asking import daemon
from gum.cli.output import emit
from gum.errors import ClientError

if TYPE_CHECKING:
    from gum.config import Config
    from gum.wire import RateView

#: A question proposes, the next relates: so many for each sitting.
QUESTIONS = 2
_NAMES = {
    "prompt_tokens_per_s": "prompt, tokens a second",
    "generation_tokens_per_s": "answer, tokens a second",
    "load_s": "loading, with a first short answer, s",
    "memory_mb": "memory, MB",
    "episode_s": "an episode, s",
    "episode_cpu_s": "an episode, processor seconds",
    "episode_with_image_s": "an episode with an image, s",
    "episode_with_image_cpu_s": "an episode with an image, processor seconds",
    "second_question_read_anew_share": "of the second question's prompt read anew",
    "through_engine_s": "one prompt through the engine, s",
    "library_alone_s": "the same through llama-cpp-python alone, s",
    "engine_to_library_ratio": "engine to library",
}


def show(measured: dict[str, Any], settings: Config, as_json: bool) -> None:
    """Write what was measured, and what it comes to in a day."""
    day = _day(measured, settings)
    if as_json:
        emit(measured | {"day": day})
        return
    click.echo(f"{measured['model']}, {measured['threads']} threads")
    for key, name in _NAMES.items():
        if key in measured:
            click.echo(f"  {name:<46} {measured[key]:.2f}")
    if day is None:
        click.echo("  a day of yours: not known yet; start the daemon and let it see a day", err=True)
        return
    click.echo(
        f"  a day of yours ({day['episodes']:.0f} episodes, {day['active_hours']:.1f} active hours; "
        f"{day['days']} days): "
        f"{day['questions']:.0f} questions, {day['minutes']:.0f} minutes, {day['cpu_minutes']:.0f} processor minutes"
    )


def _day(measured: dict[str, Any], settings: Config) -> dict[str, Any] | None:
    """Return what a day costs at the person's own rate; None while no day is known."""
    rate = _rate()
    if rate is None or not rate.days:
        return None
    sittings = max(1.0, rate.active_hours * 3600 / max(1.0, settings.model.gather_s))
    questions = min(rate.active_hours * settings.model.calls_per_hour, sittings * QUESTIONS)
    share = questions / QUESTIONS / 60
    return {
        "days": rate.days,
        "episodes": rate.episodes,
        "active_hours": rate.active_hours,
        "questions": round(questions, 1),
        "minutes": round(share * measured["episode_s"], 1),
        "cpu_minutes": round(share * measured["episode_cpu_s"], 1),
    }


def _rate() -> RateView | None:
    try:
        with daemon() as client:
            return client.models().rate
    except ClientError:
        return None
