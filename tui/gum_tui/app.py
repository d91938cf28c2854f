"""The application: the screens, the themes, and the watch over the daemon's status."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import ClassVar

from textual import on
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.screen import Screen

from gum.client import Client, DaemonStatus
from gum.errors import RefusedError
from gum_tui import plain, theme, welcome
from gum_tui.dialogs.answer import PlainDialog
from gum_tui.dialogs.help import HelpDialog
from gum_tui.dialogs.palette import Palette
from gum_tui.dialogs.welcome import WelcomeDialog
from gum_tui.inert import inert
from gum_tui.keys import EVERYWHERE, bindings
from gum_tui.remote import CallFailed, Remote, Settled
from gum_tui.screens.section import OpenIn, Section
from gum_tui.widgets.navigation import SECTIONS

STATUS_EVERY_S = 2.0
STATUS_LANE = "status"

LOAD_AFTER_S = 0.5
"""The modules of the other screens are loaded this long after the first is shown, before a key asks for one."""

TIDY_RARELY = 100
"""All memory is looked through for what is no longer needed after this many looks at the newer part; usual are ten."""

MASKED_S = 0.01
"""What is drawn is held back this long while screens change, so that nobody sees one half drawn."""


@dataclass
class StatusRead(Message):
    """The daemon told its status."""

    status: DaemonStatus


@dataclass
class FirstRun(Message):
    """Whether the first run is to be shown."""

    wanted: bool


class GumApp(App[None]):
    """The terminal interface over one daemon."""

    TITLE = "gum-desktop"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(EVERYWHERE)
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, client: Client, *, status_every_s: float = STATUS_EVERY_S) -> None:
        super().__init__()
        self.remote = Remote(client)
        self._status_every_s = status_every_s
        self._warned_until = 0.0
        for each in theme.THEMES:
            self.register_theme(each)
        self.theme = theme.DARK.name
        for mode, _ in SECTIONS:
            self.add_mode(mode, partial(_screen, mode, self.remote))

    def on_mount(self) -> None:
        self.switch_mode(SECTIONS[0][0])
        self.read_status()
        self.remote.read(self, "welcome", welcome.wanted, FirstRun)
        self.set_interval(self._status_every_s, self.read_status)
        loading = threading.Thread(target=_load_screens, name="gum-screens", daemon=True)
        self.set_timer(LOAD_AFTER_S, loading.start)

    def on_unmount(self) -> None:
        self.remote.close()

    def read_status(self) -> None:
        """Ask how the daemon is."""
        self.remote.read(self, STATUS_LANE, lambda client: client.status(), StatusRead)

    @on(Settled)
    def read_status_anew(self) -> None:
        """Ask for what a change has changed elsewhere, without waiting for the next time."""
        self.read_status()

    def on_status_read(self, message: StatusRead) -> None:
        back = bool(self.remote.trouble)
        self.remote.status, self.remote.trouble = message.status, ""
        self._tell_section(reload=back)

    def on_call_failed(self, message: CallFailed) -> None:
        if message.lane == STATUS_LANE or not isinstance(message.error, RefusedError):
            self.remote.trouble = str(message.error)
            self._tell_section()
        else:
            self.notify(inert(str(message.error)), title="Refused", severity="warning", markup=False)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Show a short message in the place of the one before; a warning has its time first."""
        now = time.monotonic()
        if now >= self._warned_until:
            self.clear_notifications()
        if severity != "information":
            self._warned_until = now + (self.NOTIFICATION_TIMEOUT if timeout is None else timeout)
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    async def action_quit(self) -> None:
        """Leave.  Nothing more is asked from here on, so that no answer meets a screen that is half closed."""
        self.remote.close()
        self.call_after_refresh(self.exit)

    async def action_go(self, mode: str) -> None:
        """Go to a screen."""
        if self.current_mode != mode:
            if section := self.section:
                section.settle()
            await self.switch_mode(mode)

    def delay_update(self, delay: float = MASKED_S) -> None:
        """Hold back what is drawn.  The library waits 50 ms, for screens that it makes anew; ours are there."""
        super().delay_update(min(delay, MASKED_S))

    async def on_open_in(self, message: OpenIn) -> None:
        await self.action_go(message.mode)
        if section := self.section:
            section.open(message)

    def action_help(self) -> None:
        """Show what this screen is for and its keys."""
        section = self.section
        if section and not isinstance(self.screen, HelpDialog):
            self.push_screen(HelpDialog(section.MODE, section.HELP_TEXT, section.KEYS))

    def action_command_palette(self) -> None:
        """Show every command."""
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def action_read_out(self) -> None:
        """Show this screen as plain lines."""
        if isinstance(self.screen, Section):
            text = plain.lines_of(self.screen)
            self.push_screen(PlainDialog("This screen in plain lines", text, "escape goes back to it."))

    def on_first_run(self, message: FirstRun) -> None:
        if message.wanted:
            self.action_welcome()

    def action_welcome(self) -> None:
        """Show the five steps of the first run."""
        if not isinstance(self.screen, WelcomeDialog):
            self.push_screen(WelcomeDialog(self.remote), lambda _: welcome.seen(self.remote.status))

    def action_retry(self) -> None:
        """Ask the daemon for everything again."""
        self.read_status()
        if section := self.section:
            section.settle()
            section.reload()

    def action_theme(self) -> None:
        """Change between dark and light."""
        self.theme = theme.LIGHT.name if self.current_theme.dark else theme.DARK.name

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        if isinstance(screen, Section):
            for key in screen.KEYS:
                yield SystemCommand(key.word, key.meaning, partial(self._act, key.action, screen))
        for key in EVERYWHERE:
            if key.action != "command_palette":
                yield SystemCommand(key.word, key.meaning, partial(self._act, key.action, self))

    def _act(self, action: str, on: DOMNode) -> None:
        self.call_later(self.run_action, action, on)

    @property
    def section(self) -> Section | None:
        """The main screen below any dialog, as long as its widgets are there to be told something."""
        screens = (screen for screen in reversed(self.screen_stack) if isinstance(screen, Section))
        return next((screen for screen in screens if screen.stands), None)

    def _tell_section(self, *, reload: bool = False) -> None:
        if section := self.section:
            section.status_changed()
            if reload:
                section.reload()


def _screen(mode: str, remote: Remote) -> Section:
    """Return a new screen of this mode; its module is loaded now, so that the first one is there the sooner."""
    made: Section = getattr(_module(mode), f"{mode.title()}Section")(remote)
    return made


def _load_screens() -> None:
    """Load the modules.  What is there for good is then passed over where memory is tidied, which a key waits for."""
    for mode, _ in SECTIONS:
        _module(mode)
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, TIDY_RARELY)


def _module(mode: str) -> ModuleType:
    return import_module(f"gum_tui.screens.{mode}")
