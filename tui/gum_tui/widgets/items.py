"""A list that a person walks with arrows, vim keys or the mouse; it keeps its place when its rows change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from gum_tui.keys import LIST, bindings


class Items(OptionList):
    """Rows of plain content, each with an id, or with none for a heading; nothing in them is read as markup."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(LIST)

    def __init__(self, *, id: str | None = None, empty: str = "", ruled: bool = False) -> None:
        """`empty` is what an empty list says; `ruled` draws a line between rows of several lines."""
        super().__init__(id=id, markup=False)
        self._ruled = ruled
        self.empty = empty

    def show(self, rows: Sequence[tuple[str | None, Content]]) -> None:
        """Show these rows; the cursor stays on the row it was on, or near it, and on no heading."""
        chosen = self.chosen
        place = self.highlighted or 0
        ruled = self._ruled and any("\n" in content.plain for _, content in rows)
        options: list[Option | None] = []
        for id, content in rows:
            options += [None] if ruled and options else []
            options.append(Option(content, id=id, disabled=id is None))
        self.set_options(options)
        if not rows:
            self.add_option(Option(Content.styled(self.empty, "$quiet"), disabled=True))
            return
        ids = [id for id, _ in rows]
        near = min((abs(at - place), at) for at, id in enumerate(ids) if id is not None)[1]
        self.highlighted = ids.index(chosen) if chosen is not None and chosen in ids else near

    def _move_page(self, direction: Literal[-1, 1]) -> None:
        """Move the cursor by a page; a list without room for one line has none."""
        if self.scrollable_content_region:
            super()._move_page(direction)

    @property
    def chosen(self) -> str | None:
        """The id of the row under the cursor."""
        option = self.highlighted_option
        return option.id if option else None

    def choose(self, id: str) -> None:
        """Put the cursor on the row of this id, when it is there."""
        for place, option in enumerate(self.options):
            if option.id == id:
                self.highlighted = place
