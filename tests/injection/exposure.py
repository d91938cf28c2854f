"""Attacks from files, and a person whose screen shows one on several days."""

from __future__ import annotations

import tomllib
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from gum.api.captures import CLIENT_TRUST, from_wire
from gum.daemon.agent import Agent
from gum.paths import Home
from gum.records import Capture, Frame, InputCounts, Rect, Trust, Window
from gum.wire import CaptureIn
from tests.working import START, HandClock, settings

ATTACKS = Path(__file__).parent / "attacks"
SCREEN = Rect(0, 0, 4, 4)
DAYS = 2
OWN_WORDS = "Bring the blue folder to the next meeting please"
APPS = {
    "web": ("firefox", " — Mozilla Firefox"),
    "mail": ("thunderbird", " - Mozilla Thunderbird"),
    "chat": ("Signal", ""),
    "document": ("evince", ""),
    "edited": ("libreoffice-writer", " - LibreOffice Writer"),
    "terminal": ("xterm", ""),
}


@dataclass(frozen=True)
class Attack:
    """One attack: how it reaches the screen, and what it shows; `in_title` where the title is part of it."""

    kind: str
    carrier: str
    title: str
    text: str
    url: str = ""
    in_title: bool = False

    @property
    def id(self) -> str:
        return f"{self.carrier}: {self.title}"

    @property
    def lines(self) -> list[str]:
        titled = [self.title] if self.in_title else []
        return [line.strip() for line in (*titled, *self.text.splitlines()) if line.strip()]


def attacks() -> list[Attack]:
    """Return every attack of every file."""
    found = []
    for file in sorted(ATTACKS.glob("*.toml")):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        found += [Attack(table["kind"], **one) for one in table["attack"]]
    return found


class PaintedReader:
    """Reads what was painted: each picture is of one colour, and the colour stands for a text."""

    name = "painted"
    texts: list[str] = []  # noqa: RUF012 - the outer edge: one screen for all

    def read(self, frame: Frame, area: Rect) -> str:
        return self.texts[int.from_bytes(frame.pixels[:3], "little")]

    def close(self) -> None: ...

    @classmethod
    def paint(cls, text: str) -> Frame:
        cls.texts.append(text)
        colour = (len(cls.texts) - 1).to_bytes(3, "little") + b"\xff"
        return Frame(SCREEN, colour * (SCREEN.width * SCREEN.height))


@contextmanager
def victim(folder: Path, engine: str) -> Iterator[tuple[Agent, HandClock]]:
    """Run the whole pipeline with an engine, the painted screen, and what each person has: a few beliefs."""
    clock = HandClock()
    config = settings(
        infer={"engine": engine, "reader": "painted"}, store={"index_on_disk": False}, suggest={"burn_in_hours": 0}
    )
    with Agent.open(Home(folder), config, clock) as agent:
        yield agent, clock


def expose(agent: Agent, clock: HandClock, attack: Attack) -> None:
    """Let the person meet an attack on several days, for most of a minute each, scrolling and clicking."""
    for day in range(DAYS):
        clock.now = START + timedelta(days=day)
        for capture in _captures(attack, clock.now):
            clock.now = capture.captured_at
            agent.receive(capture)
        agent.advance(clock.forward(hours=1), final=True)


def _captures(attack: Attack, at: datetime) -> Sequence[Capture]:
    if attack.carrier in ("notification", "calendar"):
        trust = Trust.UNTRUSTED
        return [Capture("sensor", "text", at, app=attack.carrier, title=attack.title, text=attack.text, trust=trust)]
    if attack.carrier == "sensor":
        sent = CaptureIn(
            observer="bridge", kind="text", captured_at=at, title=attack.title, text=attack.text, trust=Trust.STATED
        )
        return [from_wire(sent, lambda: at, CLIENT_TRUST)]
    return _seen(attack, at)


def _seen(attack: Attack, at: datetime) -> list[Capture]:
    app, suffix = APPS[attack.carrier]
    title = attack.title + suffix
    window = Window(zlib.crc32(attack.id.encode()) % 10_000, app, title, None, SCREEN, SCREEN)
    keys = {"edited": len(OWN_WORDS), "terminal": 20}.get(attack.carrier, 0)
    body = f"https://{app}.example/page\n{attack.text}" if attack.carrier == "web" else attack.text
    after = f"{body}\n{OWN_WORDS}" if attack.carrier == "edited" else f"{body}\n"

    def capture(kind: str, seconds: int, text: str | None = None, counts: InputCounts | None = None) -> Capture:
        return Capture(
            "screen",
            kind,
            at + timedelta(seconds=seconds),
            app=app,
            title=title,
            url=attack.url,
            window=window,
            frame=None if text is None else PaintedReader.paint(text),
            input=counts or InputCounts(),
        )

    return [
        capture("window", 0),
        capture("frame", 1, body),
        capture("activity", 20, counts=InputCounts(keys=keys, clicks=2, scrolls=6)),
        capture("frame", 45, after, InputCounts(keys=keys)),
        capture("window", 50),
    ]
