"""A probability as a bar of eighths of a cell."""

from __future__ import annotations

from textual.content import Content

from gum.client import in_words
from gum_tui import phrases

EIGHTHS = " ▏▎▍▌▋▊▉█"


def cells(probability: float, width: int) -> str:
    """Return the filled part of a bar, padded to its width."""
    eighths = round(min(max(probability, 0.0), 1.0) * width * 8)
    full, rest = divmod(eighths, 8)
    return ("█" * full + (EIGHTHS[rest] if rest else "")).ljust(width)


def bar(probability: float, width: int) -> Content:
    """Return the bar in the theme's colours."""
    return Content.styled(cells(probability, width), "$for on $track")


def bar_in_words(probability: float, width: int = 6) -> Content:
    """Return the bar with its words, as in a list."""
    return Content.assemble(bar(probability, width), (f" {in_words(probability)}", "$quiet"))


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
