"""The top line: the program's name, the screens with the key of each, and the light that says if it records."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from gum.client import DaemonStatus
from gum_tui import phrases

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


class SectionTab(Static):
    """The name of one screen; a click goes there."""

    def __init__(self, key: int, mode: str, title: str, active: bool) -> None:
        super().__init__(classes="-active" if active else "")
        self._key = key
        self._mode = mode
        self._title = title
        self.show(0)

    def show(self, letters: int) -> None:
        """Show the whole title, or so many letters of it where it is not the present screen's."""
        whole = not letters or self.has_class("-active") or len(self._title) <= SHORT + 1
        title = self._title if whole else self._title[:letters]
        self.update(Content.assemble((f"{self._key} ", "$quiet"), title))

    async def on_click(self, event: events.Click) -> None:
        event.stop()
        await self.run_action(f"app.go('{self._mode}')")


class Navigation(Horizontal):
    """One line on top of every screen."""

    DEFAULT_CSS = """
    Navigation {
        height: 1;
        background: $panel;
        #brand { width: auto; padding: 0 2 0 1; color: $primary; text-style: bold; }
        SectionTab { width: auto; padding: 0 1; color: $foreground; }
        SectionTab:hover { background: $block-hover-background; }
        SectionTab.-active { background: $surface; text-style: bold; }
        &.-short SectionTab { padding: 0 0 0 1; }
        &.-no-brand #brand { display: none; }
        #light { width: 1fr; text-align: right; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def __init__(self, mode: str) -> None:
        super().__init__()
        self._mode = mode

    def compose(self) -> ComposeResult:
        yield Static(BRAND, id="brand", markup=False)
        for key, (mode, title) in enumerate(SECTIONS, 1):
            yield SectionTab(key, mode, title, mode == self._mode)
        yield Static("", id="light", markup=False)

    def on_resize(self, event: events.Resize) -> None:
        """Give the titles what room there is; the brand goes first."""
        titles = sum(len(title) + 4 for _, title in SECTIONS) + LIGHT_CELLS
        short = titles > event.size.width
        self.set_class(short, "-short")
        self.set_class(titles + len(BRAND) + 3 > event.size.width, "-no-brand")
        for tab in self.query(SectionTab):
            tab.show((SHORT if event.size.width >= 90 else SHORTEST) if short else 0)

    def show(self, status: DaemonStatus | None, trouble: str) -> None:
        """Show whether it records; without a status or with trouble, that it is not known."""
        self.query_one("#light", Static).update(light(status) if status and not trouble else _unknown())


def light(status: DaemonStatus) -> Content:
    """Return sign and words for the daemon's verdict."""
    mark, words, colour = LIGHTS[status.verdict]
    if status.paused_until:
        words = f"paused until {phrases.clock(status.paused_until)}"
    return Content.assemble((f"{mark} ", f"bold {colour}"), words)


def _unknown() -> Content:
    return Content.assemble(("? ", "bold $against"), ("no answer", "$quiet"))
