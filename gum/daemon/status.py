"""The one verdict on the daemon: does it do what it should, and if not, why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Verdict = Literal["recording", "paused", "not capturing", "degraded", "stopped", "demonstration"]

#: Input within this time means that there was something to capture.
ACTIVE = timedelta(seconds=15)
#: How much later than the heartbeat a frame may come before it is said to be missing.
LATE = timedelta(seconds=12)
#: A display that leaves a question unanswered for so long hangs.
HUNG = timedelta(seconds=10)
#: A daemon without observers that was sent nothing for so long does not see.
SENT = timedelta(minutes=15)
STARTING = "starting"
NO_FRAMES = "no frames although there is input"


@dataclass(frozen=True, slots=True)
class ObserverFacts:
    """One observer: its name, whether it runs, whether it lacks a display, and what it misses."""

    name: str
    running: bool
    no_display: bool
    missing: Sequence[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the verdict is made from; ages are counted to `now`."""

    now: datetime
    paused: bool
    paused_until: datetime | None
    observers: Sequence[ObserverFacts]
    problems: Sequence[str]
    last_frame: datetime | None
    last_input: datetime | None
    began: datetime
    heartbeat: timedelta
    unseen: bool = False
    """Whether an excluded window or the lock screen is in front, so that no frame is due."""
    replayed: bool = False
    """Whether the home holds a recording that is shown, and nothing is to be observed."""
    received: datetime | None = None
    """When a sensor, such as an observer on another machine, last sent something."""
    unanswered: timedelta = timedelta(0)
    """For how long the display has left a question unanswered."""
    recovery: str = ""
    """What was tried to make frames come again."""


def judge(facts: Facts) -> tuple[Verdict, str]:
    """Return the verdict and its sentence."""
    if facts.paused:
        until = f"until {_clock_time(facts.paused_until, facts.now)}" if facts.paused_until else "until resumed"
        return "paused", f"paused {until}"
    if facts.replayed and not facts.problems:
        return "demonstration", "a recorded week is shown; nothing is observed here"
    why = not_capturing(facts)
    if why:
        return "not capturing", f"running but not capturing: {why}"
    problems = [*facts.problems, *_out_of_work(facts)]
    if problems:
        return "degraded", f"degraded: {' '.join(problems)}"
    return "recording", "recording"


def not_capturing(facts: Facts) -> str:
    """Return why nothing is captured, or an empty string."""
    if not facts.observers:
        return _nothing_received(facts)
    idle = [one for one in facts.observers if not one.running]
    if len(idle) == len(facts.observers) or any(one.name == "screen" for one in idle):
        if any(one.no_display for one in idle):
            return "no display"
        return " ".join(dict.fromkeys(sentence for one in idle for sentence in one.missing)) or STARTING
    if facts.unanswered > HUNG:
        return f"the display has not answered for {facts.unanswered.total_seconds():.0f} s"
    age = frames_missing(facts)
    if not age:
        return ""
    tried = f"; {facts.recovery}" if facts.recovery else ""
    return f"no frame for {age.total_seconds():.0f} s although there is input{tried}"


def failure(facts: Facts) -> str:
    """Return why nothing is captured in words that stay the same while it lasts, or an empty string."""
    if not facts.observers:
        return ""
    if facts.unanswered > HUNG:
        return "the display does not answer"
    return NO_FRAMES if frames_missing(facts) else not_capturing(facts)


def _out_of_work(facts: Facts) -> list[str]:
    """Return a sentence for each observer that does not run, though frames come."""
    return [f"{one.name}: {' '.join(one.missing)}" for one in facts.observers if not one.running and one.missing]


def _nothing_received(facts: Facts) -> str:
    """Without observers of its own a daemon lives on what others send."""
    if facts.received is None:
        return "no observer is switched on (capture.observers), and nothing was sent here yet"
    age = facts.now - facts.received
    return "" if age <= SENT else f"nothing was sent here for {age.total_seconds() / 60:.0f} minutes"


def frames_missing(facts: Facts) -> timedelta:
    """Compare input with captures: return for how long a person at work has brought no frame, zero when all is well."""
    running = {one.name for one in facts.observers if one.running}
    active = facts.last_input is not None and facts.now - facts.last_input <= ACTIVE
    if "screen" not in running or not active or facts.unseen:
        return timedelta(0)
    age = facts.now - max(facts.last_frame or facts.began, facts.began)
    return age if age > facts.heartbeat + LATE else timedelta(0)


def _clock_time(moment: datetime, now: datetime) -> str:
    """Return the local time of day, with the date when it is not today's."""
    local = moment.astimezone()
    return f"{local:%H:%M}" if local.date() == now.astimezone().date() else f"{local:%Y-%m-%d %H:%M}"
