"""What the letters and signs of the day's band mean, with the time spent."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from gum.records import CoverageState
from gum_tui import phrases
from gum_tui.day import Day
from gum_tui.widgets.band import GAP_SIGNS, colours

MOST = 7


class Legend(Static):
    """One entry an activity, the longest first, then the kinds of gaps that the day has."""

    def show(self, day: Day) -> None:
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
        self.update(Content("   ").join([*entries, *_gaps(day)]))


def _gaps(day: Day) -> list[Content]:
    seconds: dict[CoverageState, float] = {}
    for stretch in day.stretches:
        if stretch.episode is None:
            seconds[stretch.state] = seconds.get(stretch.state, 0.0) + stretch.seconds
    return [
        Content.styled(
            f"{GAP_SIGNS[state] * 3} {phrases.GAPS[state.value]} {phrases.duration(spent)}".strip(), "$quiet"
        )
        for state, spent in seconds.items()
    ]
