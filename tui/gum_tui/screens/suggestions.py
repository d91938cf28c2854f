"""Suggestions: what is offered and why, what became of it, and why others were kept silent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList

from gum.client import Client, NotificationsView, PreviewView, StepView, SuggestionView
from gum_tui import digest
from gum_tui.dialogs.answer import AnswerDialog
from gum_tui.dialogs.preview import PreviewDialog
from gum_tui.dialogs.reason import ReasonDialog
from gum_tui.dialogs.wording import WordingDialog
from gum_tui.inert import inert
from gum_tui.keys import SUGGESTIONS, bindings
from gum_tui.overlay import Overlay
from gum_tui.remote import Remote
from gum_tui.screens.section import OpenIn, Section
from gum_tui.widgets.chip import Chip
from gum_tui.widgets.items import Items
from gum_tui.widgets.suggestion import BUSY, SuggestionDetail, row

SHELVES = {
    "open": ("open", ("shown",), "No suggestion now. It stays silent unless it is worth it."),
    "done": ("answered", ("accepted", "dismissed", "undone", "expired"), "Nothing was answered yet."),
    "silent": ("why was I not told", ("silent",), "Nothing was kept silent yet."),
    "later": ("later", ("snoozed",), "Nothing is put off."),
}
"""Name -> words, the states on it, and what an empty one says."""

OFFERED = ("shown", "snoozed")
"""States in which it waits for an answer."""

MOST = 200
LONGEST_WISH = 1000
STEP_S = 0.5


@dataclass
class ShelfRead(Message):
    """The daemon told the suggestions of one shelf, newest first."""

    shelf: str
    suggestions: list[SuggestionView]


@dataclass
class PreviewRead(Message):
    """The daemon told what accepting would do."""

    id: int
    preview: PreviewView
    accepting: bool


@dataclass
class Answered(Message):
    """The daemon took the person's answer."""

    ticket: int
    suggestion: SuggestionView
    words: str


@dataclass
class StepRead(Message):
    """The daemon told what is being done for a suggestion just now."""

    id: int
    step: StepView


@dataclass
class Told(Message):
    """The digest or the notifications, in words."""

    heading: str
    text: str
    source: str


