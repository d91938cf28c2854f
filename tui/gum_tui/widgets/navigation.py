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
SHORT = {
    "review": "Rev",
    "models": "Mod",
    "privacy": "Priv",
    "timeline": "Time",
    "insights": "Ins",
    "suggestions": "Sug",
    "propositions": "Prop",
}
"""What stands for a title where there is no room for it; the first is the first to be whole again."""

KEY_CELLS = 3
"""What a tab needs beside its title: a space, the key, a space."""

LIGHT_CELLS = 22
"""What the light needs to say 'paused until 16:35'; whole titles never take its room."""

BRIEF_CELLS = 8
"""What the light needs for its sign and a short word; without that room the keys have to do."""

LIGHTS = {
    "recording": ("●", "recording", "$for"),
    "paused": ("‖", "paused", "$against"),
    "not capturing": ("✕", "not capturing", "$against"),
    "degraded": ("◐", "partly recording", "$against"),
    "demonstration": ("▷", "demonstration", "$for"),
    "stopped": ("■", "stopped", "$against"),
}

BRIEF = {"demonstration": "demo", "partly recording": "partly", "not capturing": "off"}
"""What stands for the words of the light where there is no room for them."""


class Navigation(Line):
    """One line on top of every screen."""

    DEFAULT_CSS = """
    Navigation { background: $panel; color: $foreground; }
    """

    def __init__(self, mode: str) -> None:
        super().__init__()
        self._mode = mode
        self._light: tuple[Content, ...] = (_CONNECTING,)

    def show(self, status: DaemonStatus | None, trouble: str) -> None:
        """Show whether it records; with trouble, that it is not known."""
        self._light = (_UNKNOWN,) if trouble else lights(status) if status else (_CONNECTING,)
        self.draw()

    def parts(self) -> Sequence[Part]:
        """Give the titles what room there is; where there is more, air between them, then the brand."""
        width = self.size.width
        titles = fitting(self._mode, width)
        spare = width - LIGHT_CELLS - _cells(titles) - len(SECTIONS)
        whole = titles == dict(SECTIONS)
        tabs = [
            self._tab(key, mode, title, titles[mode], airy=whole and spare >= 0)
            for key, (mode, title) in enumerate(SECTIONS, 1)
        ]
        if whole and spare >= len(BRAND) + 3:
            tabs.insert(0, Part(Content.styled(f" {BRAND}  ", "bold $primary"), ""))
        room = width - sum(tab.content.cell_length for tab in tabs) - 1
        if room <= 0:
            return tabs
        shown = next((each for each in self._light if each.cell_length < room), self._light[-1])
        shown = shown.truncate(room - 1, ellipsis=True)
        return [*tabs, Part(shown.pad_left(room - shown.cell_length).pad_right(1), "")]

    def _tab(self, key: int, mode: str, title: str, shown: str, *, airy: bool) -> Part:
        active = mode == self._mode
        content = Content.assemble(" ", (f"{key} ", "$quiet"), shown)
        if airy or active:
            content = content.pad_right(1)
        return Part(content.stylize("bold on $surface") if active else content, mode, f"Go to {title}.")

    def clicked(self, name: str) -> None:
        self.call_later(self.run_action, f"app.go('{name}')")


def fitting(mode: str, width: int) -> dict[str, str]:
    """Return what is shown of each title, the present screen's being whole; where nothing fits the key has to do."""
    titles = {each: SHORT.get(each, title) if each != mode else title for each, title in SECTIONS}
    if _cells(titles) + BRIEF_CELLS > width:
        return {each: title if each == mode else "" for each, title in titles.items()}
    for each in SHORT:
        longer = titles | {each: dict(SECTIONS)[each]}
        if _cells(longer) + LIGHT_CELLS <= width:
            titles = longer
    return titles


def _cells(titles: dict[str, str]) -> int:
    """Return the width of the tabs with these titles; the present screen's has one cell more."""
    return sum(KEY_CELLS + len(title) for title in titles.values()) + 1


def lights(status: DaemonStatus) -> tuple[Content, ...]:
    """Return sign and words for the daemon's verdict, and shorter words where there are any."""
    mark, words, colour = LIGHTS[status.verdict]
    said = [words, BRIEF.get(words, words)]
    if status.paused_until:
        clock = phrases.clock(status.paused_until)
        said = [f"paused until {clock}", f"until {clock}"]
    return tuple(Content.assemble((f"{mark} ", f"bold {colour}"), each) for each in said)


_UNKNOWN = Content.assemble(("? ", "bold $against"), ("no answer", "$quiet"))
_CONNECTING = Content.styled("… connecting", "$quiet")
