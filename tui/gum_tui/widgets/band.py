"""A day as a coloured band: one colour and letter an activity, gaps drawn in their own way."""

from __future__ import annotations

from datetime import datetime, timedelta

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from gum.records import CoverageState
from gum_tui import phrases
from gum_tui.day import Day, Stretch
from gum_tui.theme import ACTIVITIES, OTHER

GAP_SIGNS = {
    CoverageState.RECORDED: "·",
    CoverageState.PAUSED: "‖",
    CoverageState.EXCLUDED: "▒",
    CoverageState.LOCKED: "░",
    CoverageState.OFF: " ",
    CoverageState.FAILED: "╳",
}
LEAST_HOURS = 4


def colours(place: int) -> tuple[str, str]:
    """Return background and letter colour of the activity at this place."""
    return ACTIVITIES[place] if place < len(ACTIVITIES) else OTHER


class Band(Widget):
    """The day from its first to its last full hour; a click tells the moment under the mouse."""

    class Pressed(Message):
        """The band was clicked at this moment of the day."""

        def __init__(self, moment: datetime) -> None:
            super().__init__()
            self.moment = moment

    def __init__(self, *, id: str | None = None, marked: bool = False) -> None:
        """`marked` keeps the last line for the mark that `choose` sets; the height is the style sheet's."""
        super().__init__(id=id)
        self._marked = marked
        self.day: Day | None = None
        self._chosen: Stretch | None = None

    def show(self, day: Day) -> None:
        self.day = day
        self._chosen = None
        self.refresh()

    def choose(self, stretch: Stretch | None) -> None:
        """Mark the stretch that a list beside the band has under its cursor."""
        self._chosen = stretch
        self.refresh()

    def render(self) -> RenderResult:
        if not self.day or not self.day.stretches:
            return Content.styled("Nothing was seen on this day.", "$quiet")
        start, seconds = _span(self.day)
        lines = [_hours(start, seconds, self.size.width), Content("").join(self._cells(start, seconds))]
        plain = Content("").join(self._cells(start, seconds, letters=False))
        lines += [plain] * (self.size.height - len(lines) - self._marked)
        return Content("\n").join([*lines, self._marker(start, seconds)] if self._marked else lines)

    def on_click(self, event: events.Click) -> None:
        if self.day and self.day.stretches and self.size.width:
            start, seconds = _span(self.day)
            self.post_message(self.Pressed(start + timedelta(seconds=(event.x + 0.5) / self.size.width * seconds)))

    def _cells(self, start: datetime, seconds: float, *, letters: bool = True) -> list[Content]:
        """Return one piece for each run of cells of one stretch; a cell shows what took most of its time."""
        width = self.size.width
        runs: list[tuple[Stretch | None, int]] = []
        for cell in range(width):
            stretch = self._longest(start, seconds / width * cell, seconds / width)
            if runs and runs[-1][0] is stretch:
                runs[-1] = (stretch, runs[-1][1] + 1)
            else:
                runs.append((stretch, 1))
        return [self._run(stretch, cells, letters) for stretch, cells in runs]

    def _longest(self, start: datetime, offset: float, length: float) -> Stretch | None:
        since = start + timedelta(seconds=offset)
        until = since + timedelta(seconds=length)
        best, most = None, 0.0
        for stretch in self.day.stretches if self.day else ():
            shared = (min(until, stretch.ended_at) - max(since, stretch.started_at)).total_seconds()
            if shared > most:
                best, most = stretch, shared
        return best

    def _run(self, stretch: Stretch | None, cells: int, letters: bool) -> Content:
        if stretch is None:
            return Content(" " * cells)
        if stretch.episode is None or self.day is None:
            return Content.styled(GAP_SIGNS[stretch.state] * cells, "$quiet")
        place = self.day.activity(stretch.episode.app)
        back, front = colours(place)
        letter = self.day.activities[place].letter if letters else ""
        return Content.styled(letter.ljust(cells), f"{front} on {back}")

    def _marker(self, start: datetime, seconds: float) -> Content:
        if self._chosen is None:
            return Content("")
        width = self.size.width
        first = int((self._chosen.started_at - start).total_seconds() / seconds * width)
        last = int((self._chosen.ended_at - start).total_seconds() / seconds * width)
        first = min(max(first, 0), width - 1)
        return Content.styled(" " * first + "▔" * max(1, min(last, width) - first), "$primary")


def _span(day: Day) -> tuple[datetime, float]:
    """Return the full hour before the first stretch, and the seconds to the full hour after the last."""
    first = day.stretches[0].started_at.astimezone().replace(minute=0, second=0, microsecond=0)
    last = day.stretches[-1].ended_at
    hours = max(LEAST_HOURS, -int(-((last - first).total_seconds()) // 3600))
    return first, hours * 3600.0


def _hours(start: datetime, seconds: float, width: int) -> Content:
    hours = int(seconds // 3600)
    step = next((each for each in (1, 2, 3, 4, 6) if hours / each * 6 <= width), 6)
    line = [" "] * width
    for hour in range(0, hours, step):
        at = int(hour * 3600 / seconds * width)
        for place, character in enumerate(phrases.clock(start + timedelta(hours=hour))):
            if at + place < width:
                line[at + place] = character
    return Content.styled("".join(line), "$quiet")
