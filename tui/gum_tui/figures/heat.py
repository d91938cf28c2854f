"""When the person is active: a map of hours by weekday, told by density and not by colour alone."""

from __future__ import annotations

from datetime import date, timedelta

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from gum_tui import phrases
from gum_tui.figures.figures import Figures, heading, lines

SHADES = "·░▒▓█"
CELLS = 2
_A_MONDAY = date(2024, 1, 1)


def parts(figures: Figures) -> list[Widget]:
    """Return the map, what its shades mean, and the total of each weekday."""
    hours = figures.insights.hours
    most = max(max(row) for row in hours)
    if not most:
        return [Static(lines(heading("When?"), Content.styled("Nothing was recorded in this time.", "$quiet")))]
    names = [(_A_MONDAY + timedelta(days=n)).strftime("%a") for n in range(7)]
    ruler = Content.styled("    " + "".join(phrases.hour(hour).ljust(CELLS * 3) for hour in range(0, 24, 3)), "$quiet")
    rows = [
        Content.assemble(name[:3].ljust(4), ("".join(shade(s / most) * CELLS for s in row), "$for"))
        for name, row in zip(names, hours, strict=True)
    ]
    busiest = max((seconds, day, hour) for day, row in enumerate(hours) for hour, seconds in enumerate(row))
    at = f"{names[busiest[1]]} at {phrases.full_hour(busiest[2])}"
    said = f"Most on {at}, {phrases.duration(busiest[0])}. █ is as much, · is none."
    totals = [
        Content(f"{name[:3].ljust(4)}{phrases.duration(sum(row))}") for name, row in zip(names, hours, strict=True)
    ]
    return [
        Static(lines(heading("When?"), ruler, rows, Content.styled(said, "$quiet"))),
        Static(lines(Content(""), heading("In numbers"), totals)),
    ]


def shade(share: float) -> str:
    """Return the sign for a share of the busiest hour; only nothing at all is '·'."""
    return SHADES[0] if share <= 0 else SHADES[min(4, 1 + int(share * 4))]
