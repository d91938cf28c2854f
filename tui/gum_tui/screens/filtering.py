"""Searching as one types, filters and order: which beliefs the table of a screen shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from textual import events
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from gum_tui.dialogs.choice import ChoiceDialog
from gum_tui.filters import ANY, FIELDS, SORTS, STATUSES, Filters
from gum_tui.remote import Remote
from gum_tui.screens.section import Section
from gum_tui.widgets.belief import author
from gum_tui.widgets.belief_table import BeliefTable
from gum_tui.widgets.chip import Chip

TYPING_S = 0.12
"""A search starts once the typing has paused for this long."""

LONGEST_QUERY = 500
"""Characters that are searched for; a pasted megabyte is no question."""

CLEAR = "clear"


@dataclass
class EnginesRead(Message):
    """The daemon told which engines have stated beliefs."""

    engines: list[str]


class Filtering(Section):
    """What the field, the chips and their keys do on a screen with a table of beliefs."""

    filters = Filters()

    def __init__(self, remote: Remote) -> None:
        super().__init__(remote)
        self._engines: list[str] = []
        self._typing: Timer | None = None

    def on_mount(self) -> None:
        self._show_filters()

    def ask_engines(self) -> None:
        """Ask which engines can be filtered by."""
        self.read("engines", lambda client: client.engines(), EnginesRead)

    def on_engines_read(self, message: EnginesRead) -> None:
        self._engines = message.engines

    # ------------------------------------------------------------------ the field

    def on_input_changed(self, message: Input.Changed) -> None:
        if self._typing:
            self._typing.stop()
        self._typing = self.set_timer(TYPING_S, lambda: self._search(message.value))

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Search now, and let the next key be for the table."""
        if self._typing:
            self._typing.stop()
        self._search(message.value)
        table = self.query_one(BeliefTable)
        if self.focused is table:  # a second enter, pressed before the field had let go
            table.action_select()
        self.set_focus(table)

    def _search(self, words: str) -> None:
        self.filter(replace(self.filters, query=words.strip()[:LONGEST_QUERY]))

    def on_key(self, event: events.Key) -> None:
        if event.key == "down" and self.query_one("#search").has_focus:
            event.stop()
            self.query_one(BeliefTable).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Let the field have its own slash."""
        return action != "search" or not isinstance(self.focused, Input)

    def action_search(self) -> None:
        """Go to the field at once, so that no letter of a quick search is taken for a verdict."""
        self.set_focus(self.query_one("#search", Input))

    # ------------------------------------------------------------------ the filters

    def filter(self, filters: Filters) -> None:
        """Show what these filters let in."""
        if filters != self.filters:
            self.filters = filters
            self.settle()
            self._show_filters()
            self.query_one(BeliefTable).clear()
            self.reload()

    def _show_filters(self) -> None:
        filters = self.filters
        self.query_one("#status-chip", Chip).show(STATUSES[filters.status][0])
        self.query_one("#filter-chip", Chip).show(filters.words())
        self.query_one("#sort-chip", Chip).show("best match first" if filters.query else SORTS[filters.sort])

    def nothing_here(self) -> str:
        """Return why the table is empty."""
        if self.filters == Filters():
            return "Nothing is believed yet. Beliefs come with what you do, or press a to tell something yourself."
        return "No belief fits. escape clears the search and the filters."

    def action_filter(self) -> None:
        """Choose by what to filter, then the value."""
        chosen = self.filters.chosen
        fields = self._fields()
        choices = {
            name: f"{word:<12} {values.get(chosen.get(name, ANY), '')}" for name, (word, values) in fields.items()
        }
        if chosen or self.filters.about:
            choices[CLEAR] = "clear them all"

        def take(name: str | None) -> None:
            if name == CLEAR:
                self.filter(replace(self.filters, chosen={}, ids=(), episode=None, observation=None, about=""))
            elif name is not None:
                word, values = fields[name]
                self._choose(
                    f"Beliefs of which {word}?", values, chosen.get(name, ANY), lambda v: self.filters.choose(name, v)
                )

        self.app.push_screen(ChoiceDialog("Filter by what?", list(choices.items()), ""), take)

    def _fields(self) -> dict[str, tuple[str, dict[str, str]]]:
        word, values = FIELDS["engine"]
        return FIELDS | {"engine": (word, values | {name: author(name) for name in self._engines})}

    def action_filter_status(self) -> None:
        choices = {name: words for name, (words, _) in STATUSES.items()}
        self._choose("Which beliefs?", choices, self.filters.status, lambda value: replace(self.filters, status=value))

    def action_sort(self) -> None:
        self._choose("In which order?", SORTS, self.filters.sort, lambda value: replace(self.filters, sort=value))

    def _choose(self, heading: str, choices: dict[str, str], present: str, chosen: Callable[[str], Filters]) -> None:
        def take(value: str | None) -> None:
            if value is not None:
                self.filter(chosen(value))

        self.app.push_screen(ChoiceDialog(heading, list(choices.items()), present), take)
