"""The front end that `gumctl tui` finds by its entry point."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from gum.client import Client

WINDOW_TITLE = "gum-desktop"
"""By this title the observers know our window, and never look at it."""

_SAVE_TITLE, _RESTORE_TITLE = "\x1b[22;2t", "\x1b[23;2t"


class TuiFrontend:
    """The terminal interface, over any terminal."""

    name = "tui"

    def run(self, url: str, token: str) -> int:
        """Run until the person leaves; return the exit code.  A daemon that is away is waited for."""
        from gum_tui.app import GumApp
        from gum_tui.widgets.picture import has_cells

        if has_cells():
            import_module(
                "textual_image.widget"
            )  # asks the terminal which pictures it can show; later nobody may ask it
        with Client(url, token) as client, titled_window():
            app = GumApp(client)
            app.run()
        return app.return_code or 0


@contextmanager
def titled_window() -> Iterator[None]:
    """Give the terminal's window our title, and its own back at the end."""
    terminal = sys.__stderr__
    if terminal is None or not terminal.isatty():
        yield
        return
    terminal.write(f"{_SAVE_TITLE}\x1b]0;{WINDOW_TITLE}\x07")
    terminal.flush()
    try:
        yield
    finally:
        terminal.write(_RESTORE_TITLE)
        terminal.flush()
