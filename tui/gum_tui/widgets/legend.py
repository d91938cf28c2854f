"""What the letters and signs of the day's band mean, with the time spent."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from gum.records import CoverageState
from gum_tui import phrases
from gum_tui.day import Day
from gum_tui.widgets.band import GAP_SIGNS, colours

MOST = 7
APART = "   "


class Legend(Static):
    """One entry an activity, the longest first, then the kinds of gaps that the day has; no entry is broken."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._day: Day | None = None

    def show(self, day: Day) -> None:
        self._day = day
        self._flow()

    def on_resize(self) -> None:
        self._flow()

    def _flow(self) -> None:
        """Put as many entries on each line as the width takes."""
        lines: list[Content] = []
        for entry in [*_activities(self._day), *_gaps(self._day)] if self._day else []:
            if lines and lines[-1].cell_length + len(APART) + entry.cell_length <= self.size.width:
                lines[-1] = Content(APART).join([lines[-1], entry])
            else:
                lines.append(entry)
        self.update(Content("\n").join(lines))


def _activities(day: Day) -> list[Content]:
    entries = [
        Content.assemble(
            (f" {activity.letter} ", "{1} on {0}".format(*colours(place))),
            f" {activity.app} ",
            (phrases.duration(activity.seconds), "$quiet"),
        )
        for place, activity in enumerate(day.activities[:MOST])
    ]
    if len(day.activities) > MOST:
        entries.append(Content.styled(f"and {len(day.activities) - MOST} more", "$quiet"))
    return entries


def _gaps(day: Day) -> list[Content]:
    seconds: dict[CoverageState, float] = {}
    for stretch in day.stretches:
        if stretch.episode is None and stretch.state is not CoverageState.OFF:
            seconds[stretch.state] = seconds.get(stretch.state, 0.0) + stretch.seconds
    return [
        Content.styled(f"{GAP_SIGNS[state] * 3} {phrases.GAP_NAMES[state.value]} {phrases.duration(spent)}", "$quiet")
        for state, spent in seconds.items()
    ]
