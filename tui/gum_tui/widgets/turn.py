"""One question with its answer, which grows while it comes."""

from __future__ import annotations

import time

from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from gum.client import Answer
from gum_tui import phrases
from gum_tui.inert import inert


class Turn(Static):
    """Says who answers, and for how long it has been at it until it is done."""

    DEFAULT_CSS = """
    Turn { height: auto; padding: 0 2 1 2; }
    """

    def __init__(self, question: str) -> None:
        super().__init__(markup=False)
        self._question = question
        self._text = ""
        self._about = ""
        self._since = time.monotonic()
        self._ticking: Timer | None = None

    def on_mount(self) -> None:
        if not self._about:
            self._ticking = self.set_interval(1.0, self._show)
        self._show()

    @property
    def text(self) -> str:
        """The answer as far as it has come."""
        return self._text

    def grow(self, text: str) -> None:
        """Add some words."""
        if text:
            self._text += text
            self._show()

    def end(self, answer: Answer) -> None:
        """Show the whole answer and where it comes from."""
        self._text = answer.text
        self.stop(f"{answer.engine}. {answer.note}" if answer.note else answer.engine)

    def stop(self, why: str) -> None:
        """Say why nothing more comes."""
        self._about = why
        if self._ticking:
            self._ticking.stop()
        self._show()

    def _show(self) -> None:
        parts = [Content.assemble(("you  ", "bold $quiet"), (inert(self._question), "bold"))]
        if self._text:
            parts.append(Content(inert(self._text, lines=True)))
        parts.append(Content.styled(inert(self._about or self._going_on()), "$quiet"))
        self.update(Content("\n").join(parts))

    def _going_on(self) -> str:
        spent = phrases.duration(time.monotonic() - self._since)
        return f"{'answering' if self._text else 'thinking'} … {spent}; escape stops it"
