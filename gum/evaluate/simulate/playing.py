"""Lets an agent live through a simulated person's weeks, and looks at what it believes a few times a day."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from gum import plugins
from gum.config import Capture as CaptureSettings
from gum.config import Config
from gum.config import Person as PersonSettings
from gum.daemon.agent import Agent
from gum.daemon.clocks import StreamClock
from gum.evaluate.simulate.generator import Life
from gum.evaluate.simulate.pixels import DrawnReader, drawn
from gum.infer.shown import believed
from gum.infer.steps import ALL, Steps
from gum.paths import Home
from gum.records import Capture, Proposition

STEP = timedelta(minutes=10)
REVIEW_EVERY = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Review:
    """What was shown by default at an instant."""

    at: datetime
    propositions: tuple[Proposition, ...]


@dataclass(frozen=True, slots=True)
class Played:
    """What living through a simulation brought.

    `reviews` hold what was shown a few times a day, the last of them at the end; `noise` is the share of the
    observations that show nothing but which application is in front.
    """

    reviews: tuple[Review, ...]
    propositions: tuple[Proposition, ...]
    observations: int
    episodes: int
    noise: float
    seconds: float


def play(life: Life, home: Home, config: Config, steps: Steps = ALL) -> Played:
    """Play a life into an empty home and return what was believed.  Raises StoreError, PluginError, ConfigError."""
    began = time.process_time()
    clock = StreamClock(life.captures[0].captured_at)
    with _reader() as reader, Agent.open(home, _settings(config, life, reader), clock, steps=steps) as agent:
        reviews = _live(life, agent, clock)
        noise, observations = _noise(agent, life)
        episodes = len(agent.store.episodes.between(None, None))
        every = tuple(agent.store.propositions.list())
    return Played(tuple(reviews), every, observations, episodes, noise, time.process_time() - began)


def _live(life: Life, agent: Agent, clock: StreamClock) -> list[Review]:
    rest = timedelta(seconds=agent.config.infer.episode_gap_s + 1)
    reviews: list[Review] = []
    stepped = looked = clock()
    for capture in life.captures:
        if capture.captured_at - clock() > rest:  # work through the evening before the morning comes
            clock.reach(clock() + rest)
            agent.advance(clock())
            stepped = clock()
        clock.reach(capture.captured_at)
        agent.receive(_with_pixels(capture))
        if clock() - stepped >= STEP:
            agent.advance(clock())
            stepped = clock()
        if capture.locked and clock() - looked >= REVIEW_EVERY:
            reviews.append(_review(agent, clock))
            looked = clock()
    agent.advance(clock() + rest, final=True)
    return [*reviews, _review(agent, clock)]


def _review(agent: Agent, clock: StreamClock) -> Review:
    return Review(clock(), tuple(believed(agent.store, clock())))


def _with_pixels(capture: Capture) -> Capture:
    if capture.kind != "frame" or capture.locked or capture.window is None:
        return capture
    frame = drawn(capture.text)
    window = dataclasses.replace(capture.window, client=frame.rect, frame=frame.rect)
    return dataclasses.replace(capture, text="", frame=frame, window=window)


def _settings(config: Config, life: Life, reader: str) -> Config:
    offset = life.person.zone.utcoffset(None)
    sign, minutes = ("-", -offset) if offset < timedelta(0) else ("+", offset)
    hours, rest = divmod(int(minutes.total_seconds()) // 60, 60)
    person = PersonSettings(
        name=life.person.name,
        aliases=(life.person.login, life.person.address),
        utc_offset=f"{sign}{hours:02}:{rest:02}",
    )
    infer = config.infer.model_copy(update={"reader": reader})
    return config.model_copy(update={"person": person, "infer": infer, "capture": CaptureSettings(keep_frames=False)})


def _noise(agent: Agent, life: Life) -> tuple[float, int]:
    """Return which share of the observations came from captures of noise, and how many observations there are."""
    kept = agent.store.observations.between(None, None)
    noisy = sum(one.source.split("#")[0] in life.noisy for one in kept)
    return noisy / max(1, len(kept)), len(kept)


@contextmanager
def _reader() -> Iterator[str]:
    plugins.register("gum.readers", DrawnReader.name, DrawnReader)
    try:
        yield DrawnReader.name
    finally:
        plugins.unregister("gum.readers", DrawnReader.name)
