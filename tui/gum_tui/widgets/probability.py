"""A probability as a bar: a line of half cells in lists, blocks of eighths where it is drawn large."""

from __future__ import annotations

from textual.content import Content

from gum.client import in_words
from gum_tui import phrases

EIGHTHS = " ▏▎▍▌▋▊▉█"


def line(probability: float, width: int) -> Content:
    """Return a thin bar, as quiet as a list needs it."""
    halves = round(min(max(probability, 0.0), 1.0) * width * 2)
    full, half = divmod(halves, 2)
    return Content.assemble(("━" * full + "╸" * half, "$for"), ("━" * (width - full - half), "$track"))


def bar(probability: float, width: int) -> Content:
    """Return a bar of full height in the theme's colours."""
    eighths = round(min(max(probability, 0.0), 1.0) * width * 8)
    full, rest = divmod(eighths, 8)
    cells = "█" * full + (EIGHTHS[rest] if rest else "")
    return Content.styled(cells.ljust(width), "$for on $track")


def bar_in_words(probability: float, width: int = 6) -> Content:
    """Return the bar with its words, as in a list."""
    return Content.assemble(line(probability, width), (f" {in_words(probability)}", "$quiet"))


def scale(probability: float, width: int) -> Content:
    """Return the bar drawn large: number and words above, a scale of quarters below."""
    marks = [" "] * width
    for mark in ("0", "25", "50", "75", "100"):
        at = min(int(int(mark) / 100 * width), width - len(mark))
        marks[at : at + len(mark)] = mark
    return Content("\n").join(
        [
            Content.assemble((phrases.percent(probability), "bold"), f"  {in_words(probability)}"),
            bar(probability, width),
            Content.styled("".join(marks), "$quiet"),
        ]
    )
