"""Propositions: what is believed, why, and the person's word on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static

from gum.client import Answer, Page, PropositionDetail, PropositionView, RelatedView
from gum_tui.dialogs.answer import AnswerDialog
from gum_tui.dialogs.frame import FrameDialog, Kept
from gum_tui.filters import STATUSES, Filters
from gum_tui.keys import PROPOSITIONS, bindings
from gum_tui.remote import CallFailed, Remote
from gum_tui.screens.filtering import Filtering
from gum_tui.screens.section import OpenIn
from gum_tui.screens.verdicts import Added, Verdicts
from gum_tui.widgets import evidence as quotes
from gum_tui.widgets.belief_detail import BeliefDetail
from gum_tui.widgets.belief_table import BeliefTable, head
from gum_tui.widgets.chip import Chip

PAGE = 50
MATCHES = 200
"""How many matches a search shows."""

LOOKING_S = 0.08
"""The detail follows once the cursor has stayed for this long."""


@dataclass
class PageRead(Message):
    """The daemon told rows from `start` on; `fresh` rows take the place of all others."""

    filters: Filters
    page: Page[PropositionView]
    start: int
    fresh: bool


@dataclass
class DetailRead(Message):
    """The daemon told all about one belief, and what belongs beside it."""

    detail: PropositionDetail
    related: list[RelatedView]


@dataclass
class WhyRead(Message):
    """The engine answered why something is believed."""

    answer: Answer


class PropositionsSection(Filtering, Verdicts):
    """A table on the left, everything about the belief under its cursor on the right."""

    MODE = "propositions"
    KEYS = PROPOSITIONS
    BINDINGS: ClassVar[list[BindingType]] = bindings(PROPOSITIONS)
    CSS_PATH = "propositions.tcss"
    AUTO_FOCUS = "#beliefs"
    HELP_TEXT = (
        "What gum-desktop believes of you. The sign before a belief: ○ a guess so far, ● believed, ✓ confirmed by "
        "you, ✗ rejected by you, ★ pinned, ↷ replaced, ◌ no longer current. The bar is the probability, also in "
        "words. A verdict shows at once; when the daemon refuses it, it is taken back and you are told why. space "
        "marks beliefs (▌); a verdict then holds for all of them, and so does u. A quote with ▣ has its picture."
    )

    def __init__(self, remote: Remote) -> None:
        super().__init__(remote)
        self._wanted: int | None = None
        self._related: list[RelatedView] = []
        self._looking: Timer | None = None

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="filter-line"):
            yield Input(placeholder="/ search by words or meaning", id="search", compact=True)
            yield Chip("s", "filter_status", id="status-chip")
            yield Chip("f", "filter", id="filter-chip")
            yield Chip("o", "sort", id="sort-chip")
            yield Static(id="count", markup=False)
        with Horizontal(id="split"):
            with Vertical(id="list"):
                yield Static(id="head", markup=False)
                yield BeliefTable(id="beliefs")
            yield BeliefDetail(id="detail")

    def on_belief_table_resized(self) -> None:
        line = self.query_one("#head", Static)
        names = head(self.query_one(BeliefTable).width)
        line.display = bool(names)
        line.update(names)

    # ------------------------------------------------------------------ reading

    def reload(self) -> None:
        """Ask for the rows around the cursor anew; the others are asked for when they come in sight."""
        around = max(self.query_one(BeliefTable).cursor // PAGE - 1, 0) * PAGE
        self._ask_rows(around, 3 * PAGE if around else 2 * PAGE, fresh=True)
        self._ask_detail()
        self.ask_engines()

    def _ask_rows(self, start: int, limit: int, *, fresh: bool) -> None:
        filters, now = self.filters, self.remote.now
        if filters.query:
            start, limit, fresh = 0, MATCHES, True
        offset = start - sum(place < start for place in self._out_of_view())
        self.read(
            "rows",
            lambda client: filters.page(client, now, limit, offset),
            lambda page: PageRead(filters, page, start, fresh),
        )

    def on_page_read(self, message: PageRead) -> None:
        """Show the rows; where one was judged here all keep their places, so that the next key is not for another."""
        if message.filters != self.filters:
            return
        rows = [self.known(each) for each in message.page.items]
        table = self.query_one(BeliefTable)
        table.empty = self.nothing_here()
        stays = any(table.place(id) is not None for id in self.judged)
        if message.fresh and stays:
            for row in rows:
                table.replace(row, self.remote.now)
        elif message.fresh or (message.page.total != table.total and not stays):
            table.show(rows, self.remote.now, message.start, message.page.total)
            self._show_count()
        else:
            table.add(rows, message.start)
        if self._wanted is not None and table.choose(self._wanted):
            self._wanted = None

    def _out_of_view(self) -> list[int]:
        """Return the places of what the filters no longer let in since it was judged here."""
        wanted, table = STATUSES[self.filters.status][1], self.query_one(BeliefTable)
        judged = [self._overlay.get(id) for id in self.judged] if wanted else []
        places = [table.place(each.id) for each in judged if each and each.status.value not in wanted]
        return [place for place in places if place is not None]

    def on_belief_table_needed(self, message: BeliefTable.Needed) -> None:
        self._ask_rows(message.start // PAGE * PAGE, PAGE, fresh=False)

    def on_belief_table_moved(self, message: BeliefTable.Moved) -> None:
        detail = self.query_one(BeliefDetail)
        if message.belief is None:
            detail.show_nothing("")
        elif message.belief.id != detail.shown:
            if self._looking:
                self._looking.stop()
            self._looking = self.set_timer(LOOKING_S, self._look)

    def _look(self) -> None:
        """Show the belief that the cursor has stayed on; a cursor on its way costs two lines of the table only."""
        belief = self.query_one(BeliefTable).belief
        if belief and belief.id != self.query_one(BeliefDetail).shown:
            self._related = []
            self.query_one(BeliefDetail).show_summary(belief, self.remote.now)
            self._ask_detail()

    def _ask_detail(self) -> None:
        belief = self.query_one(BeliefTable).belief
        if belief:
            id = belief.id
            self.read("detail", lambda client: DetailRead(client.proposition(id), client.related(id)), _itself)

    def on_call_failed(self, message: CallFailed) -> None:
        """Say nothing of a belief that is gone: its row goes with the next answer."""
        if message.lane == f"{self.MODE}.detail" and getattr(message.error, "status", 0) == HTTPStatus.NOT_FOUND:
            message.stop()

    def on_detail_read(self, message: DetailRead) -> None:
        belief = self.query_one(BeliefTable).belief
        if belief and belief.id == message.detail.proposition.id:
            self._related = message.related
        self.show_detail(message.detail)

    def draw_detail(self, detail: PropositionDetail) -> None:
        belief = self.query_one(BeliefTable).belief
        if belief and belief.id == detail.proposition.id:
            self._detail = detail
            self.query_one(BeliefDetail).show(self._detail, self.remote.now, self._related)
            self.take_up(belief.id)

    def _show_count(self) -> None:
        table = self.query_one(BeliefTable)
        marked = f"{len(table.marked):,} marked of " if table.marked else ""
        text, line = f"{marked}{table.total:,}", self.query_one("#count", Static)
        # the whole screen is laid out anew only where the words need another width
        line.update(Content.styled(text, "$quiet"), layout=len(text) != line.content_size.width)

    def action_back(self) -> None:
        table, search = self.query_one(BeliefTable), self.query_one("#search", Input)
        if self.has_class("-detail-open"):
            self.remove_class("-detail-open")
        elif not table.has_focus and not search.has_focus:
            pass
        elif table.marked:
            self.action_mark_all(on=False)
        elif search.value:
            search.value = ""
        elif self.filters != Filters():
            self.filter(Filters())
        table.focus()

    # ------------------------------------------------------------------ marks

    def action_mark(self) -> None:
        """Mark the belief under the cursor, or no longer, and go to the next."""
        table = self.query_one(BeliefTable)
        if table.belief:
            table.mark([table.belief], on=table.belief.id not in table.marked)
            table.cursor += 1
            self._show_count()

    def action_mark_all(self, on: bool = True) -> None:
        """Mark all rows that are loaded, or none when they are marked already."""
        table = self.query_one(BeliefTable)
        rows = table.rows
        if on and any(row.id not in table.marked for row in rows):
            table.mark(rows)
        else:
            table.mark(list(table.marked.values()), on=False)
        self._show_count()

    # ------------------------------------------------------------------ behind and beside a belief

    def on_belief_table_chosen(self) -> None:
        self.add_class("-detail-open")
        self.query_one(BeliefDetail).focus()

    def open(self, wanted: OpenIn) -> None:
        """Show one belief, or those that `wanted` chooses."""
        if wanted.episode is not None or wanted.observation is not None:
            self._show_only(
                Filters(status="all", episode=wanted.episode, observation=wanted.observation, about=wanted.about)
            )
        elif wanted.id and self.query_one(BeliefTable).choose(wanted.id):
            self.on_belief_table_chosen()
        elif wanted.id:
            self._wanted = wanted.id
            self._show_only(Filters(status="all", ids=(wanted.id,), about="one belief"))
            self.on_belief_table_chosen()

    def _show_only(self, filters: Filters) -> None:
        with self.prevent(Input.Changed):
            self.query_one("#search", Input).value = ""
        self.filter(filters)

    def action_beside(self) -> None:
        """Show the belief with those that clash with it, are about the same or are near in meaning."""
        if (detail := self.detail_for(self.action_beside)) is None:
            return
        if self._related:
            belief = detail.proposition
            ids = (belief.id, *(each.proposition.id for each in self._related))
            self._wanted = belief.id
            self._show_only(Filters(status="all", ids=ids, about="what is beside it"))
        else:
            self.tell("Nothing clashes with it or is near to it.")

    def action_why(self) -> None:
        belief = self.query_one(BeliefTable).belief
        if belief:
            question = f"Why is this believed? {belief.text}"[:2000]
            self.read("why", lambda client: client.ask(question), WhyRead)

    def on_why_read(self, message: WhyRead) -> None:
        if self.is_current:
            source = f"by {message.answer.engine}. The evidence itself stands beside the belief."
            self.app.push_screen(AnswerDialog("Why is it believed?", message.answer.text, source))

    def action_view(self) -> None:
        """Show the pictures that the belief's evidence was read from, the newest first."""
        if (detail := self.detail_for(self.action_view)) is None:
            return
        kept: dict[str, Kept] = {}
        for each in sorted(detail.evidence, key=lambda each: each.at, reverse=True):
            if each.frame:
                kept.setdefault(each.frame, Kept(each.frame, quotes.quote(each, self.remote.now)))
        if kept:
            self.app.push_screen(FrameDialog(self.remote, list(kept.values())))
        else:
            self.tell("No picture is kept of what this rests on.")

    def on_added(self, message: Added) -> None:
        self.tell("Taken down as you said it.")
        self.open(OpenIn(self.MODE, message.detail.proposition.id))


def _itself(message: DetailRead) -> DetailRead:
    return message
