"""The top line: the program's name, the screens with the key of each, and the light that says if it records."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from gum.client import DaemonStatus
from gum_tui import phrases
from gum_tui.widgets.line import Line, Part

SECTIONS = (
    ("today", "Today"),
    ("propositions", "Propositions"),
    ("review", "Review"),
    ("suggestions", "Suggestions"),
    ("timeline", "Timeline"),
    ("insights", "Insights"),
    ("ask", "Ask"),
    ("privacy", "Privacy"),
    ("models", "Models"),
)
"""The screens in order: mode and title; the n-th has the key n."""

BRAND = "gum-desktop"
SHORT, SHORTEST = 4, 3
"""Letters of a title where there is no room for all of them, and where there is less."""

NARROW = 90
"""Width in cells from which a shortened title has the longer of the two."""

LIGHT_CELLS = 22
"""What the light needs to say 'paused until 16:35'."""

LIGHTS = {
    "recording": ("●", "recording", "$for"),
    "paused": ("‖", "paused", "$against"),
    "not capturing": ("✕", "not capturing", "$against"),
    "degraded": ("◐", "partly recording", "$against"),
    "demonstration": ("▷", "demonstration", "$for"),
    "stopped": ("■", "stopped", "$against"),
}


class Navigation(Line):
    """One line on top of every screen."""

    DEFAULT_CSS = """
    Navigation { background: $panel; color: $foreground; }
    """

    def __init__(self, mode: str) -> None:
        super().__init__()
        self._mode = mode
        self._light = _CONNECTING

    def show(self, status: DaemonStatus | None, trouble: str) -> None:
        """Show whether it records; with trouble, that it is not known."""
        self._light = _UNKNOWN if trouble else light(status) if status else _CONNECTING
        self.draw()

    def parts(self) -> Sequence[Part]:
        """Give the titles what room there is; the brand goes first, then letters of the titles."""
        titles = sum(len(title) + 4 for _, title in SECTIONS) + LIGHT_CELLS
        width, light = self.size.width, self._light
        short = titles > width
        letters = (SHORT if width >= NARROW else SHORTEST) if short else 0
        tabs = [self._tab(key, mode, title, letters) for key, (mode, title) in enumerate(SECTIONS, 1)]
        if titles + len(BRAND) + 3 <= width:
            tabs.insert(0, Part(Content.styled(f" {BRAND}  ", "bold $primary"), ""))
        room = width - sum(tab.content.cell_length for tab in tabs) - 2
        if room <= 0:
            return tabs
        padded = light.truncate(room, ellipsis=True)
        return [*tabs, Part(padded.pad_left(1 + room - padded.cell_length).pad_right(1), "")]

    def _tab(self, key: int, mode: str, title: str, letters: int) -> Part:
        """Return the whole title, or so many letters of it where it is not the present screen's."""
        active = mode == self._mode
        whole = not letters or active or len(title) <= SHORT + 1
        content = Content.assemble(" ", (f"{key} ", "$quiet"), title if whole else title[:letters])
        if not letters or active:
            content = content.pad_right(1)
        return Part(content.stylize("bold on $surface") if active else content, mode, f"Go to {title}.")

    def clicked(self, name: str) -> None:
        self.call_later(self.run_action, f"app.go('{name}')")


def light(status: DaemonStatus) -> Content:
    """Return sign and words for the daemon's verdict."""
    mark, words, colour = LIGHTS[status.verdict]
    if status.paused_until:
        words = f"paused until {phrases.clock(status.paused_until)}"
    return Content.assemble((f"{mark} ", f"bold {colour}"), words)


_UNKNOWN = Content.assemble(("? ", "bold $against"), ("no answer", "$quiet"))
_CONNECTING = Content.styled("… connecting", "$quiet")
