"""Brier score and calibration error, week by week."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual_plotext import PlotextPlot

from gum.client import ScoreView
from gum_tui import phrases
from gum_tui.figures.figures import Figures, Plot, Rgb, heading, lines


def parts(figures: Figures) -> list[Widget]:
    """Return both lines with their numbers; a single week has nothing to draw."""
    scores = figures.insights.scores
    table = [
        Content(
            f"{phrases.day_and_month(one.week)}   Brier {one.brier:.3f}   error {one.ece:.3f}   "
            f"{phrases.counted(one.count, 'verdict')}"
        )
        for one in scores
    ]
    above = [heading("Does it get better?"), Content.styled("Lower is better; all verdicts up to each week.", "$quiet")]
    if not scores:
        return [Static(lines(above, Content("There is no verdict yet.")))]
    plot = [Plot(lambda plot, colours: _draw(plot, colours, scores))] if len(scores) > 1 else []
    return [Static(lines(above)), *plot, Static(lines(heading("In numbers"), table))]


def _draw(plot: PlotextPlot, colours: Mapping[str, Rgb], scores: Sequence[ScoreView]) -> None:
    plt = plot.plt
    places = [float(place) for place in range(len(scores))]
    plt.plot(places, [one.brier for one in scores], marker="●", color=colours["for"], label="Brier score")
    plt.plot(places, [one.ece for one in scores], marker="×", color=colours["against"], label="calibration error")
    plt.xticks(places, [phrases.day_and_month(one.week) for one in scores])
    highest = max(0.3, *(max(one.brier, one.ece) for one in scores))
    plt.ylim(0, highest)
    plt.yticks([tenth / 10 for tenth in range(math.ceil(highest * 10))])
