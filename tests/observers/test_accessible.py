"""What an application itself tells of its text, asked for where the person lets it be."""

from __future__ import annotations

import shutil
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from gum_observers.screen import ScreenObserver
from gum_observers.x11 import X11Desktop

from gum.protocols import ObserverContext
from gum.records import Capture
from scenarios.driver.session import Session
from scenarios.driver.spec import Scenario

NEEDED = ("Xvfb", "openbox", "mousepad", "dbus-daemon", "xdotool", "wmctrl", "tmux")
LETTER = "Dear Birgit,\nthe lamp is mended; the third prism was cracked.\n"
SCENARIO = {
    "name": "letter",
    "persona": {"name": "Ines Abara", "login": "ines"},
    "screen": {"size": "1000x700"},
    "files": {"letter.txt": LETTER},
    "apps": {"editor": {"kind": "mousepad", "file": "letter.txt", "geometry": [20, 20, 700, 500]}},
    "steps": [{"do": "focus", "app": "editor"}],
}

pytestmark = pytest.mark.skipif(
    any(shutil.which(name) is None for name in NEEDED)
    or not Path("/usr/share/dbus-1/services/org.a11y.Bus.service").exists(),
    reason=f"one of {', '.join(NEEDED)} or the accessibility bus is not installed",
)


def first_frame(settings: dict[str, object]) -> Capture:
    """Return the first frame that shows a window."""
    desktop, stop = X11Desktop(), threading.Event()
    context = ObserverContext(desktop, lambda _: False, {"settle_s": 0.3, **settings}, lambda: datetime.now(UTC))
    captures = ScreenObserver(context).captures(stop)
    ends = time.monotonic() + 30
    try:
        for capture in captures:
            if capture.window is not None:
                return capture
            assert time.monotonic() < ends
    finally:
        stop.set()
        captures.close()  # type: ignore[attr-defined]
        desktop.close()
    raise AssertionError("no frame came")


def test_the_text_of_an_editor_is_its_own_where_the_person_lets_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Session(Scenario.model_validate(SCENARIO), tmp_path / "out") as session:
        for key in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
            monkeypatch.setenv(key, session.env[key])
        session.open_applications()
        assert first_frame({"accessibility": True}).text == LETTER
        assert first_frame({}).text == ""


def test_without_a_bus_there_is_no_such_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Session(Scenario.model_validate(SCENARIO), tmp_path / "out", accessibility=False) as session:
        monkeypatch.setenv("DISPLAY", session.env["DISPLAY"])
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/absent")
        session.open_applications()
        assert first_frame({"accessibility": True}).text == ""
