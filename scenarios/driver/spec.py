"""The form of a scenario: strict YAML, every key known."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError


class ScenarioError(Exception):
    """A scenario that cannot be read or played; `str(error)` says what is wrong."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Persona(_Part):
    """Who is at the computer."""

    name: str = ""
    aliases: tuple[str, ...] = ()
    login: str = "user"
    host: str = "larch"
    role: str = ""
    email: str = ""


class MonitorSpec(_Part):
    """One RandR monitor on the virtual screen, as `xrandr --setmonitor` takes it."""

    name: str
    geometry: str
    output: str = "none"


class Screen(_Part):
    size: str = Field(default="1920x1080", pattern=r"^\d+x\d+$")
    background: str = "#35546b"
    monitors: tuple[MonitorSpec, ...] = ()


class Page(_Part):
    """One web page; a body without tags is paragraphs separated by empty lines."""

    title: str
    body: str = ""
    h1: str = ""
    site: str = ""


class Mail(_Part):
    """One mail in the inbox, there from `day` on; its element on the page is `m<id>`."""

    sender: str = Field(alias="from")
    subject: str
    body: str
    day: date | None = None
    id: str = ""


class App(_Part):
    """One application; `geometry` is x, y, width, height or 'max'."""

    kind: Literal["chromium", "mousepad", "xterm", "evince", "command"]
    start: bool = True
    geometry: tuple[int, int, int, int] | Literal["max"] | None = None
    url: str = ""
    file: str = ""
    cwd: str = ""
    command: str = ""
    wm_class: str = Field(default="", alias="class")
    profile: str = "main"
    incognito: bool = False
    a11y: bool = False
    font: int = 12
    bg: str = "#1d1f21"
    fg: str = "#e8e8e8"
    sensitive: bool = False
    text: str | None = None


class Step(_Part):
    """One thing the person does; `do` names it, the other fields are what it needs."""

    do: str
    why: str | None = None
    pause: float | None = None
    app: str = ""
    text: str = ""
    cps: float | None = None
    typos: float | None = None
    keys: str | tuple[str, ...] = ()
    s: float | None = None
    url: str = ""
    id: str = ""
    x: int = 0
    y: int = 0
    then: str = ""
    n: int = 0
    summary: str = ""
    body: str = ""
    kind: Literal["chromium", "mousepad", "xterm", "evince", "command", ""] = ""
    file: str = ""
    geometry: tuple[int, int, int, int] | Literal["max"] | None = None
    sensitive: bool = False
    contains: str = ""
    sent: bool = False


class Sitting(_Part):
    """One sitting at the computer; `start` is when it began in the person's life."""

    name: str = Field(pattern=r"^[a-z0-9_-]+$")
    start: datetime
    apps: tuple[str, ...] = ()
    steps: tuple[Step, ...]
    stretch: float | None = None


class Scenario(_Part):
    """A person, their machine and what they do.

    Either `steps` (one sitting) or `sessions` (several, on one home folder).  `stretch` is how many of
    the person's seconds a played second stands for.
    """

    name: str
    persona: Persona = Persona()
    seed: int = 1
    cps: float = 18
    typos: float = 0
    screen: Screen = Screen()
    start: datetime | None = None
    stretch: float = Field(default=1.0, gt=0)
    files: dict[str, str] = {}
    setup: tuple[str, ...] = ()
    pages: dict[str, Page] = {}
    mail: tuple[Mail, ...] = ()
    sensitive_hosts: tuple[str, ...] = ()
    apps: dict[str, App] = {}
    facts: tuple[dict[str, Any], ...] = ()
    canaries: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    sessions: tuple[Sitting, ...] = ()

    def sittings(self) -> list[Sitting]:
        """Return what is to be played in order; a scenario of one sitting starts at `start`.

        Raises ScenarioError when the scenario says neither or both.
        """
        if bool(self.steps) == bool(self.sessions):
            raise ScenarioError(f"The scenario {self.name!r} needs either 'steps' or 'sessions'.")
        if self.sessions:
            return list(self.sessions)
        start = self.start or datetime.fromisoformat("2026-03-02T09:00:00+01:00")
        return [Sitting(name=self.name, start=start, steps=self.steps)]

    def for_sitting(self, sitting: Sitting) -> Scenario:
        """Return the scenario of this sitting alone: its steps, its applications, the mail of its day.

        Raises ScenarioError when the sitting names an application that is not there.
        """
        # In the sitting's order, so that the last one named is in front.
        order = [*sitting.apps, *(key for key in self.apps if key not in sitting.apps)]
        unknown = [key for key in sitting.apps if key not in self.apps]
        if unknown:
            raise ScenarioError(f"The sitting {sitting.name!r} names the unknown application {unknown[0]!r}.")
        apps = {
            key: self.apps[key].model_copy(update={"start": key in sitting.apps}) if sitting.apps else self.apps[key]
            for key in order
        }
        mail = tuple(item for item in self.mail if item.day is None or item.day <= sitting.start.date())
        changes = {"steps": sitting.steps, "sessions": (), "apps": apps, "mail": mail, "start": sitting.start}
        return self.model_copy(update=changes)


def load(path: Path) -> Scenario:
    """Read a scenario file.  Raises ScenarioError that names the file and every wrong key."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ScenarioError(f"{path} cannot be read: {error}") from error
    return parse(raw, str(path))


def parse(raw: Any, source: str = "the scenario") -> Scenario:
    """Return the scenario that plain data describe.  Raises ScenarioError naming every wrong key."""
    try:
        return Scenario.model_validate(raw)
    except ValidationError as error:
        lines = [f"{source}: {'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()]
        raise ScenarioError("\n".join(lines)) from error
