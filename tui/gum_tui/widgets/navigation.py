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
)
"""The screens in order: mode and title; the n-th has the key n."""

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
        super().__init__(Content.assemble((f"{key} ", "$quiet"), title), classes="-active" if active else "")
        self._mode = mode

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
        #light { width: 1fr; text-align: right; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def __init__(self, mode: str) -> None:
        super().__init__()
        self._mode = mode

    def compose(self) -> ComposeResult:
        yield Static("gum-desktop", id="brand", markup=False)
        for key, (mode, title) in enumerate(SECTIONS, 1):
            yield SectionTab(key, mode, title, mode == self._mode)
        yield Static("", id="light", markup=False)

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
