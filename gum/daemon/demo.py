"""The demonstration: a recorded week in a home of its own, which its own daemon then serves without observing."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta

from gum import clock
from gum.config import Config
from gum.daemon import lifecycle, playing
from gum.daemon.agent import Agent
from gum.daemon.playing import Played, Report
from gum.daemon.service import CLOCK_START
from gum.daemon.temporary import share_models
from gum.demo import RECORDING
from gum.errors import StoreReadOnlyError
from gum.paths import Home
from gum.replay import Recording, open_recording

AFTER = timedelta(minutes=1)


def home_of(home: Home) -> Home:
    """Return the demonstration's home, below the person's own."""
    return Home(home.root / "demo")


def recording() -> Recording:
    """Open the recording that comes with the program.  Raises RecordingError."""
    return open_recording(RECORDING)


def utc_offset() -> str:
    """Return where the recorded person lives, as an offset such as '+01:00'.  Raises RecordingError."""
    return clock.offset_of(next(recording().captures()).captured_at)


def play(home: Home, config: Config, report: Report) -> tuple[Agent, Played]:
    """Make the demonstration's home anew, play the recording into it, and return its open agent."""
    demo, recorded = home_of(home), recording()
    lifecycle.stop(demo)
    config = config.model_copy(update={"suggest": config.suggest.model_copy(update={"burn_in_hours": 0.0})})
    _make(demo, home, config, recorded)
    agent, played = playing.play(recorded, demo, config, report)
    try:
        agent.store.settings.set(CLOCK_START, clock.to_text(played.ended_at + AFTER))
    except BaseException:
        agent.close()
        raise
    return agent, played


def _make(demo: Home, home: Home, config: Config, recorded: Recording) -> None:
    home.create()
    try:
        if demo.root.exists():
            shutil.rmtree(demo.root)
        demo.root.mkdir(mode=0o700)
        share_models(demo, home)
        demo.config.write_text(_settings(config, recorded), encoding="utf-8")
        demo.config.chmod(0o600)
    except OSError as error:
        raise StoreReadOnlyError(f"The folder {demo.root} cannot be made anew ({error.strerror}).") from error


def _settings(config: Config, recorded: Recording) -> str:
    """Return the settings of a home that belongs to the recorded person and observes nothing."""
    name, aliases = recorded.persona.name, list(recorded.persona.aliases)
    return (
        f"[person]\nname = {json.dumps(name)}\naliases = {json.dumps(aliases)}\n"
        f"utc_offset = {json.dumps(utc_offset())}\n\n"
        f"[capture]\nobservers = []\n\n[infer]\nengine = {json.dumps(config.infer.engine)}\n\n"
        "[suggest]\nburn_in_hours = 0\n"
    )
