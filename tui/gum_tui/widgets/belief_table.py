"""Beliefs as a table that draws only what is in sight, so that its length costs nothing.

A narrow table gives each belief two lines, the sentence and what is known of it; a wide one has columns.
"""

from __future__ import annotations

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
from textual.visual import Visual

from gum.client import PropositionView
from gum_tui import phrases
from gum_tui.keys import LIST, bindings
from gum_tui.widgets import belief as words
from gum_tui.widgets.probability import bar_in_words

COLUMNS_FROM = 118
"""Width in cells from which there are columns."""

AHEAD = 30
"""How many rows before the end of what is loaded the next page is asked for."""

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

    class NearEnd(Message):
        """The end of the rows is near; show more if there are more."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: list[PropositionView] = []
        self._now = datetime.now().astimezone()

    # ------------------------------------------------------------------ what it shows

    @property
    def belief(self) -> PropositionView | None:
        """The belief under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def show(self, rows: Sequence[PropositionView], now: datetime) -> None:
        """Show these rows in place of those before."""
        chosen = self.belief
        self.rows, self._now = _once(rows), now
        ids = [row.id for row in self.rows]
        place = ids.index(chosen.id) if chosen and chosen.id in ids else min(self.cursor, max(len(ids) - 1, 0))
        self._measure()
        self.set_reactive(BeliefTable.cursor, place)
        self._reveal()
        self.refresh()
        self.post_message(self.Moved(self.belief))

    def append(self, rows: Sequence[PropositionView]) -> None:
        """Add the next page; what is already there is not shown twice."""
        self.rows = _once([*self.rows, *rows])
        self._measure()

    def clear(self) -> None:
        """Forget rows and cursor; what was shown stays in sight until `show`."""
        self.rows = []
        self.set_reactive(BeliefTable.cursor, 0)

    def replace(self, belief: PropositionView) -> None:
        """Show a belief as it stands now; it keeps its place."""
        for place, row in enumerate(self.rows):
            if row.id == belief.id:
                self.rows[place] = belief
                self.refresh()

    def choose(self, id: int) -> bool:
        """Put the cursor on a belief; return whether it is in the table."""
        for place, row in enumerate(self.rows):
            if row.id == id:
                self.cursor = place
                return True
        return False

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
        if place >= len(self.rows):
            return Strip.blank(width, self.rich_style)
        visual_style = self.visual_style
        if place == self.cursor:
            visual_style = self.get_visual_style("belief-table--cursor")
        elif place == self.hover:
            visual_style = self.get_visual_style("belief-table--hover")
        content = self._line(self.rows[place], line, width).truncate(width, ellipsis=True)
        strips = Visual.to_strips(self, content, width, 1, visual_style)
        return strips[0].extend_cell_length(width, visual_style.rich_style).apply_meta({"row": place})

    def _line(self, belief: PropositionView, line: int, width: int) -> Content:
        sign = Content.styled(f" {words.sign(belief)} ", words.sign_colour(belief))
        if self.in_columns:
            return Content("").join([sign, *self._cells(belief, width - _SIGN)])
        if line == 0:
            return Content("").join([sign, words.sentence(belief)])
        return Content("").join([Content(" " * _SIGN), words.about(belief, self._now)])

    def _cells(self, belief: PropositionView, width: int) -> list[Content]:
        text = width - sum(each for _, each in _COLUMNS)
        return [
            _cell(words.sentence(belief), text),
            _cell(bar_in_words(belief.probability), _COLUMNS[0][1]),
            _cell(Content.styled(belief.kind.value, "$quiet"), _COLUMNS[1][1]),
            _cell(Content.styled(belief.durability.value, "$quiet"), _COLUMNS[2][1]),
            _cell(Content.styled(phrases.ago(belief.last_supported, self._now), "$quiet"), _COLUMNS[3][1]),
        ]

    # ------------------------------------------------------------------ moving

    def validate_cursor(self, place: int) -> int:
        return min(max(place, 0), max(len(self.rows) - 1, 0))

    def watch_cursor(self, old: int, new: int) -> None:
        self._reveal()
        for place in (old, new):
            self.refresh_lines(place * self.row_height, self.row_height)
        self.post_message(self.Moved(self.belief))
        if self.cursor >= len(self.rows) - AHEAD:
            self.post_message(self.NearEnd())

    def watch_hover(self, old: int, new: int) -> None:
        for place in (old, new):
            self.refresh_lines(place * self.row_height, self.row_height)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        last = int(new_value + self.size.height) // self.row_height
        if last >= len(self.rows) - AHEAD:
            self.post_message(self.NearEnd())

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
        self.cursor = len(self.rows) - 1

    def action_page_down(self) -> None:
        self.cursor += self._page

    def action_page_up(self) -> None:
        self.cursor -= self._page

    def action_select(self) -> None:
        if self.belief:
            self.post_message(self.Chosen(self.belief))

    @property
    def _page(self) -> int:
        return max(1, self.size.height // self.row_height - 1)

    def _measure(self) -> None:
        self.virtual_size = Size(self.width, len(self.rows) * self.row_height)
        self.post_message(self.Resized())
        self.refresh()

    def _reveal(self) -> None:
        height = self.row_height
        self.scroll_to_region(Region(0, self.cursor * height, 1, height), animate=False, force=True)


def _once(rows: Sequence[PropositionView]) -> list[PropositionView]:
    """Return the rows without those that pages told twice, as happens when rows move between two askings."""
    return list({row.id: row for row in rows}.values())


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
