"""The themes hold up where a terminal has fewer colours than they name, and are read with ease."""

from __future__ import annotations

import pytest
from gum_tui.theme import ACTIVITIES, OTHER, THEMES
from rich.color import Color, ColorSystem
from textual.color import Color as Shade
from textual.theme import Theme

SURFACES = ("background", "surface", "panel")
STATES = (
    "quiet",
    "block-cursor-blurred-background",
    "block-hover-background",
    "footer-background",
    "scrollbar",
    "border",
)
GREYS = {16, 59, 102, 145, 188, 231, *range(232, 256)}
"""Those of the 256 colours that have no hue."""

READABLE = 4.5


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_surfaces_stay_grey_and_apart_in_256_colours(theme: Theme) -> None:
    named = {name: str(getattr(theme, name)) for name in SURFACES} | {name: theme.variables[name] for name in STATES}
    drawn = {name: Color.parse(colour).downgrade(ColorSystem.EIGHT_BIT).number for name, colour in named.items()}
    assert {name: number for name, number in drawn.items() if number not in GREYS} == {}
    assert drawn["panel"] != drawn["surface"]


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_row_under_the_cursor_is_seen_in_16_colours(theme: Theme) -> None:
    states = ("block-cursor-background", "block-cursor-blurred-background")
    surface, key, *rows = (
        Color.parse(colour).downgrade(ColorSystem.STANDARD)
        for colour in (str(theme.surface), theme.primary, *(theme.variables[state] for state in states))
    )
    assert surface.number not in [row.number for row in rows]
    assert _contrast(key.get_truecolor().hex, surface.get_truecolor().hex) >= READABLE


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_text_stands_out_from_every_surface(theme: Theme) -> None:
    for name in SURFACES:
        surface = str(getattr(theme, name))
        assert _contrast(str(theme.foreground), surface) >= READABLE
        assert _contrast(theme.variables["quiet"], surface) >= READABLE, (theme.name, name)
    for text in ("block-cursor-foreground", "quiet"):
        assert _contrast(theme.variables[text], theme.variables["block-cursor-background"]) >= READABLE, text


@pytest.mark.parametrize(("background", "letter"), [*ACTIVITIES, OTHER])
def test_the_letter_of_an_activity_stands_out(background: str, letter: str) -> None:
    assert _contrast(letter, background) >= READABLE


def _contrast(one: str, other: str) -> float:
    """Return the contrast of WCAG."""
    first, second = (_luminance(Shade.parse(each)) for each in (one, other))
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def _luminance(shade: Shade) -> float:
    parts = (each / 255 for each in (shade.r, shade.g, shade.b))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
