"""One line across the screen while something is wrong with the daemon."""

from __future__ import annotations

from textual.content import Content

from gum_tui.inert import inert
from gum_tui.widgets.steady import Steady


class Banner(Steady):
    """Hidden while all is well; what it says comes with what to do."""

    DEFAULT_CSS = """
    Banner {
        display: none;
        height: auto;
        padding: 0 2;
        background: $warning 18%;
        color: $foreground;
    }
    """

    def show(self, trouble: str) -> None:
        """Show the sentence, or hide the line when it is empty."""
        self.display = bool(trouble)
        self.tell(
            Content.assemble(
                ("! ", "bold $warning"), inert(trouble), ("  Trying again; ctrl-r tries at once.", "$quiet")
            )
        )
