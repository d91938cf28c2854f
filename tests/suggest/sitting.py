"""A person at real applications under a virtual screen, a real notification daemon, and our service beside them.

The clock starts on a fixed morning and runs with the machine's, so that days, hours and weekdays are the same in every
run; `jump` moves it on.  What the person did on earlier days is given as captures; the rest is live.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gum.client import Client, SuggestionView
from gum.config import Config
from gum.records import Suggestion
from scenarios.driver.session import Session
from scenarios.driver.spec import Step, parse
from tests.waiting import until
from tests.working import Running, running

MORNING = datetime.fromisoformat("2026-03-04T10:00:00+01:00")  # a Wednesday
PATIENCE_S = 60.0


@dataclass
class Clock:
    """Runs with the machine's clock from a morning of its own."""

    begun: float = field(default_factory=time.monotonic)
    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return MORNING + timedelta(seconds=time.monotonic() - self.begun) + self.ahead

    def jump(self, **length: float) -> None:
        self.ahead += timedelta(**length)


@dataclass
class Sitting:
    """One sitting; `earlier` days come first."""

    session: Session
    now: Running
    clock: Clock
    folder: Path

    def does(self, do: str, **given: Any) -> None:
        """Let the person do one thing."""
        self.session.act(Step.model_validate({"do": do, **given}))

    def seen_in(self, app: str, title: str, since: datetime, minutes: float, keys: int = 40) -> None:
        """Give captures of a window that was in front for so long on an earlier day, or earlier today."""
        from tests.suggest.earlier import captures

        for capture in captures(app, title, since, minutes, keys):
            self.now.service.agent.receive(capture)

    def welcomed(self, kind: str, at: datetime) -> None:
        """Give that a suggestion of this kind was accepted."""
        told = {"features": {"all": 1.0, f"kind {kind}": 1.0}}
        named = f"{kind} {at:%d}"
        self.now.service.store.suggestions.add(
            Suggestion(kind, named, "", "note", {}, (), "accepted", told, named, at, result={"files": []})
        )

    def offered(self, *kinds: str) -> dict[str, SuggestionView]:
        """Let the daemon infer from all that it has seen until it has offered these kinds; return them by kind."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            self.now.work()
            found = {one.kind: one for one in self.client.suggestions(("shown", "snoozed"), 100)}
            if set(kinds) <= found.keys():
                return {kind: found[kind] for kind in kinds}
            assert time.monotonic() < deadline, f"{set(kinds) - found.keys()} did not come: {self.why()}"
            time.sleep(0.5)

    def why(self) -> Sequence[str]:
        silent = self.client.suggestions(("silent",), 100)
        believed = [f"{one.probability:.2f} {one.text}" for one in self.now.service.store.propositions.list()]
        told = [f"{one.kind}: {one.title}: {one.decision['reason']} ({_numbers(one)})" for one in silent]
        return [*told, *believed]

    @property
    def client(self) -> Client:
        return self.now.client

    def on_desktop(self, id: int) -> int:
        """Return the notification that tells of a suggestion, once the server shows it."""
        notifier: Any = self.now.service.notifying._notifier
        deadline = time.monotonic() + PATIENCE_S
        while not (shown := [one for one, told in dict(notifier._told).items() if told == id]):
            assert time.monotonic() < deadline, f"suggestion {id} did not come to the desktop"
            time.sleep(0.05)
        return int(shown[0])

    def clicks(self, id: int, answer: str) -> None:
        """Choose an answer on the notification of a suggestion, in the server's own menu."""
        (self.folder / "choice").write_text(f"#{answer} (A suggestion) [{self.on_desktop(id)},")
        subprocess.run(["dunstctl", "context"], check=True, env=self.session.env)


def _numbers(one: SuggestionView) -> str:
    names = ("p_stated", "p", "bar", "need", "steady", "full_screen", "shown_today")
    return ", ".join(f"{name} {one.decision.get(name)}" for name in names)


@contextmanager
def sitting(folder: Path, scenario: dict[str, Any], config: Config, patch: pytest.MonkeyPatch) -> Iterator[Sitting]:
    """Begin a sitting with its desktop and its daemon, and end both."""
    with ExitStack() as stack:
        session = stack.enter_context(Session(parse(scenario), folder / "truth", speed=2.0))
        for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "HOME"):
            patch.setenv(name, session.env[name])
        _start_dunst(session, folder)
        clock = Clock()
        now = stack.enter_context(running(folder / "home", config, clock))
        yield Sitting(session, now, clock, folder)


def _start_dunst(session: Session, folder: Path) -> None:
    menu = folder / "menu"  # takes the place of the menu in which a person chooses one of the actions
    menu.write_text(f"#!/bin/sh\ntee '{folder}/menu.txt' | grep -m1 -F \"$(cat '{folder}/choice')\"\n")
    menu.chmod(0o700)
    rules = folder / "dunstrc"
    stay = "[stay]\n    appname = gum-desktop\n    override_dbus_timeout = 0\n"  # until the test has come to each
    rules.write_text(f"[global]\n    dmenu = {menu}\n    notification_limit = 20\n{stay}")
    session._processes.start(["dunst", "-conf", str(rules)], folder)
    said = ["dunstctl", "count"]
    until(
        lambda: subprocess.run(said, capture_output=True, check=False, env=session.env).returncode == 0,
        PATIENCE_S,
        "dunst",
    )
