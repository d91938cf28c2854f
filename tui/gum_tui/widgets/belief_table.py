"""Beliefs as a table that holds and draws only what is in sight, so that its length costs nothing.

A narrow table gives each belief two lines, the sentence and what is known of it; a wide one has columns.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from gum.client import PropositionView
from gum_tui import phrases
from gum_tui.keys import LIST, bindings
from gum_tui.widgets import belief as words
from gum_tui.widgets.probability import bar_in_words

COLUMNS_FROM = 118
"""Width in cells from which there are columns."""

AHEAD = 30
"""How many rows out of sight are asked for before they are needed."""

MARK = "▌"
"""The sign of a belief that is marked for an action on several."""

_COLUMNS = (("probability", 27), ("kind", 11), ("lifetime", 9), ("last seen", 13))
_SIGN = 3


class BeliefTable(ScrollView, can_focus=True):
    """Rows in the order given; the cursor stays on its belief when rows change."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(LIST)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"belief-table--cursor", "belief-table--hover"}
    DEFAULT_CSS = """
    BeliefTable {
        background: $background;
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
        & > .belief-table--cursor { background: $block-cursor-blurred-background; }
        & > .belief-table--hover { background: $block-hover-background; }
        &:focus > .belief-table--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
    }
    """

    cursor: reactive[int] = reactive(0)
    hover: reactive[int] = reactive(-1)

    @dataclass
    class Moved(Message):
        """The cursor came to this belief; None in an empty table."""

        belief: PropositionView | None

    @dataclass
    class Chosen(Message):
        """The belief under the cursor is to be opened."""

        belief: PropositionView

    class Resized(Message):
        """The rows may have another width now."""

    @dataclass
    class Needed(Message):
        """Rows from this place on are in sight, or soon will be, and are not there."""

        start: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.total = 0
        self.empty = ""
        """What a table without rows says."""
        self.marked: dict[int, PropositionView] = {}
        self._rows: dict[int, PropositionView] = {}
        self._places: dict[int, int] = {}
        self._awaited: int | None = None
        self._opening = False
        self.now = datetime.now().astimezone()

    # ------------------------------------------------------------------ what it shows

    @property
    def rows(self) -> list[PropositionView]:
        """The rows that are there, in order."""
        return [self._rows[place] for place in sorted(self._rows)]

    @property
    def belief(self) -> PropositionView | None:
        """The belief under the cursor; None while its row is not there."""
        return self._rows.get(self.cursor)

    @property
    def in_sight(self) -> list[tuple[int, PropositionView]]:
        """The places and rows that can be seen."""
        first = int(self.scroll_offset.y) // self.row_height
        seen = range(first, first + self.size.height // self.row_height + 1)
        return [(place, self._rows[place]) for place in seen if place in self._rows]

    def show(self, rows: Sequence[PropositionView], now: datetime, start: int = 0, total: int | None = None) -> None:
        """Show these rows from place `start` on, of so many in all, and no others; the cursor follows its belief."""
        chosen = self.belief
        self._rows, self._places, self.now = {}, {}, now
        self.total = len(rows) if total is None else total
        self._put(rows, start)
        place = self._places.get(chosen.id, self.cursor) if chosen else self.cursor
        self.set_reactive(BeliefTable.cursor, min(place, max(self.total - 1, 0)))
        self._measure()
        self._reveal()
        if self.belief or not self.total:
            self._arrived()
        self._need()

    def add(self, rows: Sequence[PropositionView], start: int) -> None:
        """Show these rows as well, from place `start` on."""
        before = self.belief
        self._put(rows, start)
        self.refresh()
        if self.belief and before is None:
            self._arrived()
        self._need()

    def _arrived(self) -> None:
        """Tell the belief under the cursor, and open it where that was asked for before its row was there."""
        self.post_message(self.Moved(self.belief))
        if self._opening and self.belief:
            self.post_message(self.Chosen(self.belief))
        self._opening = False

    def _put(self, rows: Sequence[PropositionView], start: int) -> None:
        self._awaited = None
        for place, row in enumerate(rows, start):
            self._rows[place] = row
            self._places.setdefault(row.id, place)

    def clear(self) -> None:
        """Forget rows, marks and cursor; what was shown stays in sight until `show`."""
        self._rows, self._places, self.marked = {}, {}, {}
        self.set_reactive(BeliefTable.cursor, 0)

    def replace(self, belief: PropositionView, now: datetime) -> None:
        """Show a belief as it stands now; it keeps its place."""
        place, self.now = self._places.get(belief.id), now
        if place is not None:
            self._rows[place] = belief
            self.refresh_lines(place * self.row_height, self.row_height)
        if belief.id in self.marked:
            self.marked[belief.id] = belief

    def place(self, id: int) -> int | None:
        """Return the place of a belief; None where it is not in the table."""
        return self._places.get(id)

    def choose(self, id: int) -> bool:
        """Put the cursor on a belief; return whether it is in the table."""
        place = self._places.get(id)
        if place is not None:
            self.cursor = place
        return place is not None

    def mark(self, beliefs: Sequence[PropositionView], on: bool = True) -> None:
        """Mark beliefs for an action on all of them, or no longer."""
        for belief in beliefs:
            if on:
                self.marked[belief.id] = belief
            else:
                self.marked.pop(belief.id, None)
        self.refresh()

    def _need(self) -> None:
        """Ask for the first rows that are missing in sight or around the cursor."""
        if not self.total:
            return
        first, height = int(self.scroll_offset.y) // self.row_height, self.size.height // self.row_height + 1
        sought = [self.cursor, *range(first, first + height), first - AHEAD, first + height + AHEAD]
        missing = [place for place in sought if 0 <= place < self.total and place not in self._rows]
        if missing and missing[0] != self._awaited:
            self._awaited = missing[0]
            self.post_message(self.Needed(missing[0]))

    # ------------------------------------------------------------------ drawing

    @property
    def width(self) -> int:
        """Width of a row, without the scroll bar."""
        return self.scrollable_content_region.width

    @property
    def in_columns(self) -> bool:
        return self.width >= COLUMNS_FROM

    @property
    def row_height(self) -> int:
        return 1 if self.in_columns else 2

    def render_line(self, y: int) -> Strip:
        place, line = divmod(y + self.scroll_offset.y, self.row_height)
        width = self.width
        if place >= self.total:
            return self._strip(Content.styled(self._nothing(y, width), "$quiet"), width, self.visual_style)
        visual_style = self.visual_style
        if place == self.cursor:
            visual_style = self.get_visual_style("belief-table--cursor")
        elif place == self.hover:
            visual_style = self.get_visual_style("belief-table--hover")
        belief = self._rows.get(place)
        content = self._line(belief, line, width) if belief else Content.styled("" if line else "   …", "$quiet")
        return self._strip(content.truncate(width, ellipsis=True), width, visual_style).apply_meta({"row": place})

    def _strip(self, content: Content, width: int, style: Style) -> Strip:
        return Visual.to_strips(self, content, width, 1, style)[0].extend_cell_length(width, style.rich_style)

    def _nothing(self, y: int, width: int) -> str:
        """Return this line of what an empty table says."""
        lines = [] if self.total else textwrap.wrap(self.empty, max(1, width - 2 * _SIGN))
        return " " * _SIGN + lines[y] if y < len(lines) else ""

    def _line(self, belief: PropositionView, line: int, width: int) -> Content:
        mark = MARK if belief.id in self.marked else " "
        sign = Content.assemble((mark, "bold $primary"), (f"{words.sign(belief)} ", words.sign_colour(belief)))
        if self.in_columns:
            return Content("").join([sign, *self._cells(belief, width - _SIGN)])
        if line == 0:
            return Content("").join([sign, words.sentence(belief)])
        return Content("").join([Content(" " * _SIGN), words.about(belief, self.now)])

    def _cells(self, belief: PropositionView, width: int) -> list[Content]:
        text = width - sum(each for _, each in _COLUMNS)
        return [
            _cell(words.sentence(belief), text),
            _cell(bar_in_words(belief.probability), _COLUMNS[0][1]),
            _cell(Content.styled(belief.kind.value, "$quiet"), _COLUMNS[1][1]),
            _cell(Content.styled(belief.durability.value, "$quiet"), _COLUMNS[2][1]),
            _cell(Content.styled(phrases.ago(belief.last_supported, self.now), "$quiet"), _COLUMNS[3][1]),
        ]

    # ------------------------------------------------------------------ moving

    def validate_cursor(self, place: int) -> int:
        return min(max(place, 0), max(self.total - 1, 0))

    def watch_cursor(self, old: int, new: int) -> None:
        self._opening = False
        self._reveal()
        for place in (old, new):
            self.refresh_lines(place * self.row_height, self.row_height)
        if self.belief:
            self.post_message(self.Moved(self.belief))
        self._need()

    def watch_hover(self, old: int, new: int) -> None:
        for place in (old, new):
            self.refresh_lines(place * self.row_height, self.row_height)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._need()

    def on_resize(self) -> None:
        self._measure()
        self._reveal()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self.hover = event.style.meta.get("row", -1)

    def on_leave(self) -> None:
        self.hover = -1

    def on_click(self, event: events.Click) -> None:
        row = event.style.meta.get("row")
        if row is not None:
            self.cursor = row
            if event.chain > 1:
                self.action_select()

    def action_cursor_down(self) -> None:
        self.cursor += 1

    def action_cursor_up(self) -> None:
        self.cursor -= 1

    def action_first(self) -> None:
        self.cursor = 0

    def action_last(self) -> None:
        self.cursor = self.total - 1

    def action_page_down(self) -> None:
        self.cursor += self._page

    def action_page_up(self) -> None:
        self.cursor -= self._page

    def action_select(self) -> None:
        """Open the belief under the cursor; where its row is on its way, once it is there."""
        if self.belief:
            self.post_message(self.Chosen(self.belief))
        self._opening = self.belief is None and self.total > 0

    @property
    def _page(self) -> int:
        return max(1, self.size.height // self.row_height - 1)

    def _measure(self) -> None:
        self.virtual_size = Size(self.width, self.total * self.row_height)
        self.post_message(self.Resized())
        self.refresh()

    def _reveal(self) -> None:
        height = self.row_height
        self.scroll_to_region(Region(0, self.cursor * height, 1, height), animate=False, force=True)


def _cell(content: Content, width: int) -> Content:
    """Return the content in a column of this width, with a cell between it and the next."""
    return content.truncate(width - 1, ellipsis=True, pad=True).pad_right(1)


def head(width: int) -> Content:
    """Return the names of the columns of a table with rows this wide; empty where it has none."""
    if width < COLUMNS_FROM:
        return Content("")
    text = width - _SIGN - sum(each for _, each in _COLUMNS)
    line = " " * _SIGN + "belief".ljust(text) + "".join(name.ljust(each) for name, each in _COLUMNS)
    return Content.styled(line, "$quiet")
