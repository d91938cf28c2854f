"""The pictures of the interface fetch nothing when they are looked at."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.pilot import Pilot

from scripts import pictures
from tests.tui.driving import Daemon, drive, shows

FETCHED = re.compile(r"url\(\s*[\"']?(?!#)|<image|<script|href=[\"']?https?:|@import|@font-face", re.IGNORECASE)


def test_a_picture_is_made_without_foreign_fonts(daemon: Daemon) -> None:
    async def walk(pilot: Pilot[None]) -> None:
        await shows(pilot, "Beliefs to review  7")
        drawn = pilot.app.export_screenshot()
        assert FETCHED.search(drawn)
        plain = pictures.without_foreign_fonts(drawn)
        assert not FETCHED.search(plain)
        assert "Fira" not in plain
        assert "survey-report.md" in plain

    drive(daemon.client(), walk)


@pytest.mark.parametrize("name", pictures.NAMES)
def test_every_picture_of_the_documentation_is_there_and_fetches_nothing(name: str) -> None:
    picture = Path(pictures.FOLDER, f"{name}.svg").read_text(encoding="utf-8")
    assert picture.startswith("<svg")
    assert not FETCHED.search(picture)
