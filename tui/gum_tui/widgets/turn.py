"""One question with its answer, which grows while it comes."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from gum.client import Answer
from gum_tui.inert import inert


class Turn(Static):
    """Says who answers, and that it is being answered until it is."""

    DEFAULT_CSS = """
    Turn { height: auto; padding: 0 2 1 2; }
    """

    def __init__(self, question: str) -> None:
        super().__init__(markup=False)
        self._question = question
        self._text = ""
        self._about = "thinking …"

    def on_mount(self) -> None:
        self._show()

    @property
    def text(self) -> str:
        """The answer as far as it has come."""
        return self._text

    def grow(self, text: str) -> None:
        """Add some words."""
        self._text += text
        self._show()

    def end(self, answer: Answer) -> None:
        """Show the whole answer and where it comes from."""
        self._text = answer.text
        self._about = f"{answer.engine}. {answer.note}" if answer.note else answer.engine
        self._show()

    def stop(self, why: str) -> None:
        """Say why nothing more comes."""
        self._about = why
        self._show()

    def _show(self) -> None:
        parts = [Content.assemble(("you  ", "bold $quiet"), (inert(self._question), "bold"))]
        if self._text:
            parts.append(Content(inert(self._text, lines=True)))
        parts.append(Content.styled(inert(self._about), "$quiet"))
        self.update(Content("\n").join(parts))
