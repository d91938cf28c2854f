"""What the screens of topics share: the topics on the left, the rows of the one under the cursor on the right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, Static

from gum.client import Client
from gum_tui.dialogs.answer import AnswerDialog
from gum_tui.dialogs.question import QuestionDialog
from gum_tui.inert import inert
from gum_tui.remote import Remote
from gum_tui.screens.section import OpenIn, Section
from gum_tui.topics.topic import Act, Details, Row, Shown, Topic
from gum_tui.widgets.items import Items

TOPIC_ACTIONS = frozenset({"allow", "refuse", "add", "remove", "get", "stop", "use"})
"""Actions that only some topics take; the footer shows those of the present one."""


@dataclass
class TopicRead(Message):
    """The daemon told what a topic shows."""

    name: str
    shown: Shown


@dataclass
class DetailsRead(Message):
    """The daemon told what opens for a row."""

    details: Details | None


@dataclass
class Done(Message):
    """The daemon made a change; `back` takes it back."""

    words: str
    back: Callable[[Client], object] | None


class TopicsSection(Section):
    """Moves between topics and rows, and has done what a topic says an action does."""

    TOPICS: ClassVar[tuple[Topic, ...]]
    CSS_PATH = "topics.tcss"

    def __init__(self, remote: Remote) -> None:
        super().__init__(remote)
        self.topic = self.TOPICS[0]
        self._shown: Shown | None = None
        self._waiting = 0
        self._backs: list[Callable[[Client], object]] = []

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="split"):
            yield Items(id="topics")
            with Vertical(id="content"):
                yield Static(id="intro", markup=False)
                yield Items(id="rows", ruled=True)

    def on_mount(self) -> None:
        self.topics.show([(each.NAME, Content(each.TITLE)) for each in self.TOPICS])
        self.topics.focus()

    @property
    def topics(self) -> Items:
        return self.query_one("#topics", Items)

    @property
    def rows(self) -> Items:
        return self.query_one("#rows", Items)

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        chosen = self.rows.chosen
        return next((each for each in self._shown.rows if each.id == chosen), None) if self._shown else None

    # ------------------------------------------------------------------ reading

    def reload(self) -> None:
        if self.topic.LIVE or self._shown is None:
            self._ask()

    def _ask(self) -> None:
        topic, now = self.topic, self.remote.now
        self.read("rows", lambda client: topic.read(client, now), lambda shown: TopicRead(topic.NAME, shown))

    def on_topic_read(self, message: TopicRead) -> None:
        if message.name == self.topic.NAME and not self._waiting:
            self._shown = message.shown
            self._show()

    def _show(self) -> None:
        shown = self._shown
        intro = self.query_one("#intro", Static)
        if shown is None:
            intro.update(Content.styled(self.topic.ASKING, "$quiet"))
            self.rows.empty = ""
            self.rows.show(())
            return
        intro.update(shown.intro)
        self.rows.empty = self.topic.EMPTY
        self.rows.show([(each.id, each.content) for each in shown.rows])

    # ------------------------------------------------------------------ moving

    def on_option_list_option_highlighted(self, message: OptionList.OptionHighlighted) -> None:
        if message.option_list.id == "topics" and message.option_id != self.topic.NAME:
            self.topic = next(each for each in self.TOPICS if message.option_id == each.NAME)
            self._shown = None
            self._show()
            self._ask()
            self.refresh_bindings()

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        if message.option_list.id == "topics":
            self.rows.focus()
        elif row := self.row:
            topic = self.topic
            self.read("details", lambda client: topic.details(client, row), DetailsRead)

    def on_details_read(self, message: DetailsRead) -> None:
        if (details := message.details) and self.app.screen is self:
            self.app.push_screen(AnswerDialog(inert(details.heading), details.text, details.source))

    def open(self, wanted: OpenIn) -> None:
        """Show the topic of this name."""
        if any(wanted.about == each.NAME for each in self.TOPICS):
            self.topics.choose(wanted.about)
            self.rows.focus()

    def action_back(self) -> None:
        """Go back to the topics."""
        self.topics.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        return action not in TOPIC_ACTIONS or action == "add" or action in self.topic.ACTIONS

    # ------------------------------------------------------------------ changing

    def act(self, action: str) -> None:
        """Do to the row under the cursor what the topic says; ask before what cannot be undone."""
        row = self.row
        act = self.topic.act(action, row) if row else None
        if row is None or act is None:
            self.tell("The key does nothing to this row." if row else "No row is under the cursor.")
            return
        if not self.rows.has_focus:
            self.rows.focus()
            self.tell("Which one? The key is for the row under the cursor.")
            return
        if not act.question:
            self.carry_out(act, row.id)
            return

        def answered(sure: bool | None) -> None:
            if sure:
                self.carry_out(act, row.id)

        self.app.push_screen(QuestionDialog(act.question), answered)

    def carry_out(self, act: Act, id: str = "") -> None:
        """Show the change at once and send it; what the daemon refuses is taken back."""
        topic, before = self.topic, self._shown
        if before and id:
            self._shown = before.changed(id, act.row)
            self._show()
        self._waiting += 1

        def undo() -> None:
            self._waiting -= 1
            if self.topic is topic:
                self._shown = before
                self._show()

        self.change(act.call, lambda _: Done(act.words, act.back), undo)

    def on_done(self, message: Done) -> None:
        self._waiting -= 1
        self.tell(message.words)
        if message.back:
            self._backs.append(message.back)
        self._ask()

    def action_undo(self) -> None:
        """Take back the last change made here."""
        if self._backs:
            self.carry_out(Act(self._backs.pop(), None, "Taken back."))
        else:
            self.tell("Nothing was changed here that can be taken back.")
