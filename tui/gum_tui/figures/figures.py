"""What the figures are drawn from, and the plot that follows the theme."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from textual.app import RenderResult
from textual.color import Color
from textual.content import Content
from textual_plotext import PlotextPlot

from gum.client import CalibrationView, Client, DaemonStatus, InsightsView, RetentionStatus
from gum_tui.inert import inert

NAME_CELLS = 20
BAR_CELLS = 14

Rgb = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """The daemon's answers that the figures are drawn from."""

    insights: InsightsView
    calibration: CalibrationView
    retention: RetentionStatus
    status: DaemonStatus


def read(client: Client, days: int) -> Figures:
    """Ask the daemon.  Raises ClientError."""
    return Figures(client.insights(days), client.calibration(), client.retention(), client.status())


class Plot(PlotextPlot):
    """Draws itself anew for every size and theme; `draw` is given the plot and the theme's colours by name."""

    DEFAULT_CSS = """
    Plot { height: 18; margin-top: 1; }
    """

    def __init__(self, draw: Callable[[PlotextPlot, Mapping[str, Rgb]], None]) -> None:
        super().__init__()
        self._drawn = draw

    def render(self) -> RenderResult:
        self.plt.clear_data()
        names = ("for", "against", "quiet")
        variables = self.app.theme_variables
        self._drawn(self, {name: Color.parse(variables[name]).rgb for name in names})
        return super().render()


def named_bar(name: str, share: float, value: str) -> Content:
    """Return a name, a bar of a share from 0 to 1, and its value."""
    full = round(min(max(share, 0.0), 1.0) * BAR_CELLS)
    return Content.assemble(
        fitted(name, NAME_CELLS), " ", ("█" * full, "$for"), ("·" * (BAR_CELLS - full), "$track"), f" {value}"
    )


def fitted(name: str, cells: int) -> Content:
    """Return a name as wide as asked for, cut or filled, in cells and not in letters."""
    shown = Content(inert(name, longest=200))
    if shown.cell_length > cells:
        shown = shown.truncate(cells, ellipsis=True)
    return shown.pad_right(max(0, cells - shown.cell_length))


def heading(words: str) -> Content:
    """Return a heading of a figure."""
    return Content.styled(words, "bold $primary")


def lines(*parts: Content | Sequence[Content]) -> Content:
    """Return the parts below each other."""
    flat: list[Content] = []
    for part in parts:
        flat += [part] if isinstance(part, Content) else list(part)
    return Content("\n").join(flat)
