"""The dark and the light theme, and the colours of activities.

Colours come from the Okabe-Ito set, which stays apart for every kind of colour vision; nothing is told
by colour alone (activities carry letters, stances carry signs), so `NO_COLOR` loses nothing.  Surfaces are
nearly grey: where there are but 256 colours a bluish one would become navy or cyan.  The row under the cursor is
told apart in 16 colours as well.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="gum-dark",
    primary="#56B4E9",
    secondary="#8FA3B8",
    accent="#E69F00",
    warning="#E69F00",
    error="#E8835A",
    success="#56B4E9",
    foreground="#D7DDE5",
    background="#15181C",
    surface="#1A1D23",
    panel="#23282F",
    dark=True,
    variables={
        "for": "#56B4E9",
        "against": "#E69F00",
        "track": "#323C49",
        "quiet": "#9BA6B2",
        "border": "#33404F",
        "border-blurred": "#242C37",
        "block-cursor-background": "#1F3D54",
        "block-cursor-foreground": "#FFFFFF",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#252B32",
        "block-hover-background": "#22272D",
        "footer-background": "#1A1D23",
        "footer-key-foreground": "#56B4E9",
        "footer-description-foreground": "#A5B1BE",
        "input-selection-background": "#56B4E9 35%",
        "scrollbar": "#30363F",
        "scrollbar-hover": "#3A4757",
        "scrollbar-active": "#56B4E9",
        "scrollbar-background": "#1A1D23",
        "scrollbar-background-hover": "#1A1D23",
        "scrollbar-background-active": "#1A1D23",
        "scrollbar-corner-color": "#1A1D23",
    },
)

LIGHT = Theme(
    name="gum-light",
    primary="#0055A0",
    secondary="#4C5F73",
    accent="#9A5B00",
    warning="#9A5B00",
    error="#A83F00",
    success="#0055A0",
    foreground="#1C242D",
    background="#F3F5F7",
    surface="#FBFCFD",
    panel="#E9EBEE",
    dark=False,
    variables={
        "for": "#0072B2",
        "against": "#B35900",
        "track": "#CBD3DB",
        "quiet": "#4D5965",
        "border": "#BEC4CA",
        "border-blurred": "#D9DFE5",
        "block-cursor-background": "#BCD7EA",
        "block-cursor-foreground": "#0B1620",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#CCD2D7",
        "block-hover-background": "#EEF0F2",
        "footer-background": "#E9EBEE",
        "footer-key-foreground": "#0055A0",
        "footer-description-foreground": "#3D4A57",
        "input-selection-background": "#0055A0 30%",
        "scrollbar": "#C3CCD5",
        "scrollbar-hover": "#AAB6C2",
        "scrollbar-active": "#0055A0",
        "scrollbar-background": "#FBFCFD",
        "scrollbar-background-hover": "#FBFCFD",
        "scrollbar-background-active": "#FBFCFD",
        "scrollbar-corner-color": "#FBFCFD",
    },
)

THEMES = (DARK, LIGHT)

ACTIVITIES = (
    ("#56B4E9", "#0A1A24"),
    ("#E69F00", "#241900"),
    ("#009E73", "#00150F"),
    ("#CC79A7", "#210D18"),
    ("#F0E442", "#242204"),
    ("#3D82C4", "#04111E"),
    ("#D55E00", "#1F0E00"),
    ("#A6A6C8", "#15151F"),
)
"""Background and letter colour of the activities of a day, the longest first."""

OTHER = ("#7C8896", "#10151A")
"""Background and letter colour of every further activity together."""
