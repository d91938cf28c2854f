"""While nothing changes nothing is drawn, though the daemon is asked all the time."""

from __future__ import annotations

import pytest
from gum_tui.app import GumApp
from rich.console import RenderableType
from textual.pilot import Pilot
from textual.screen import Screen

from tests.tui.driving import Daemon, drive, shows, until

TIMES = 5


@pytest.mark.parametrize(
    ("key", "words"), [("1", "survey-report.md"), ("2", "Evidence for"), ("5", "Mousepad"), ("8", "Programs")]
)
def test_a_status_that_reads_the_same_draws_nothing(
    key: str, words: str, daemon: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[RenderableType] = []
    display = GumApp._display

    def noted(app: GumApp, screen: Screen[object], renderable: RenderableType | None) -> None:
        if renderable is not None:
            drawn.append(renderable)
        display(app, screen, renderable)

    monkeypatch.setattr(GumApp, "_display", noted)

    async def walk(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, GumApp)
        await pilot.press(key)
        await shows(pilot, words)
        await until(pilot, lambda: not app.remote.busy, "rest")
        await pilot.pause(0.5)
        drawn.clear()
        for _ in range(TIMES):
            before = app.remote.status
            await until(pilot, lambda before=before: app.remote.status is not before, "the next status")
        assert drawn == []

    drive(daemon.client(), walk)
