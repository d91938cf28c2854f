"""Propositions: what is believed, why, and the person's word on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static

from gum.client import Client, Page, PropositionDetail, PropositionView
from gum.records import Status
from gum_tui.dialogs.choice import ChoiceDialog
from gum_tui.dialogs.wording import WordingDialog
from gum_tui.filters import KINDS, SORTS, STATUSES, Filters
from gum_tui.keys import PROPOSITIONS, bindings
from gum_tui.overlay import Overlay
from gum_tui.remote import Remote
from gum_tui.screens.section import OpenIn, Section
from gum_tui.widgets.belief_detail import BeliefDetail
from gum_tui.widgets.belief_table import BeliefTable, head
from gum_tui.widgets.chip import Chip

PAGE = 100
LARGEST_PAGE = 500
TYPING_S = 0.12
"""A search starts once the typing has paused for this long."""

LONGEST_QUERY = 500
"""Characters that are searched for; a pasted megabyte is no question."""

LOOKING_S = 0.08
"""The detail is asked for once the cursor has stayed for this long."""

Change = Callable[[PropositionView], PropositionView]


@dataclass
class PageRead(Message):
    """The daemon told a page of beliefs; `first` is false for a page that follows."""

    filters: Filters
    page: Page[PropositionView]
    first: bool


@dataclass
class DetailRead(Message):
    """The daemon told all about one belief."""

    detail: PropositionDetail


@dataclass
class Changed(Message):
    """The daemon made a change of a belief."""

    ticket: int
    detail: PropositionDetail
    words: str


@dataclass
class Added(Message):
    """The daemon took a belief that the person stated."""

    detail: PropositionDetail


class PropositionsSection(Section):
    """A table on the left, everything about the belief under its cursor on the right."""

    MODE = "propositions"
    KEYS = PROPOSITIONS
    BINDINGS: ClassVar[list[BindingType]] = bindings(PROPOSITIONS)
    CSS_PATH = "propositions.tcss"
    HELP_TEXT = (
        "What gum-desktop believes of you. The sign before a belief: ○ a guess so far, ● believed, ✓ confirmed by "
        "you, ✗ rejected by you, ★ pinned, ↷ replaced, ◌ no longer current. The bar is the probability, also in "
        "words. A verdict shows at once; when the daemon refuses it, it is taken back and you are told why."
    )

    filters = Filters()

    def __init__(self, remote: Remote) -> None:
        super().__init__(remote)
        self._overlay: Overlay[PropositionView] = Overlay()
        self._next: str | None = None
        self._wanted: int | None = None
        self._detail: PropositionDetail | None = None
        self._typing: Timer | None = None
        self._looking: Timer | None = None

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="filter-line"):
            yield Input(placeholder="/ search by words or meaning", id="search", compact=True)
            yield Chip("s", "filter_status", id="status-chip")
            yield Chip("f", "filter_kind", id="kind-chip")
            yield Chip("o", "sort", id="sort-chip")
            yield Static(id="count", markup=False)
        with Horizontal(id="split"):
            with Vertical(id="list"):
                yield Static(id="head", markup=False)
                yield BeliefTable(id="beliefs")
            yield BeliefDetail(id="detail")

    def on_mount(self) -> None:
        self.query_one(BeliefTable).focus()
        self._show_filters()

    def on_belief_table_resized(self) -> None:
        line = self.query_one("#head", Static)
        names = head(self.query_one(BeliefTable).width)
        line.display = bool(names)
        line.update(names)

    # ------------------------------------------------------------------ reading

    def reload(self) -> None:
        filters = self.filters
        limit = min(max(PAGE, len(self.query_one(BeliefTable).rows)), LARGEST_PAGE)
        self.read("rows", lambda client: filters.page(client, limit), lambda page: PageRead(filters, page, True))
        self._ask_detail()

    def on_page_read(self, message: PageRead) -> None:
        if message.filters != self.filters:
            return
        rows = [self._known(each) for each in message.page.items]
        table = self.query_one(BeliefTable)
        if not message.first:
            self._next = message.page.next
            table.append(rows)
        elif len(table.rows) > LARGEST_PAGE:
            table.show([*rows, *table.rows[len(rows) :]], self.remote.now)
        else:
            self._next = message.page.next
            table.show(rows, self.remote.now)
        self._show_count(message.page)
        if self._wanted is not None and table.choose(self._wanted):
            self._wanted = None

    def on_belief_table_near_end(self) -> None:
        cursor, filters = self._next, self.filters
        if cursor is not None:
            self._next = None
            self.read(
                "rows", lambda client: filters.page(client, PAGE, cursor), lambda page: PageRead(filters, page, False)
            )

    def on_belief_table_moved(self, message: BeliefTable.Moved) -> None:
        detail = self.query_one(BeliefDetail)
        if message.belief is None:
            detail.show_nothing(self._nothing_here())
        elif message.belief.id != detail.shown:
            detail.show_summary(message.belief, self.remote.now)
            if self._looking:
                self._looking.stop()
            self._looking = self.set_timer(LOOKING_S, self._ask_detail)

    def _ask_detail(self) -> None:
        belief = self.query_one(BeliefTable).belief
        if belief:
            id = belief.id
            self.read("detail", lambda client: client.proposition(id), DetailRead)

    def on_detail_read(self, message: DetailRead) -> None:
        self._show_detail(message.detail)

    def _show_detail(self, detail: PropositionDetail) -> None:
        belief = self.query_one(BeliefTable).belief
        shown = self._known(detail.proposition)
        self.query_one(BeliefTable).replace(shown)
        if belief and belief.id == shown.id:
            self._detail = detail.model_copy(update={"proposition": shown})
            self.query_one(BeliefDetail).show(self._detail, self.remote.now)

    def _known(self, belief: PropositionView) -> PropositionView:
        """Return the belief as the daemon tells it, with what is still on its way on top."""
        self._overlay.learn(belief.id, belief)
        return self._overlay.get(belief.id) or belief

    # ------------------------------------------------------------------ search and filters

    def on_input_changed(self, message: Input.Changed) -> None:
        if self._typing:
            self._typing.stop()
        filters = replace(self.filters, query=message.value.strip()[:LONGEST_QUERY])
        self._typing = self.set_timer(TYPING_S, lambda: self._filter(filters))

    def on_input_submitted(self) -> None:
        self.query_one(BeliefTable).focus()

    def on_key(self, event: events.Key) -> None:
        if event.key == "down" and self.query_one("#search").has_focus:
            event.stop()
            self.query_one(BeliefTable).focus()

    def _filter(self, filters: Filters) -> None:
        if filters != self.filters:
            self.filters = filters
            self._show_filters()
            self._next = None
            self.query_one(BeliefTable).clear()
            self.reload()

    def _show_filters(self) -> None:
        self.query_one("#status-chip", Chip).show(STATUSES[self.filters.status][0])
        self.query_one("#kind-chip", Chip).show(KINDS[self.filters.kind])
        self.query_one("#sort-chip", Chip).show("best match first" if self.filters.query else SORTS[self.filters.sort])

    def _show_count(self, page: Page[PropositionView]) -> None:
        count = "" if page.total is None else f"{page.total:,}"
        self.query_one("#count", Static).update(Content.styled(count, "$quiet"))

    def _nothing_here(self) -> str:
        if self.filters == Filters():
            return "Nothing is believed yet. Beliefs come with what you do, or press a to tell something yourself."
        return "No belief fits. escape clears the search and the filters."

    def action_search(self) -> None:
        self.query_one("#search", Input).focus()

    def action_filter_kind(self) -> None:
        self._choose("Which kind of belief?", KINDS, self.filters.kind, lambda value: replace(self.filters, kind=value))

    def action_filter_status(self) -> None:
        choices = {name: words for name, (words, _) in STATUSES.items()}
        self._choose("Which beliefs?", choices, self.filters.status, lambda value: replace(self.filters, status=value))

    def action_sort(self) -> None:
        self._choose("In which order?", SORTS, self.filters.sort, lambda value: replace(self.filters, sort=value))

    def _choose(self, heading: str, choices: dict[str, str], present: str, chosen: Callable[[str], Filters]) -> None:
        def take(value: str | None) -> None:
            if value is not None:
                self._filter(chosen(value))

        self.app.push_screen(ChoiceDialog(heading, list(choices.items()), present), take)

    def action_back(self) -> None:
        table, search = self.query_one(BeliefTable), self.query_one("#search", Input)
        if self.has_class("-detail-open"):
            self.remove_class("-detail-open")
        elif not table.has_focus and not search.has_focus:
            pass
        elif search.value:
            search.value = ""
        elif self.filters != Filters():
            self._filter(Filters())
        table.focus()

    def on_belief_table_chosen(self) -> None:
        self.add_class("-detail-open")
        self.query_one(BeliefDetail).focus()

    def open(self, wanted: OpenIn) -> None:
        if not wanted.id:
            return
        self._wanted = wanted.id
        if self.query_one(BeliefTable).choose(wanted.id):
            self._wanted = None
        else:
            self.query_one("#search", Input).value = ""
            self.filters = Filters(status="all", sort="-first_seen")
            self._show_filters()
            self.reload()
        self.on_belief_table_chosen()

    # ------------------------------------------------------------------ verdicts

    def action_confirm(self) -> None:
        self._judge(lambda client, id: client.confirm(id), _with(status=Status.CONFIRMED), "Confirmed.")

    def action_reject(self) -> None:
        words = "Rejected. It is not inferred again from the same evidence. u takes it back."
        self._judge(lambda client, id: client.reject(id), _with(status=Status.REJECTED), words)

    def action_never(self) -> None:
        words = (
            "Never inferred again. The refused sentence itself is kept, to know it when it returns. u takes it back."
        )
        self._judge(lambda client, id: client.never_infer(id), _with(status=Status.REJECTED), words)

    def action_pin(self) -> None:
        belief = self.query_one(BeliefTable).belief
        if belief:
            on = not belief.pinned
            words = "Pinned." if on else "No longer pinned."
            self._judge(lambda client, id: client.pin(id, on), _with(pinned=on), words)

    def action_undo(self) -> None:
        self._judge(lambda client, id: client.undo(id), _with(), "Taken back.")

    def action_edit(self) -> None:
        belief = self.query_one(BeliefTable).belief
        if belief is None:
            return
        id = belief.id

        def take(text: str | None) -> None:
            if text is not None:
                self._change(id, lambda client: client.edit(id, text), _with(text=text, edited=True), "Edited.")

        self.app.push_screen(WordingDialog("Say it better", "Your words outlive later inference.", belief.text), take)

    def action_add(self) -> None:
        def take(text: str | None) -> None:
            if text is not None:
                self.change(lambda client: client.add_proposition(text), Added, _nothing)

        hint = "One sentence, as in: The user prefers meetings after ten."
        self.app.push_screen(WordingDialog("Tell something about yourself", hint), take)

    def _judge(self, call: Callable[[Client, int], PropositionDetail], change: Change, words: str) -> None:
        belief = self.query_one(BeliefTable).belief
        if belief:
            id = belief.id
            self._change(id, lambda client: call(client, id), change, words)

    def _change(self, id: int, call: Callable[[Client], PropositionDetail], change: Change, words: str) -> None:
        """Show the change at once and have it made; what the daemon refuses is taken back."""
        ticket = self._overlay.change(id, change)
        self._show_known(id)

        def undo() -> None:
            self._overlay.refused(id, ticket)
            self._show_known(id)

        self.change(call, lambda detail: Changed(ticket, detail, words), undo)

    def _show_known(self, id: int) -> None:
        shown = self._overlay.get(id)
        if shown:
            self.query_one(BeliefTable).replace(shown)
            if self._detail and self._detail.proposition.id == id == self.query_one(BeliefDetail).shown:
                self._detail = self._detail.model_copy(update={"proposition": shown})
                self.query_one(BeliefDetail).show(self._detail, self.remote.now)

    def on_changed(self, message: Changed) -> None:
        belief = message.detail.proposition
        self._overlay.settled(belief.id, message.ticket, belief)
        self._show_detail(message.detail)
        self.tell(message.words)

    def on_added(self, message: Added) -> None:
        self.tell("Taken down as you said it.")
        self.open(OpenIn(self.MODE, message.detail.proposition.id))


def _with(**fields: object) -> Change:
    return lambda belief: belief.model_copy(update=fields)


def _nothing() -> None:
    """Take nothing back: an added belief is shown only once the daemon has it."""
