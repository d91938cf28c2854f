"""Timeline: a day, its episodes and gaps, and down to what was seen in each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from gum.client import EpisodeView, ObservationView
from gum_tui import day as days
from gum_tui import phrases
from gum_tui.keys import TIMELINE, bindings
from gum_tui.remote import Remote
from gum_tui.screens.section import OpenIn, Section
from gum_tui.widgets import stretch as words
from gum_tui.widgets.band import Band
from gum_tui.widgets.items import Items
from gum_tui.widgets.legend import Legend

MOST_OBSERVATIONS = 500
LOOKED_INTO = 40
"""Observations of an episode that are listed beside it before it is opened."""


@dataclass
class DayRead(Message):
    """The daemon told a day."""

    day: days.Day


@dataclass
class ObservationsRead(Message):
    """The daemon told what was seen in an episode."""

    episode: int
    observations: list[ObservationView]


class TimelineSection(Section):
    """Levels: the day's stretches, an episode's observations; the text of what is under the cursor at the side."""

    MODE = "timeline"
    KEYS = TIMELINE
    BINDINGS: ClassVar[list[BindingType]] = bindings(TIMELINE)
    CSS_PATH = "timeline.tcss"
    HELP_TEXT = (
        "A day from its first to its last sign of life. Each row is an episode, one stretch of one activity, or a "
        "gap with the reason why nothing was seen. enter goes into an episode and shows what was observed, with the "
        "text that was read; escape goes back. A click on the band goes to that time of the day."
    )

    def __init__(self, remote: Remote) -> None:
        super().__init__(remote)
        self.date: date | None = None
        self._day: days.Day | None = None
        self._episode: EpisodeView | None = None
        self._observations: dict[int, list[ObservationView]] = {}
        self._moment: datetime | None = None

    def body(self) -> Iterable[Widget]:
        with Vertical(id="day"):
            yield Static(id="trail", markup=False)
            yield Band(id="band", marked=True)
            yield Legend(id="legend")
        with Horizontal(id="split"):
            yield Items(id="rows", empty="Nothing was seen on this day.")
            with VerticalScroll(id="detail"):
                yield Static(id="text", markup=False)

    def on_mount(self) -> None:
        self.query_one(Items).focus()

    # ------------------------------------------------------------------ reading

    def reload(self) -> None:
        now = self.remote.now
        shown = self.date or now.astimezone().date()
        self.read("day", lambda client: days.read(client, shown, now), DayRead)
        if self._episode:
            self._ask_observations(self._episode.id)

    def on_day_read(self, message: DayRead) -> None:
        if self.date not in {None, message.day.date}:
            return
        self._day = message.day
        self.query_one(Band).show(message.day)
        self.query_one(Legend).show(message.day)
        if self._episode is None:
            self._show_stretches()
        self._show_trail()

    def _ask_observations(self, episode: int) -> None:
        self.read(
            "observations",
            lambda client: client.observations(episode=episode, limit=MOST_OBSERVATIONS),
            lambda page: ObservationsRead(episode, page.items),
        )

    def on_observations_read(self, message: ObservationsRead) -> None:
        self._observations[message.episode] = message.observations
        if self._episode and self._episode.id == message.episode:
            self._show_observations(message.observations)
        else:
            self._show_text()

    # ------------------------------------------------------------------ showing

    def _show_stretches(self) -> None:
        if self._day is None:
            return
        rows = [(str(place), words.row(each, self._day)) for place, each in enumerate(self._day.stretches)]
        items = self.query_one(Items)
        items.show(rows)
        if self._moment:
            items.choose(str(self._at(self._moment)))
            self._moment = None
        self._show_text()

    def _show_observations(self, observations: Sequence[ObservationView]) -> None:
        self.query_one(Items).show([(str(each.id), words.observation_row(each)) for each in observations])
        self._show_text()

    def _show_text(self) -> None:
        """Show at the side what is under the cursor, and mark it on the band."""
        text = self.query_one("#text", Static)
        if self._episode:
            observation = self._observation()
            text.update(words.observation(observation) if observation else Content("…"))
            return
        stretch = self._stretch()
        self.query_one(Band).choose(stretch)
        if stretch is None:
            text.update("")
        elif stretch.episode is None:
            text.update(words.gap(stretch))
        else:
            seen = self._observations.get(stretch.episode.id)
            text.update(words.episode(stretch.episode, (seen or [])[:LOOKED_INTO]))
            if seen is None:
                self._ask_observations(stretch.episode.id)

    def _show_trail(self) -> None:
        shown = self._day.date if self._day else self.date
        trail = Content(phrases.day(days.bounds(shown)[0]) if shown else "")
        if self._episode:
            started = phrases.clock(self._episode.started_at)
            trail = Content.assemble(trail, (" › ", "$quiet"), f"{started} {words.title(self._episode)}")
        self.query_one("#trail", Static).update(trail.stylize("bold"))

    # ------------------------------------------------------------------ what is under the cursor

    def _stretch(self) -> days.Stretch | None:
        chosen = self.query_one(Items).chosen
        if chosen is None or self._day is None or int(chosen) >= len(self._day.stretches):
            return None
        return self._day.stretches[int(chosen)]

    def _observation(self) -> ObservationView | None:
        chosen, episode = self.query_one(Items).chosen, self._episode
        seen = self._observations.get(episode.id, []) if episode else []
        return next((each for each in seen if str(each.id) == chosen), None)

    def _at(self, moment: datetime) -> int:
        stretches = self._day.stretches if self._day else ()
        after = [place for place, each in enumerate(stretches) if each.ended_at > moment]
        return after[0] if after else max(len(stretches) - 1, 0)

    def on_option_list_option_highlighted(self) -> None:
        self._show_text()

    # ------------------------------------------------------------------ moving

    def on_option_list_option_selected(self) -> None:
        """Go one level down: from the day into an episode, from an observation to its text."""
        stretch = None if self._episode else self._stretch()
        if stretch and stretch.episode:
            self._episode = stretch.episode
            self._moment = stretch.started_at
            self._show_observations(self._observations.get(stretch.episode.id, []))
            self._ask_observations(stretch.episode.id)
            self._show_trail()
        elif self._episode or stretch:
            self.add_class("-detail-open")
            self.query_one("#detail").focus()

    def action_back(self) -> None:
        """Go one level up."""
        items = self.query_one(Items)
        if self.query_one("#detail").has_focus or self.has_class("-detail-open"):
            self.remove_class("-detail-open")
        elif self._episode:
            self._episode = None
            self._show_stretches()
            self._show_trail()
        items.focus()

    def action_day(self, step: int) -> None:
        """Show another day."""
        today = self.remote.now.astimezone().date()
        self._show_day(min((self.date or today) + timedelta(days=step), today))

    def action_today(self) -> None:
        """Show today."""
        self._show_day(self.remote.now.astimezone().date())

    def _show_day(self, shown: date) -> None:
        self.date = shown
        self._episode = None
        self.remove_class("-detail-open")
        self.reload()

    def on_band_pressed(self, message: Band.Pressed) -> None:
        self._go_to(message.moment)

    def open(self, wanted: OpenIn) -> None:
        if wanted.moment:
            self.date = wanted.moment.astimezone().date()
            self._go_to(wanted.moment)

    def _go_to(self, moment: datetime) -> None:
        self._episode = None
        self._moment = moment
        self.remove_class("-detail-open")
        self.reload()
        self.query_one(Items).focus()
