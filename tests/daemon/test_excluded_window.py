"""A running daemon keeps no pixel and no word of an excluded window, however it is moved about."""

from __future__ import annotations

import os
import random
import shutil
import time
from pathlib import Path

import numpy as np
import pytest
from gum_models.readers.tesseract import TesseractReader

from gum.daemon.lifecycle import connect
from gum.perceive.encoding import decode, from_image
from gum.records import Rect
from tests.observers.conftest import Session
from tests.waiting import until
from tests.working import Daemon, gumctl

MOVES = int(os.environ.get("GUM_TEST_EXCLUDED_MOVES", "25"))
NEEDED = ("Xvfb", "openbox", "xterm", "xdotool", "xprop")
MAGENTA = (255, 0, 255)
WORDS = ("zeppelin", "quokka")  # the rule itself names neither
SHOWN = 'i=0; while :; do i=$((i+1)); echo "quokka account balance $i"; sleep 0.7; done'
OPEN = 'i=0; while :; do i=$((i+1)); echo "harbour survey line $i"; sleep 0.9; done'

pytestmark = pytest.mark.skipif(
    any(shutil.which(name) is None for name in NEEDED), reason=f"one of {', '.join(NEEDED)} is not installed"
)


@pytest.mark.timeout(900)
def test_nothing_of_an_excluded_window_reaches_the_data_directory(desk: Session, daemon: Daemon) -> None:
    daemon.env["DISPLAY"] = desk.display
    daemon.start()
    assert gumctl(daemon.home, "exclude", "title", "sesame").returncode == 0
    hidden = shell(desk, "zeppelin sesame", SHOWN, "-bg", "#ff00ff", "-fg", "#000000", "-geometry", "60x20+200+150")
    seen = shell(desk, "harbour notes", OPEN, "-geometry", "90x30+350+250")
    with connect(daemon.home) as client:
        until(lambda: any("harbour survey" in one.text for one in client.observations(limit=200).items), 30)
        move_about(desk, hidden, seen)
        kept = client.observations(limit=1000).items
        reasons = {row.reason for row in client.ledger() if row.what == "captures not seen"}
    daemon.stop()
    assert any("harbour survey" in one.text for one in kept)
    assert "masked" in reasons
    assert words_in_files(daemon.home.root) == []
    assert leaks_in_frames(daemon.home.frames) == []


def shell(desk: Session, title: str, script: str, *options: str) -> int:
    desk.start("xterm", "-T", title, *options, "-e", "sh", "-c", script)
    return desk.focused(title)


def move_about(desk: Session, hidden: int, seen: int) -> None:
    """Move, raise, focus and minimise the excluded window at random, over and under the other."""
    chance = random.Random(11)
    for _ in range(MOVES):
        step = chance.randrange(6)
        if step <= 2:
            desk.run("xdotool", "windowmove", str(hidden), str(chance.randrange(1100)), str(chance.randrange(500)))
        elif step == 3:
            desk.run("xdotool", "windowminimize", str(hidden))
        else:
            desk.run("xdotool", "windowactivate", str(hidden))
        if chance.random() < 0.6:
            desk.run("xdotool", "windowactivate", str(seen))
        time.sleep(chance.random() * 0.8)


def words_in_files(folder: Path) -> list[tuple[str, str]]:
    """Return where a word of the excluded window stands in the bytes of any file, in either encoding and any case."""
    found = []
    for path in sorted(folder.rglob("*")):
        data = path.read_bytes().lower() if path.is_file() else b""
        found += [(path.name, word) for word in WORDS for code in ("utf-8", "utf-16-le") if word.encode(code) in data]
    return found


def leaks_in_frames(folder: Path) -> list[tuple[str, str]]:
    """Return which kept pictures show the excluded window's colour, or one of its words when they are read."""
    reader, found = TesseractReader(), []
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    assert paths
    for path in paths:
        picture = decode(path.read_bytes(), path.name)
        if (np.asarray(picture) == MAGENTA).all(axis=2).any():
            found.append((path.name, "its colour"))
        area = Rect(0, 0, picture.width, picture.height)
        text = reader.read(from_image(picture, area), area).lower()
        found += [(path.name, word) for word in WORDS if word in text]
    reader.close()
    return found
