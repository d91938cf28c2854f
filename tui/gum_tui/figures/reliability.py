"""The reliability diagram: how often what was shown with a probability turned out true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual_plotext import PlotextPlot

from gum.client import ReliabilityBin
from gum_tui import phrases
from gum_tui.figures.figures import Figures, Plot, Rgb, heading, lines

QUARTERS: list[float] = [0, 25, 50, 75, 100]


def parts(figures: Figures) -> list[Widget]:
    """Return the diagram with its numbers; before the first verdict what is missing."""
    told, shown = figures.calibration, figures.calibration.shown
    if not shown.count:
        words = "Not known yet: it is reckoned from your verdicts. Review gives the first ones."
        return [Static(lines(heading("Can the probabilities be relied on?"), Content.styled(words, "$quiet")))]
    better = "better" if shown.brier < shown.brier_base_rate else "no better"
    summary = [
        Content(
            f"{phrases.counted(shown.count, 'verdict')}; {phrases.percent(shown.base_rate)} of them said it is true."
        ),
        Content(
            f"Brier score {shown.brier:.3f}, {better} than always saying {shown.base_rate:.2f}, "
            f"which scores {shown.brier_base_rate:.3f}."
        ),
        Content(f"On the mean it is off by {shown.ece * 100:.0f} points (expected calibration error)."),
        Content.styled(_learned(told.verdicts, told.needed), "$quiet"),
    ]
    table = [
        Content(f"said {phrases.percent(b.mean):>5}   true {phrases.percent(b.true):>5}   of {b.count:,}")
        for b in shown.bins
    ]
    return [
        Static(lines(heading("Can the probabilities be relied on?"), summary)),
        Plot(lambda plot, colours: _draw(plot, colours, shown.bins)),
        Static(lines(heading("In numbers"), table)),
    ]


def _learned(verdicts: int, needed: int) -> str:
    if verdicts < needed:
        return f"From {needed} verdicts on it corrects itself by them; {needed - verdicts} are missing."
    return "It corrects itself by your verdicts."


def _draw(plot: PlotextPlot, colours: Mapping[str, Rgb], bins: Sequence[ReliabilityBin]) -> None:
    plt = plot.plt
    plt.plot([0, 100], [0, 100], marker="·", color=colours["quiet"])
    plt.scatter([b.mean * 100 for b in bins], [b.true * 100 for b in bins], marker="●", color=colours["for"])
    plt.xlim(0, 100)
    plt.ylim(0, 100)
    plt.xticks(QUARTERS)
    plt.yticks(QUARTERS)
    plt.xlabel("said, %   (dots: as good as can be)")
    plt.ylabel("true, %")
