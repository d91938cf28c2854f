"""Every kind of suggestion once, end to end: real applications, our observers, the gate, the terminal interface, a real
notification daemon, files on disk.

Live are the windows, what is typed and read in them, the notifications and the answers.  Earlier days, the first
hundred minutes of the morning and the hours between two sittings are given to the daemon as captures and by its clock.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from gum_tui.widgets.items import Items
from textual.pilot import Pilot

from gum.client import Client, SuggestionView
from gum.config import Config
from gum.suggest.effects import clipboard
from tests.suggest.sitting import MORNING, PATIENCE_S, Sitting, sitting
from tests.tui.driving import drive, shows
from tests.tui.driving import until as until_shown
from tests.waiting import until

NEEDED = ("Xvfb", "openbox", "dbus-daemon", "dunst", "dunstctl", "xdotool", "xprop", "wmctrl", "mousepad", "xterm")
NEEDED += ("tmux", "chromium")
pytestmark = pytest.mark.skipif(not all(map(shutil.which, NEEDED)), reason=f"needs {', '.join(NEEDED)}")

CONFIG = Config.model_validate(
    {
        "infer": {"engine": "statistical"},
        "store": {"index_on_disk": False},
        "capture": {"heartbeat_s": 3.0},
        "suggest": {"per_day": 400, "per_minute": 40},
    }
)
PUMPS = {
    "warm.test/nord": ("Heat pump Nord 8", "Price: 4200 EUR\nNoise: 38 dB\nWeight: 92 kg"),
    "warm.test/sund": ("Heat pump Sund 6", "Price: 3100 EUR\nNoise: 52 dB\nWeight: 71 kg"),
    "warm.test/fjell": ("Heat pump Fjell 7", "Price: 3900 EUR\nNoise: 41 dB\nWeight: 85 kg"),
}
SCENARIO: dict[str, Any] = {
    "name": "every_kind",
    "seed": 5,
    "cps": 60,
    "persona": {"name": "Ana Ferro", "login": "ana", "host": "reed"},
    "screen": {"size": "1280x800"},
    "files": {
        "grant-report.txt": "Notes\n",
        "shopping.txt": "Milk\n",
        "tide.py": "import json\njson.loads(open('/dev/null').read())\n",
    },
    "pages": {
        "ask.test/json": {
            "title": "JSONDecodeError: Expecting value",
            "body": "<p style='font-size:28px'>The file is empty. A parser wants at least one value in it.</p>",
        }
    }
    | {
        address: {"title": title, "body": "".join(f"<p style='font-size:28px'>{line}</p>" for line in body.split("\n"))}
        for address, (title, body) in PUMPS.items()
    },
    "apps": {
        "browser": {"kind": "chromium", "url": "ask.test/json", "geometry": [100, 20, 1100, 760]},
        "term": {"kind": "xterm", "geometry": [40, 40, 900, 600], "font": 14},
        "editor": {"kind": "mousepad", "file": "grant-report.txt", "geometry": [60, 40, 900, 640]},
        "list": {"kind": "mousepad", "file": "shopping.txt", "geometry": [80, 60, 900, 640], "start": True},
    },
    "steps": [{"do": "wait"}],
}
WRITTEN = (
    "So I will water the tomato seedlings on the roof.\n",
    "Then I will get back to Tomas about the oak frames.\n",
    "The grant report is due on 6 March 2026.\n",
    "The lighting plan is due on 6 March 2026.\n",
    "The loan list is due on 6 March 2026.\n",
)
FIRST = ("deadline", "prepare", "tidy", "unstick", "collect", "repeat", "rest")
EVERY = {*FIRST, "remember", "follow_up", "resume"}


@pytest.fixture
def ana(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sitting]:
    with sitting(tmp_path, SCENARIO, CONFIG, monkeypatch) as made:
        prefer(made.session.home, tmp_path / "opened")
        yield made


def prefer(home: Path, opened: Path) -> None:
    """Let the person prefer a browser that keeps a list of what it is given."""
    browser, entry = home / "browser", home / ".local/share/applications/mine.desktop"
    browser.write_text(f"#!/bin/sh\necho \"$1\" >> '{opened}'\n")
    browser.chmod(0o700)
    entry.parent.mkdir(parents=True, exist_ok=True)
    entry.write_text(f"[Desktop Entry]\nType=Application\nName=Mine\nExec={browser} %u\n")
    handled = "".join(f"x-scheme-handler/{scheme}=mine.desktop\n" for scheme in ("http", "https"))
    (home / ".config").mkdir(exist_ok=True)
    (home / ".config/mimeapps.list").write_text(f"[Default Applications]\n{handled}")


def before(ana: Sitting) -> None:
    """Give the earlier days, what was answered on them, and this morning until now."""
    for days in (6, 5, 2, 1):
        day = MORNING - timedelta(days=days)
        ana.seen_in("Mousepad", "budget-plan.txt - Mousepad", day - timedelta(hours=1), 50)
        ana.seen_in("Mousepad", "tide-log.txt - Mousepad", day + timedelta(minutes=30), 30)
        ana.seen_in("Mousepad", "letters.txt - Mousepad", day + timedelta(hours=2), 90)
        for kind in ("unstick", "collect", "rest"):
            ana.welcomed(kind, day)
    ana.seen_in("Mousepad", "exhibition-essay.txt - Mousepad", MORNING - timedelta(minutes=101), 100)
    ana.now.work()


def morning(ana: Sitting) -> None:
    """Write what is due and what is promised, run into an error, read on it, read on three heat pumps."""
    ana.does("focus", app="editor")
    ana.does("key", keys="ctrl+End")
    for line in WRITTEN:
        ana.does("type", text=line)
        ana.does("wait", s=2)
    ana.does("save")
    ana.does("wait", s=4)
    ana.does("focus", app="term")
    for _ in range(5):
        ana.does("type", text="python3 tide.py 2>&1 | tail -1\n")
        ana.does("wait", s=5)
    ana.does("focus", app="browser")
    for address in ("ask.test/json", *PUMPS):
        ana.does("goto", url=address)
        ana.does("wait", s=14 if address == "warm.test/nord" else 8)


def back(ana: Sitting, words: str) -> None:
    """Come back to the computer and write a little."""
    ana.does("focus", app="list")
    ana.does("type", text=words)
    ana.does("wait", s=4)
    ana.does("focus", app="term")
    ana.does("wait", s=4)


@pytest.mark.timeout(600)
def test_every_kind_from_the_screen_to_the_desktop_and_back(ana: Sitting, tmp_path: Path) -> None:
    ana.session.open_applications()
    before(ana)
    morning(ana)
    answered = answer(ana, ana.offered(*FIRST), by_desktop=("deadline", "tidy", "unstick", "collect"))
    ana.clock.jump(minutes=20)
    back(ana, "Eggs\n")
    answered |= answer(ana, ana.offered("remember"), by_desktop=())
    ana.clock.jump(hours=3)
    back(ana, "Bread\n")
    clipboard.write("what she had copied")
    answered |= answer(ana, ana.offered("follow_up", "resume"), by_desktop=("resume",))
    assert answered.keys() == EVERY
    read = [one.text for one in ana.now.service.store.observations.between(None, None)]
    assert not any("A suggestion" in text or "into the calendar" in text for text in read), "it has read its own words"
    assert clipboard.read() == "what she had copied"
    opened = answered["resume"].result["opened"]
    assert "http://warm.test/sund" in opened
    until(lambda: sorted(_lines(tmp_path / "opened")) == sorted(opened), PATIENCE_S, "the pages opened again")
    assert [one for one in ana.now.home.output.rglob("*") if one.is_file()] == []


def answer(ana: Sitting, offered: dict[str, SuggestionView], by_desktop: Sequence[str]) -> dict[str, SuggestionView]:
    """See each on the desktop and in the terminal interface, accept it in one of both, look at it, take it back."""
    for kind, one in offered.items():
        assert one.decision["speak"], kind
        assert one.decision["p"] > one.decision["bar"], kind
        ana.on_desktop(one.id)
        if kind in by_desktop:
            ana.clicks(one.id, "Accept")
            until(lambda one=one: ana.client.suggestion(one.id).status == "accepted", PATIENCE_S, f"{kind} done")  # type: ignore[misc]
    accepted: dict[str, SuggestionView] = {}

    async def walk(pilot: Pilot[None]) -> None:
        if not accepted:
            await pilot.press("4")
        for kind, one in offered.items():
            if kind not in by_desktop:
                await choose(pilot, one)
                await pilot.press("a")
                await shows(pilot, "This will be done")
                await pilot.press("enter")
                await until_shown(pilot, lambda one=one: ana.client.suggestion(one.id).status == "accepted", kind)  # type: ignore[misc]
        await pilot.press("s")
        for kind, one in offered.items():
            accepted[kind] = ana.client.suggestion(one.id)
            look(ana, accepted[kind])
            await choose(pilot, one)
            await pilot.press("u")
            await until_shown(pilot, lambda one=one: ana.client.suggestion(one.id).status == "undone", kind)  # type: ignore[misc]

    drive(Client(ana.client.url, ana.now.token, timeout=10.0), walk, size=(160, 48))
    return accepted


async def choose(pilot: Pilot[None], one: SuggestionView) -> None:
    """Put the cursor on a suggestion in the list; its title stands there then."""

    def listed() -> bool:
        for items in pilot.app.screen.query(Items):
            items.choose(str(one.id))
            return items.chosen == str(one.id)
        return False

    await until_shown(pilot, listed, one.title)
    await shows(pilot, one.title[:40])


def look(ana: Sitting, done: SuggestionView) -> None:
    """See that what was accepted was done."""
    texts = [Path(file).read_text(encoding="utf-8") for file in done.files]
    wanted = {
        "deadline": "BEGIN:VEVENT",
        "prepare": "- [ ] grant-report.txt (Mousepad)",
        "tidy": "lighting plan",
        "unstick": "JSONDecodeError",
        "collect": "[Heat pump Sund 6](<http://warm.test/sund>) | 3100 EUR | 52 dB | 71 kg |",
        "repeat": "tide-log.txt (Mousepad)",
        "rest": "exhibition-essay.txt (Mousepad)",
        "remember": "- [ ] Water the tomato seedlings",
        "follow_up": "Hello Tomas,",
        "resume": "exhibition-essay.txt (Mousepad)",
    }
    assert any(wanted[done.kind] in text for text in texts), f"{done.kind}: {texts}"
    if done.kind == "follow_up":
        assert clipboard.read() == texts[0]


def _lines(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() else []
