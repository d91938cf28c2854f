"""Ask: questions about oneself, answered from what is believed; what an answer rests on opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from gum.client import Answer, Client, PropositionView
from gum.errors import ClientError
from gum_tui.inert import inert
from gum_tui.keys import ASK, bindings
from gum_tui.remote import Remote
from gum_tui.screens.section import OpenIn, Section
from gum_tui.streaming import Stream
from gum_tui.widgets import belief
from gum_tui.widgets.items import Items
from gum_tui.widgets.reading import Reading
from gum_tui.widgets.turn import Turn

LONGEST = 2000
"""The daemon takes no longer question."""

HINT = (
    "Ask what gum-desktop believes about you: “What am I working on?”, “Whom do I owe an answer?” "
    "Answers rest on your beliefs alone, and are made on this machine unless you have set up another."
)


@dataclass
class Grown(Message):
    """Some words of the answer came."""

    text: str


@dataclass
class Answered(Message):
    """The whole answer came."""

    answer: Answer


@dataclass
class Unanswered(Message):
    """There will be no answer."""

    error: ClientError


class AskSection(Section):
    """The talk above, what the last answer rests on below it, and the field for the next question."""

    MODE = "ask"
    KEYS = ASK
    BINDINGS: ClassVar[list[BindingType]] = bindings(ASK)
    CSS_PATH = "ask.tcss"
    AUTO_FOCUS = "#question"
    HELP_TEXT = (
        "Ask in your own words. The answer comes as it is made, and below it stand the beliefs that it rests on; "
        "enter opens one with its evidence, where you can set it right. Nothing of the talk is kept."
    )

    def __init__(self, remote: Remote) -> None:
        super().__init__(remote)
        self._stream: Stream | None = None
        self._turn: Turn | None = None

    def body(self) -> Iterable[Widget]:
        with Reading(id="talk"), Vertical(id="turns"):
            yield Static(Content.styled(HINT, "$quiet"), id="hint")
        yield Static("Rests on", id="cited-title", classes="panel-title", markup=False)
        yield Items(id="cited")
        yield Input(placeholder="Ask about yourself; escape leaves this field", id="question")

    def on_mount(self) -> None:
        self._show_cited(None)

    def on_unmount(self) -> None:
        self._end()

    def reload(self) -> None:
        """Nothing: what was answered stays as it was."""

    # ------------------------------------------------------------------ asking

    def on_input_submitted(self, message: Input.Submitted) -> None:
        question = message.value.strip()
        if not question:
            return
        if len(question) > LONGEST:
            self.tell(f"At most {LONGEST:,} characters; this is {len(question):,}.", wrong=True)
            return
        self._end("Stopped: you asked something else.")
        message.input.value = ""
        self._turn = Turn(question)
        self._show_cited(None)
        self.query_one("#turns").mount(self._turn)
        self.query_one("#talk", Reading).anchor()

        def pieces(client: Client) -> Iterator[Message]:
            for piece in client.ask_stream(question):
                yield Answered(piece.answer) if piece.answer else Grown(piece.text)

        self._stream = Stream(self.remote.client, self, pieces, Unanswered)

    def on_grown(self, message: Grown) -> None:
        if self._turn and self._stream:
            self._turn.grow(message.text)

    def on_answered(self, message: Answered) -> None:
        if self._turn and self._stream:
            self._turn.end(message.answer)
            self._show_cited(message.answer)
            self._stream = None

    def on_unanswered(self, message: Unanswered) -> None:
        if self._turn and self._stream:
            self._turn.stop(str(message.error))
            self._stream = None

    def _end(self, why: str = "Stopped.") -> None:
        if self._stream:
            self._stream.stop()
            self._stream = None
            if self._turn:
                self._turn.stop(why)

    # ------------------------------------------------------------------ what it rests on

    def _show_cited(self, answer: Answer | None) -> None:
        given = answer.propositions if answer else []
        named = set(answer.cited) if answer else set()
        cited = [each for each in given if each.id in named] or given
        title = self.query_one("#cited-title", Static)
        items = self.query_one("#cited", Items)
        title.display = items.display = bool(cited)
        title.update("Rests on" if named else "Found for it")
        items.show([(str(each.id), self._row(each, each.id in named)) for each in cited])

    def _row(self, shown: PropositionView, named: bool) -> Content:
        """Return the row of a belief, with the number by which the answer names it."""
        number = f"[{shown.id}]  " if named else ""
        return Content.assemble((number, "bold $primary"), belief.row(shown, self.remote.now))

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        if message.option_id is not None:
            self.post_message(OpenIn("propositions", int(message.option_id)))

    # ------------------------------------------------------------------ moving

    def action_ask(self) -> None:
        """Go to the field."""
        self.query_one("#question", Input).focus()

    def action_back(self) -> None:
        """Stop an answer that is coming; else leave the field."""
        if self._stream:
            self._end()
        elif self.query_one("#cited", Items).display:
            self.query_one("#cited", Items).focus()
        else:
            self.query_one("#talk", Reading).focus()

    def action_copy_answer(self) -> None:
        """Copy the last answer."""
        if self._turn:
            self.app.copy_to_clipboard(inert(self._turn.text, lines=True))
            self.tell("The answer is on the clipboard.")