class SuggestionsSection(Section):
    """A list on the left, the suggestion under its cursor on the right."""

    MODE = "suggestions"
    KEYS = SUGGESTIONS
    BINDINGS: ClassVar[list[BindingType]] = bindings(SUGGESTIONS)
    CSS_PATH = "suggestions.tcss"
    HELP_TEXT = (
        "What gum-desktop offers to do, each with its reason and exactly what accepting it will do. Nothing is sent "
        "anywhere; whatever is done lies in one folder and can be undone. Under 'why was I not told' stand the "
        "suggestions it kept to itself, with the reason."
    )

    def __init__(self, remote: Remote) -> None:
        super().__init__(remote)
        self.shelf = "open"
        self._overlay: Overlay[SuggestionView] = Overlay()
        self._order: list[int] = []
        self._answered: set[int] = set()
        self._refused_kinds: set[int] = set()
        self._previews: dict[int, PreviewView] = {}
        self._steps: dict[int, StepView] = {}
        self._wanted: int | None = None

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="shelf-line"):
            yield Chip("s", "shelf", id="shelf-chip")
        with Horizontal(id="split"):
            with Vertical(id="list"):
                yield Items(id="suggestions", ruled=True)
            yield SuggestionDetail(id="detail")

    def on_mount(self) -> None:
        self.query_one(Items).focus()
        self._show_shelf()
        self.set_interval(STEP_S, self._ask_step)

    # ------------------------------------------------------------------ reading

    def reload(self) -> None:
        shelf = self.shelf
        self.read(
            "shelf",
            lambda client: client.suggestions(SHELVES[shelf][1], MOST),
            lambda suggestions: ShelfRead(shelf, suggestions),
        )

    def on_shelf_read(self, message: ShelfRead) -> None:
        if message.shelf == self.shelf:
            for suggestion in message.suggestions:
                self._overlay.learn(suggestion.id, suggestion)
            self._order = self._with_answered([suggestion.id for suggestion in message.suggestions])
            self._show_rows()
            self._wanted = None

    def _with_answered(self, order: list[int]) -> list[int]:
        """Return the order with what was answered on this shelf left in its place, so that it can be undone."""
        for place, id in enumerate(self._order):
            if id in self._answered and id not in order:
                order.insert(place, id)
        return order

    def _show_rows(self) -> None:
        known = [each for id in self._order if (each := self._overlay.get(id))]
        rows: list[tuple[str | None, Content]] = []
        for heading, group in by_project(known):
            rows += [(None, Content.styled(inert(heading), "bold $primary"))] if heading else []
            rows += [(str(each.id), row(each, self.remote.now, self._steps.get(each.id))) for each in group]
        items = self.query_one(Items)
        items.empty = SHELVES[self.shelf][2]
        items.show(rows)
        if self._wanted in self._order:
            items.choose(str(self._wanted))
            self._wanted = None
            self._open_detail()
        self._show_detail()

    @property
    def suggestion(self) -> SuggestionView | None:
        """The suggestion under the cursor."""
        chosen = self.query_one(Items).chosen
        return self._overlay.get(int(chosen)) if chosen else None

    def on_option_list_option_highlighted(self) -> None:
        self._show_detail()

    def _show_detail(self) -> None:
        detail, suggestion = self.query_one(SuggestionDetail), self.suggestion
        if suggestion is None:
            detail.show_nothing("")
            return
        offered = suggestion.status in OFFERED
        detail.show(suggestion, self._previews.get(suggestion.id) if offered else None, self.remote.now)
        if offered and suggestion.id not in self._previews:
            self._ask_preview(suggestion.id, accepting=False)

    def _ask_preview(self, id: int, *, accepting: bool) -> None:
        lane = "accepting" if accepting else "preview"
        self.read(lane, lambda client: client.preview(id), lambda preview: PreviewRead(id, preview, accepting))

    def on_preview_read(self, message: PreviewRead) -> None:
        self._previews[message.id] = message.preview
        if message.accepting:
            self._ask_whether(message.id, message.preview)
        elif self.suggestion and self.suggestion.id == message.id:
            self._show_detail()

    # ------------------------------------------------------------------ moving

    def action_shelf(self) -> None:
        """Go to the next shelf."""
        names = list(SHELVES)
        self.shelf = names[(names.index(self.shelf) + 1) % len(names)]
        self._leave_shelf()
        self._show_shelf()
        self.reload()

    def _leave_shelf(self) -> None:
        self._order = []
        self._answered.clear()

    def _show_shelf(self) -> None:
        self.query_one("#shelf-chip", Chip).show(SHELVES[self.shelf][0])

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        if message.option_id is not None:
            self._open_detail()

    def _open_detail(self) -> None:
        self.add_class("-detail-open")
        self.query_one(SuggestionDetail).focus()

    def action_back(self) -> None:
        self.remove_class("-detail-open")
        self.query_one(Items).focus()

    def action_beliefs(self) -> None:
        """Show the first belief that it rests on."""
        suggestion = self.suggestion
        if suggestion and suggestion.propositions:
            self.post_message(OpenIn("propositions", suggestion.propositions[0]))

    def open(self, wanted: OpenIn) -> None:
        if self.shelf != "open":
            self.shelf = "open"
            self._leave_shelf()
            self._show_shelf()
            self.reload()
        self._wanted = wanted.id
        if wanted.id in self._order:
            self._show_rows()

    # ------------------------------------------------------------------ answering

    def _offered(self) -> SuggestionView | None:
        """Return the suggestion under the cursor where it waits for an answer; else say that it does not."""
        suggestion = self.suggestion
        if suggestion and suggestion.status in OFFERED:
            return suggestion
        self.tell("It waits for no answer." if suggestion else "No suggestion is under the cursor.")
        return None

    def action_accept(self) -> None:
        """Show what would be done, and do it when the person says so."""
        if suggestion := self._offered():
            self._ask_preview(suggestion.id, accepting=True)

    def _ask_whether(self, id: int, preview: PreviewView) -> None:
        def answered(agreed: bool | None) -> None:
            if agreed:
                ticket = self._overlay.change(id, _as("accepting"))
                self._send(id, ticket, lambda client: client.accept(id), "Done.")

        suggestion = self._overlay.get(id)
        if suggestion:
            self.app.push_screen(PreviewDialog(suggestion.title, preview), answered)

    def action_decline(self) -> None:
        """Turn it down, with a reason."""
        if (suggestion := self._offered()) is None:
            return
        id = suggestion.id

        def answered(reason: str | None) -> None:
            if reason is not None:
                ticket = self._overlay.change(id, _as("dismissed"))
                self._send(id, ticket, lambda client: client.dismiss(id, reason), "Turned down.")

        self.app.push_screen(ReasonDialog("Why not?"), answered)

    def action_later(self) -> None:
        """Put it off for as long as the settings say."""
        if suggestion := self._offered():
            id = suggestion.id
            ticket = self._overlay.change(id, _as("snoozed"))
            self._send(id, ticket, lambda client: client.snooze(id), "It comes again later.")

    def action_not_this_kind(self) -> None:
        """Turn it down with all others of its kind."""
        if suggestion := self._offered():
            id = suggestion.id
            self._refused_kinds.add(id)
            ticket = self._overlay.change(id, _as("dismissed"))
            words = "Nothing of this kind is offered any more; u allows it again."
            self._send(id, ticket, lambda client: client.not_this_kind(id), words)

    def action_refine(self) -> None:
        """Have a model write what was made anew, as the person says."""
        suggestion = self.suggestion
        if suggestion is None or suggestion.status != "accepted":
            self.tell("Only what was done can be written anew.")
            return
        id = suggestion.id

        def answered(wish: str | None) -> None:
            if wish:
                ticket = self._overlay.change(id, _as("refining"))
                self._send(id, ticket, lambda client: client.refine(id, wish[:LONGEST_WISH]), "Written anew.")

        hint = "Such as: shorter, in French, redo. Each version is kept; u takes the last back."
        self.app.push_screen(WordingDialog("How shall it be written?", hint), answered)

    def action_undo(self) -> None:
        """Take back the last version, what accepting did, or the refusal of a kind."""
        suggestion = self.suggestion
        if suggestion is None:
            return
        id, kind = suggestion.id, suggestion.kind
        ticket = self._overlay.change(id, _as(suggestion.status))
        if id in self._refused_kinds:
            self._refused_kinds.discard(id)
            self._send(id, ticket, lambda client: _allowed_again(client, kind, id), "This kind may be offered again.")
        else:
            self._send(id, ticket, lambda client: client.undo_suggestion(id), "Taken back.")

    def _ask_step(self) -> None:
        """Ask what is being done, while something is."""
        for id in self._order:
            suggestion = self._overlay.get(id)
            if suggestion and suggestion.status in BUSY:
                self.read(f"step-{id}", partial(Client.progress, id=id), partial(StepRead, id))

    def on_step_read(self, message: StepRead) -> None:
        if self._steps.get(message.id) != message.step:
            self._steps[message.id] = message.step
            self._show_rows()

    # ------------------------------------------------------------------ the day

    def action_digest(self) -> None:
        """Show what waits for the person, in one look."""
        now = self.remote.now
        self.read("digest", lambda client: client.digest(), lambda told: Told(*digest.in_words(told, now)))

    def action_notifications(self) -> None:
        """Show the notifications of other programs, what matters most first."""
        now = self.remote.now
        self.read("notifications", _notifications, lambda told: Told(*digest.notifications_in_words(told, now)))

    def on_told(self, message: Told) -> None:
        if self.app.screen is self:
            self.app.push_screen(AnswerDialog(message.heading, message.text, message.source))

    def _send(self, id: int, ticket: int, call: Callable[[Client], SuggestionView], words: str) -> None:
        """Show the answer at once and send it; what the daemon refuses is taken back."""
        self._answered.add(id)
        self._show_rows()

        def undo() -> None:
            self._overlay.refused(id, ticket)
            self._show_rows()

        self.change(call, lambda suggestion: Answered(ticket, suggestion, words), undo)

    def on_answered(self, message: Answered) -> None:
        suggestion = message.suggestion
        self._overlay.settled(suggestion.id, message.ticket, suggestion)
        self._show_rows()
        summary = str(suggestion.result.get("summary", "")) if suggestion.status == "accepted" else ""
        self.tell(summary or message.words)


def by_project(suggestions: Iterable[SuggestionView]) -> list[tuple[str, list[SuggestionView]]]:
    """Return headings with what was made for each project; one without a heading where no project is known."""
    groups: dict[str, list[SuggestionView]] = {}
    for one in suggestions:
        groups.setdefault(str(one.result.get("project") or ""), []).append(one)
    rest = groups.pop("", [])
    named = list(groups.items())
    return [*named, *([("Of no project" if named else "", rest)] if rest else [])]


def _allowed_again(client: Client, kind: str, id: int) -> SuggestionView:
    client.allow_kind(kind)
    return client.suggestion(id)


def _notifications(client: Client) -> NotificationsView:
    return client.notifications()


def _as(status: str) -> Callable[[SuggestionView], SuggestionView]:
    return lambda suggestion: suggestion.model_copy(update={"status": status})
