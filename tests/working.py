"""What tests of the daemon stand on: an engine that says what it is told to, a running service, a running process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from gum import plugins
from gum.client import Client
from gum.config import Config
from gum.daemon.agent import Agent
from gum.daemon.lifecycle import connect
from gum.daemon.service import Service
from gum.errors import EngineError, GumError
from gum.paths import Home
from gum.protocols import EpisodeContext
from gum.records import (
    Capture,
    Claim,
    Draft,
    Durability,
    Frame,
    Kind,
    Proposition,
    Quote,
    Rect,
    Relation,
    Theme,
    Trust,
    Window,
)
from gum.store.lock import read_owner
from tests.propositions import START

SCREEN = Rect(0, 0, 320, 200)


class EchoEngine:
    """Proposes one draft for each text it sees, quoting it; an episode that says 'poison' makes it fail."""

    name = "echo"
    author = "echo/1"

    def propose(self, context: EpisodeContext) -> Sequence[Draft]:
        texts = [one for one in context.observations if one.text]
        if any("poison" in one.text for one in texts):
            raise EngineError("The engine will not swallow this.")
        return [
            Draft(
                text=f"The user works on {one.text}",
                reasoning="It was on screen.",
                kind=Kind.ACTIVITY,
                durability=Durability.PROJECT,
                theme=Theme.WORK,
                quotes=(Quote(one.id, one.text),),
                strength=8,
                claim=Claim("works_on", one.text.casefold()),
            )
            for one in texts
        ]

    def relate(self, draft: Draft, neighbours: Sequence[Proposition]) -> Sequence[Relation]:
        return [Relation.SAME if one.text == draft.text else Relation.UNRELATED for one in neighbours]

    def suggest(self, context: EpisodeContext, propositions: Sequence[Proposition]) -> Sequence[Any]:
        return []

    def answer(self, question: str, propositions: Sequence[Proposition]) -> str:
        return " ".join(one.text for one in propositions) or "Nothing is known."

    def caption(self, frame: Frame, observation: Any) -> str:
        return ""


@dataclass
class HandClock:
    """A clock that a test moves."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **length: float) -> datetime:
        self.now += timedelta(**length)
        return self.now


def settings(**sections: dict[str, Any]) -> Config:
    """Return settings without observers and with the echo engine, but for what is named."""
    plugins.register("gum.engines", "echo", EchoEngine)
    base: dict[str, dict[str, Any]] = {"capture": {"observers": []}, "infer": {"engine": "echo"}}
    return Config.model_validate({key: base.get(key, {}) | sections.get(key, {}) for key in {*base, *sections}})


def text(words: str, at: datetime = START, *, source: str = "", observer: str = "test", app: str = "Notes") -> Capture:
    """Return a capture of a text by a sensor."""
    return Capture(observer, "text", at, app=app, title=words[:40], text=words, trust=Trust.DOCUMENT, source=source)


def window(title: str, at: datetime = START, *, app: str = "Editor", id: int = 7) -> Capture:
    """Return a capture that a window came to the front."""
    place = Window(id, app, title, None, SCREEN, SCREEN)
    return Capture("windows", "window", at, app=app, title=title, window=place)


@dataclass
class Running:
    """A service in this process, with a client that asks it over its own port."""

    service: Service
    client: Client
    home: Home
    token: str

    def work(self, now: datetime | None = None) -> None:
        """Infer from everything that was seen, at once."""
        self.service.agent.advance(now or self.service.clock(), final=True)


@contextmanager
def running(
    folder: Path, config: Config | None = None, clock: Callable[[], datetime] | None = None
) -> Iterator[Running]:
    """Run a service in a home until the end of the block."""
    home = Home(folder)
    service = Service(Agent.open(home, config or settings(), clock or HandClock()))
    try:
        service.start()
        with connect(home) as client:
            yield Running(service, client, home, home.token.read_text().strip())
    finally:
        assert service.stop(), "a thread of the service hangs"


@dataclass
class Daemon:
    """A daemon in a process of its own, on a home of its own."""

    home: Home
    env: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self, seconds: float = 30.0) -> None:
        """Start it and wait until it answers."""
        said = self.home.root.with_suffix(".err")
        with said.open("wb") as errors:
            command = [sys.executable, "-X", "faulthandler", "-m", "gum.daemon"]
            self.process = subprocess.Popen(command, env=environment(self.home, **self.env), stderr=errors)
        deadline = time.monotonic() + seconds
        while not self.answers():
            if time.monotonic() > deadline:
                self.process.send_signal(signal.SIGABRT)  # it says where each thread is
                self.process.wait(10)
            assert self.process.poll() is None, f"the daemon did not come up: {said.read_text()}"
            time.sleep(0.02)

    def answers(self) -> bool:
        owner = read_owner(self.home)
        if owner is None or self.process is None or owner.pid != self.process.pid or not owner.url:
            return False
        try:
            with connect(self.home) as client:
                return client.healthy()
        except GumError:
            return False

    def kill(self) -> None:
        """End it as a power cut of the process does."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """End it as asked; return its exit code and how long that took."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(number)
        return self.process.wait(20), time.monotonic() - began

    def close(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)


def environment(home: Home, **more: str) -> dict[str, str]:
    """Return this process's environment for another one: that home, and no display unless one is given."""
    kept = {key: value for key, value in os.environ.items() if key not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    return kept | {"GUM_HOME": str(home.root)} | more


def gumctl(home: Home, *arguments: str, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "gum", *arguments],
        env=environment(home, **more),
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
