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

#: An episode that is measured is two questions: one proposes, one relates.
QUESTIONS = 2
#: What a sitting of episodes asks at most; the third offers suggestions.
MOST_QUESTIONS = 3
#: The day that is reckoned with while none was seen.
ASSUMED_HOURS = 8.0
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
    threads = measured["threads"]
    click.echo(f"{measured['model']}, {threads} {'thread' if threads == 1 else 'threads'}")
    for key, name in _NAMES.items():
        if key in measured:
            click.echo(f"  {name:<46} {measured[key]:.2f}")
    seen = f"{day['episodes']:.0f} episodes, " if day["days"] else ""
    whose = f"a day of yours, by {day['days']} days" if day["days"] else "a day, as no day of yours is known yet"
    click.echo(
        f"  {whose} ({seen}{day['active_hours']:.1f} active hours): at most {day['questions']:.0f} questions, "
        f"{day['minutes']:.0f} minutes, {day['cpu_minutes']:.0f} processor minutes"
    )
    if "minutes_with_images" in day:
        click.echo(f"  with an image in each sitting: {day['minutes_with_images']:.0f} minutes")
    if not day["days"]:
        click.echo("Start the daemon and let it see a day; then this is reckoned with your own rate.", err=True)


def _day(measured: dict[str, Any], settings: Config) -> dict[str, Any]:
    """Return what a day costs at the person's own rate, or on the assumed day while none is known."""
    rate = _rate()
    known = rate is not None and rate.days > 0
    hours = rate.active_hours if rate is not None and known else ASSUMED_HOURS
    sittings = max(1.0, hours * 3600 / max(1.0, settings.model.gather_s))
    questions = min(hours * settings.model.calls_per_hour, sittings * MOST_QUESTIONS)
    share = questions / QUESTIONS / 60
    day = {
        "days": rate.days if rate is not None else 0,
        "episodes": rate.episodes if rate is not None else 0.0,
        "active_hours": hours,
        "questions": round(questions, 1),
        "minutes": round(share * measured["episode_s"], 1),
        "cpu_minutes": round(share * measured["episode_cpu_s"], 1),
    }
    if "episode_with_image_s" in measured:
        shown = min(sittings, hours * settings.model.images_per_hour)
        more = max(0.0, measured["episode_with_image_s"] - measured["episode_s"]) * shown / 60
        day["minutes_with_images"] = round(day["minutes"] + more, 1)
    return day


def _rate() -> RateView | None:
    try:
        with daemon() as client:
            return client.models().rate
    except ClientError:
        return None
