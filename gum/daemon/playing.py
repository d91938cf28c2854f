"""Plays a recording through an agent, at the pace of the machine and by the recording's own clock."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from gum.config import Config, Person
from gum.daemon.agent import Agent
from gum.daemon.clocks import StreamClock
from gum.paths import Home
from gum.records import Capture, Suggestion
from gum.replay import Persona, Recording

STEP = timedelta(minutes=2)
START = datetime(1970, 1, 1, tzinfo=UTC)

Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Played:
    """What a recording was worth: counts, the clock's last instant, and what would have been suggested on the way."""

    captures: int
    frames: int
    seconds: float
    ended_at: datetime
    suggestions: tuple[Suggestion, ...]


def prefix_of(recording: Recording) -> str:
    """Return how the `source` of each of its captures begins."""
    return f"replay:{recording.name}/"


def sourced(recording: Recording) -> Iterator[Capture]:
    """Yield the captures, each with a source that is its own among all sensors."""
    for capture in recording.captures():
        yield replace(capture, source=f"replay:{capture.source}")


def as_persona(config: Config, persona: Persona) -> Config:
    """Return the settings with the recorded person as the one at the computer."""
    return config.model_copy(update={"person": Person(name=persona.name, aliases=persona.aliases)})


def play(recording: Recording, home: Home, config: Config, report: Report) -> tuple[Agent, Played]:
    """Play into a home and return its open agent; `report` is told how many captures of how many are done.

    Raises RecordingError, StoreError.
    """
    clock = StreamClock(START)
    agent = Agent.open(home, as_persona(config, recording.persona), clock)
    try:
        return agent, _play(recording, agent, clock, report)
    except BaseException:
        agent.close()
        raise


def _play(recording: Recording, agent: Agent, clock: StreamClock, report: Report) -> Played:
    began = time.perf_counter()
    rest = timedelta(seconds=agent.config.infer.episode_gap_s + 1)
    frames, done = 0, 0
    offered: list[Suggestion] = []
    stepped = START
    for capture in agent.ahead(sourced(recording)):
        if done and capture.captured_at - clock() > rest:  # work through the evening before the morning comes
            clock.reach(clock() + rest)
            offered += agent.advance(clock()).suggestions
            agent.understand(clock())
        clock.reach(capture.captured_at)
        agent.receive(capture)
        done, frames = done + 1, frames + (capture.frame is not None)
        if clock() - stepped >= STEP:
            offered += agent.advance(clock()).suggestions
            agent.understand(clock())
            stepped = clock()
        report(done, recording.count)
    if done:
        offered += agent.advance(clock(), final=True).suggestions
        agent.understand(clock() + rest)
    return Played(done, frames, time.perf_counter() - began, clock(), tuple(offered))
