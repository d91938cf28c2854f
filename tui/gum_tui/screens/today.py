"""Today: does it record, what am I doing, how was the day, what is new to review, what is suggested."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, Static

from gum.client import Client, DaemonStatus, Page, PropositionView, QuestionView, SuggestionView
from gum_tui import day as days
from gum_tui import phrases
from gum_tui.inert import inert
from gum_tui.keys import TODAY, bindings
from gum_tui.remote import Remote
from gum_tui.screens.section import OpenIn, Section
from gum_tui.widgets import belief
from gum_tui.widgets.band import Band
from gum_tui.widgets.items import Items
from gum_tui.widgets.legend import Legend
from gum_tui.widgets.steady import Steady
from gum_tui.widgets.verdict import Verdict

PAUSE_MINUTES = 15
NEW_BELIEFS = 30


@dataclass
class DayRead(Message):
    """The daemon told the present day."""

    day: days.Day


@dataclass
class NewBeliefsRead(Message):
    """The daemon told the beliefs without a verdict, newest first."""

    page: Page[PropositionView]


@dataclass
class OpenSuggestionsRead(Message):
    """The daemon told the open suggestions."""

    suggestions: list[SuggestionView]


@dataclass
class QuestionsRead(Message):
    """The daemon told what it asks the person."""

    questions: list[QuestionView]


@dataclass
class PauseChanged(Message):
    """The daemon paused or resumed."""

    status: DaemonStatus


class TodaySection(Section):
    """The first screen."""

    MODE = "today"
    KEYS = TODAY
    BINDINGS: ClassVar[list[BindingType]] = bindings(TODAY)
    CSS_PATH = "today.tcss"
    HELP_TEXT = (
        "Says in words whether gum-desktop records, and what it thinks you are doing. The band is your day: "
        "one colour and letter for each application, and in grey why nothing was seen. Below are beliefs you "
        "have not judged yet, the newest first, and what is suggested to you. A line below the verdict says when "
        "questions or held-back matters wait for you."
    )

    def __init__(self, remote: Remote) -> None:
        super().__init__(remote)
        self._questions: list[QuestionView] = []

    def body(self) -> Iterable[Widget]:
        yield Verdict(id="verdict")
        yield Steady(id="waiting", markup=False)
        with Vertical(id="day"):
            yield Static(id="day-title", classes="panel-title", markup=False)
            yield Band(id="band")
            yield Legend(id="legend")
        with Container(id="lists"):
            with Vertical(id="beliefs-panel"):
                yield Static(id="beliefs-title", classes="panel-title", markup=False)
                yield Items(id="beliefs", empty="Nothing to review. New beliefs will stand here.")
            with Vertical(id="suggestions-panel"):
                yield Static(id="suggestions-title", classes="panel-title", markup=False)
                yield Items(
                    id="suggestions", empty="No suggestion now. It stays silent unless it is worth it.", ruled=True
                )

    def on_mount(self) -> None:
        self.query_one("#beliefs", Items).focus()

    def reload(self) -> None:
        now = self.remote.now
        today = now.astimezone().date()
        self.read("day", lambda client: days.read(client, today, now), DayRead)
        self.read("beliefs", _new_beliefs, NewBeliefsRead)
        self.read("suggestions", lambda client: client.suggestions(), OpenSuggestionsRead)
        self.read("questions", lambda client: client.questions("open"), QuestionsRead)

    def show_status(self) -> None:
        self.query_one(Verdict).show(self.remote.status)
        self._show_waiting()

    def state(self) -> object:
        status = self.remote.status
        return (super().state(), status.held_back) if status else None

    def on_questions_read(self, message: QuestionsRead) -> None:
        self._questions = message.questions
        self._show_waiting()

    def _show_waiting(self) -> None:
        """Show what waits for the person's word, each with its key; nothing where nothing does."""
        waiting = []
        if self._questions:
            waiting.append(_key("r", f"{phrases.counted(len(self._questions), 'question')} to you"))
        if self.remote.status and self.remote.status.held_back:
            waiting.append(_key("h", f"{self.remote.status.held_back:,} held back until you allow it"))
        line = self.query_one("#waiting", Steady)
        line.display = bool(waiting)
        line.tell(Content("   ").join(waiting))

    def on_day_read(self, message: DayRead) -> None:
        self.query_one("#day-title", Static).update(_title(phrases.day(days.bounds(message.day.date)[0])))
        self.query_one(Band).show(message.day)
        self.query_one(Legend).show(message.day)

    def on_new_beliefs_read(self, message: NewBeliefsRead) -> None:
        page, now = message.page, self.remote.now
        count = len(page.items) if page.total is None else page.total
        self.query_one("#beliefs-title", Static).update(_title("Beliefs to review", count))
        rows = [(str(each.id), belief.row(each, now)) for each in page.items]
        self.query_one("#beliefs", Items).show(rows)

    def on_open_suggestions_read(self, message: OpenSuggestionsRead) -> None:
        rows = [(str(each.id), _suggestion(each)) for each in message.suggestions]
        self.query_one("#suggestions-title", Static).update(_title("Suggestions", len(rows)))
        self.query_one("#suggestions", Items).show(rows)

    def action_pause(self) -> None:
        """Pause for a quarter of an hour, or go on."""
        status = self.remote.status
        if status and status.paused:
            self.change(lambda client: client.resume(), PauseChanged, _nothing)
        else:
            self.change(lambda client: client.pause(PAUSE_MINUTES), PauseChanged, _nothing)

    def action_review(self) -> None:
        """Give quick verdicts."""
        self.post_message(OpenIn("review", 0))

    def action_held(self) -> None:
        """Show what is held back."""
        self.post_message(OpenIn("privacy", 0, about="held"))

    def on_pause_changed(self, message: PauseChanged) -> None:
        self.remote.status = message.status
        self.status_changed()

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        if message.option_id is not None:
            mode = "propositions" if message.option_list.id == "beliefs" else "suggestions"
            self.post_message(OpenIn(mode, int(message.option_id)))

    def on_band_pressed(self, message: Band.Pressed) -> None:
        self.post_message(OpenIn("timeline", 0, message.moment))


def _nothing() -> None:
    """Take nothing back: the screen shows only what the daemon answered."""


def _new_beliefs(client: Client) -> Page[PropositionView]:
    return client.propositions(status=("candidate", "active"), sort="-first_seen", limit=NEW_BELIEFS)


def _title(words: str, count: int | None = None) -> Content:
    return Content.assemble(words, ("" if count is None else f"  {count:,}", "bold $primary"))


def _key(key: str, words: str) -> Content:
    return Content.assemble((f"{key} ", "bold $primary"), words)


def _suggestion(suggestion: SuggestionView) -> Content:
    return Content.assemble(inert(suggestion.title), "\n", (inert(suggestion.why), "$quiet"))
