"""A day as a coloured band: one colour and letter an activity, gaps drawn in their own way."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from gum.records import CoverageState
from gum_tui import axis, phrases
from gum_tui.axis import Axis
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
FOLD_SIGN = "╌"


def colours(place: int) -> tuple[str, str]:
    """Return background and letter colour of the activity at this place."""
    return ACTIVITIES[place] if place < len(ACTIVITIES) else OTHER


class Band(Widget):
    """The day from its first to its last sign of life; a click tells the moment under the mouse."""

    class Pressed(Message):
        """The band was clicked at this moment of the day."""

        def __init__(self, moment: datetime) -> None:
            super().__init__()
            self.moment = moment

    def __init__(self, *, id: str | None = None, marked: bool = False) -> None:
        """`marked` keeps the last line for the mark that `choose` sets; the height is the style sheet's."""
        super().__init__(id=id)
        self.day: Day | None = None
        self._marked = marked
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
        line = axis.of(self.day.stretches, self.size.width)
        rows = max(1, self.size.height - 1 - self._marked)
        lines = [_hours(line, self.size.width), *(self._row(line, row) for row in range(rows))]
        return Content("\n").join([*lines, self._mark(line)] if self._marked else lines)

    def on_click(self, event: events.Click) -> None:
        if self.day and self.day.stretches:
            self.post_message(self.Pressed(axis.of(self.day.stretches, self.size.width).moment(event.x)))

    def _row(self, line: Axis, row: int) -> Content:
        """Return one line of the band; letters and labels stand in the first."""
        parts: list[Content] = []
        for piece in line.pieces:
            if piece.fold:
                parts.append(_fold(piece.fold, piece.cells, row))
                continue
            shown = (self._longest(line, cell) for cell in range(piece.first, piece.first + piece.cells))
            parts += [self._run(stretch, len(list(cells)), row) for stretch, cells in groupby(shown)]
        return Content("").join(parts)

    def _longest(self, line: Axis, cell: int) -> Stretch | None:
        """Return what took most of a cell's time."""
        piece = line.piece(cell)
        if piece is None or self.day is None:
            return None
        since, until = piece.moment(cell), piece.moment(cell + 1)
        best, most = None, 0.0
        for stretch in self.day.stretches:
            shared = (min(until, stretch.ended_at) - max(since, stretch.started_at)).total_seconds()
            if shared > most:
                best, most = stretch, shared
        return best

    def _run(self, stretch: Stretch | None, cells: int, row: int) -> Content:
        if stretch is None or self.day is None:
            return Content(" " * cells)
        if stretch.episode is None:
            return Content.styled(GAP_SIGNS[stretch.state] * cells, "$quiet")
        place = self.day.activity(stretch.episode.app)
        back, front = colours(place)
        letter = "" if row else self.day.activities[place].letter
        return Content.styled(letter.ljust(cells), f"{front} on {back}")

    def _mark(self, line: Axis) -> Content:
        if self._chosen is None:
            return Content("")
        first, last = line.cell(self._chosen.started_at), line.cell(self._chosen.ended_at)
        return Content.styled(" " * first + "▔" * max(1, last - first), "$primary")


def _fold(gap: Stretch, cells: int, row: int) -> Content:
    """Return a folded gap: its name and length in the first row."""
    label = f" {phrases.GAP_NAMES[gap.state.value]} {phrases.duration(gap.seconds)} "
    text = label.center(cells, FOLD_SIGN) if row == 0 else " " * cells
    return Content.styled(text[:cells], "$quiet")


def _hours(line: Axis, width: int) -> Content:
    text = ""
    for cell, moment in line.ticks():
        time = phrases.clock(moment)
        if len(text) <= cell <= width - len(time):
            text = text.ljust(cell) + time + " "
    return Content.styled(text, "$quiet")
