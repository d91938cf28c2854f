"""Timeline: a week, a day with its episodes and gaps, and down to what was seen in each, text and picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from gum.client import EpisodeView, ForgetIn, ObservationView
from gum_tui import day as days
from gum_tui import phrases, week
from gum_tui.dialogs.frame import FrameDialog, Kept
from gum_tui.inert import inert
from gum_tui.keys import TIMELINE, bindings
from gum_tui.remote import Remote
from gum_tui.screens.excluding import Excluding
from gum_tui.screens.forgetting import Forgetting
from gum_tui.screens.section import OpenIn
from gum_tui.widgets import stretch as words
from gum_tui.widgets.band import Band
from gum_tui.widgets.items import Items
from gum_tui.widgets.legend import Legend
from gum_tui.widgets.reading import Reading

DAY, STRETCH, SEEN = "day:", "stretch:", "seen:"
"""What a row is: a day of the week, a stretch of the day, an observation of an episode."""

MOST_OBSERVATIONS = 500
NOTHING_SEEN = "[ goes to the day before, w shows the week."
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


@dataclass
class WeekRead(Message):
    """The daemon told a week."""

    first: date
    days: list[days.Day]


class TimelineSection(Forgetting, Excluding):
    """Levels: the week's days, a day's stretches, an episode's observations; the text under the cursor at the side."""

    MODE = "timeline"
    KEYS = TIMELINE
    BINDINGS: ClassVar[list[BindingType]] = bindings(TIMELINE)
    CSS_PATH = "timeline.tcss"
    HELP_TEXT = (
        "A day from its first to its last sign of life. Each row is an episode, one stretch of one activity, or a "
        "gap with the reason why nothing was seen. enter goes into an episode and shows what was observed, with the "
        "text that was read and, at ▣, its picture (v); escape goes back, from the day to the week. i shows what was "
        "inferred from it. A click on the band goes to that time of the day."
    )

    def __init__(self, remote: Remote) -> None:
        super().__init__(remote)
        self.date: date | None = None
        self._day: days.Day | None = None
        self._episode: EpisodeView | None = None
        self._observations: dict[int, list[ObservationView]] = {}
        self._moment: datetime | None = None
        self._read: str | None = None  # the row whose text is at the side
        self._week: list[days.Day] | None = None

    def body(self) -> Iterable[Widget]:
        with Vertical(id="day"):
            yield Static(id="trail", markup=False)
            yield Static(id="hours", markup=False)
            yield Band(id="band", marked=True)
            yield Legend(id="legend")
        with Horizontal(id="split"):
            yield Items(id="rows")
            with Reading(id="detail"):
                yield Static(id="text", markup=False)

    def on_mount(self) -> None:
        self.query_one(Items).focus()

    # ------------------------------------------------------------------ reading

    def reload(self) -> None:
        now = self.remote.now
        shown = self.date or now.astimezone().date()
        if self._week is not None:
            first = week.monday(shown)
            self.read("week", lambda client: WeekRead(first, week.read(client, first, now)), _itself)
            return
        self.read("day", lambda client: days.read(client, shown, now), DayRead)
        if self._episode:
            self._ask_observations(self._episode.id)

    def on_day_read(self, message: DayRead) -> None:
        if self.date not in {None, message.day.date} or self._week is not None:
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

    def on_week_read(self, message: WeekRead) -> None:
        if self._week is None or message.first != week.monday(self._shown_date):
            return
        self._week = message.days
        apps = week.applications(message.days)
        items = self._rows(DAY)
        items.show([(f"{DAY}{each.date}", week.row(each, apps)) for each in message.days])
        items.choose(f"{DAY}{self._shown_date}")
        self.query_one("#hours", Static).update(week.hours())
        self._show_trail()

    # ------------------------------------------------------------------ showing

    def _show_stretches(self) -> None:
        if self._day is None:
            return
        rows = [(f"{STRETCH}{place}", words.row(each, self._day)) for place, each in enumerate(self._day.stretches)]
        items = self._rows(STRETCH)
        items.show(rows)
        if self._moment:
            items.choose(f"{STRETCH}{self._at(self._moment)}")
            self._moment = None
        self._show_text()

    def _show_observations(self, observations: Sequence[ObservationView] | None) -> None:
        """Show what was seen in the episode; None is the time before the daemon's answer."""
        items = self._rows(SEEN)
        items.empty = "…" if observations is None else "No observation of it is kept."
        items.show([(f"{SEEN}{each.id}", words.observation_row(each)) for each in observations or ()])
        self._show_text()

    def _rows(self, level: str) -> Items:
        """Return the list for rows of this level; one that shows another level begins at its first row."""
        items = self.query_one(Items)
        if not (items.chosen or "").startswith(level):
            items.clear_options()
        items.empty = NOTHING_SEEN
        return items

    def _show_text(self) -> None:
        """Show at the side what is under the cursor, and mark it on the band."""
        text = self.query_one("#text", Static)
        if self._week is not None:
            return
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
        if self._week is not None:
            trail = Content(week.title(week.monday(self._shown_date)))
        if self._episode:
            started = phrases.clock(self._episode.started_at)
            trail = Content.assemble(trail, (" › ", "$quiet"), f"{started} {words.title(self._episode)}")
        self.query_one("#trail", Static).update(trail.stylize("bold"))

    # ------------------------------------------------------------------ what is under the cursor

    @property
    def _shown_date(self) -> date:
        return self.date or self.remote.now.astimezone().date()

    def _stretch(self) -> days.Stretch | None:
        chosen = self._chosen(STRETCH)
        if chosen is None or self._day is None or int(chosen) >= len(self._day.stretches):
            return None
        return self._day.stretches[int(chosen)]

    def _chosen(self, level: str) -> str | None:
        """Return what the row under the cursor stands for, if it is of this level: keys are quicker than the daemon."""
        id = self.query_one(Items).chosen or ""
        return id.removeprefix(level) if id.startswith(level) else None

    def _observation(self) -> ObservationView | None:
        chosen, episode = self._chosen(SEEN), self._episode
        seen = self._observations.get(episode.id, []) if episode else []
        return next((each for each in seen if str(each.id) == chosen), None)

    def _at(self, moment: datetime) -> int:
        stretches = self._day.stretches if self._day else ()
        after = [place for place, each in enumerate(stretches) if each.ended_at > moment]
        return after[0] if after else max(len(stretches) - 1, 0)

    def on_option_list_option_highlighted(self, message: Items.OptionHighlighted) -> None:
        if message.option_id != self._read:
            self._read = message.option_id
            self.query_one("#detail", Reading).scroll_home(animate=False)
        self._show_text()

    # ------------------------------------------------------------------ moving

    def on_option_list_option_selected(self) -> None:
        """Go one level down: from the week to a day, into an episode, from an observation to its text."""
        if self._week is not None:
            if chosen := self._chosen(DAY):
                self._show_day(date.fromisoformat(chosen))
            return
        stretch = None if self._episode else self._stretch()
        if stretch and stretch.episode:
            self._episode = stretch.episode
            self._moment = stretch.started_at
            self._show_observations(self._observations.get(stretch.episode.id))
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
        elif self._week is None:
            self.action_week()
        items.focus()

    def action_day(self, step: int) -> None:
        """Show another day, or another week."""
        today = self.remote.now.astimezone().date()
        if self._week is not None:
            self.date = min(self._shown_date + timedelta(days=step * week.DAYS), today)
            self.reload()
        else:
            self._show_day(min(self._shown_date + timedelta(days=step), today))

    def action_week(self) -> None:
        """Show the week of the day, or the day again."""
        if self._week is not None:
            self._show_day(self._shown_date)
            return
        self._week, self._episode = [], None
        self.remove_class("-detail-open")
        self.add_class("-week")
        self.reload()

    def action_today(self) -> None:
        """Show today."""
        self._show_day(self.remote.now.astimezone().date())

    def _show_day(self, shown: date) -> None:
        self.date = shown
        self._leave_week()
        self._episode = None
        self.remove_class("-detail-open")
        self.reload()

    def on_band_pressed(self, message: Band.Pressed) -> None:
        self._go_to(message.moment)

    def open(self, wanted: OpenIn) -> None:
        if wanted.moment:
            self.date = wanted.moment.astimezone().date()
            self._go_to(wanted.moment)

    def _leave_week(self) -> None:
        self._week = None
        self.remove_class("-week")

    def _go_to(self, moment: datetime) -> None:
        self._leave_week()
        self._episode = None
        self._moment = moment
        self.remove_class("-detail-open")
        self.reload()
        self.query_one(Items).focus()

    # ------------------------------------------------------------------ what can be done from here

    @property
    def _under_cursor(self) -> list[ObservationView]:
        """What was observed under the cursor, the newest last."""
        observation, stretch = self._observation(), self._stretch() if self._episode is None else None
        if observation:
            return [observation]
        return self._observations.get(stretch.episode.id, []) if stretch and stretch.episode else []

    def action_inferred(self) -> None:
        """Show the beliefs that have evidence from what is under the cursor."""
        observation, stretch = self._observation(), None if self._episode or self._week is not None else self._stretch()
        episode = self._episode or (stretch.episode if stretch else None)
        if episode is None:
            self.tell("Nothing was seen here, so nothing was inferred from it.")
        elif observation:
            about = f"from {phrases.clock(observation.captured_at)}, one observation"
            self.post_message(OpenIn("propositions", 0, observation=observation.id, about=about))
        else:
            about = f"from {phrases.clock(episode.started_at)} {words.title(episode)}"
            self.post_message(OpenIn("propositions", 0, episode=episode.id, about=about))

    def action_view(self) -> None:
        """Show the pictures of what is under the cursor, the newest first."""
        seen = [each for each in reversed(self._under_cursor) if each.frame]
        if seen:
            self.app.push_screen(FrameDialog(self.remote, [Kept(each.frame, self._about(each)) for each in seen]))
        else:
            self.tell("No picture is kept of this.")

    def _about(self, seen: ObservationView) -> Content:
        name = inert(seen.title) or days.app_name(seen.app)
        return Content.assemble((name, "bold"), (f"\n{phrases.when(seen.captured_at, self.remote.now)}", "$quiet"))

    def action_forget(self) -> None:
        """Forget the observation, the episode or, in the week, the day under the cursor."""
        chosen, observation = self._chosen(DAY), self._observation()
        stretch = None if self._episode or self._week is not None else self._stretch()
        if self._week is not None and chosen:
            start, end = days.bounds(date.fromisoformat(chosen))
            self.forget(f"All that was seen on {phrases.day(start)}", [ForgetIn(since=start, until=end)])
        elif observation:
            moment = observation.captured_at
            selection = ForgetIn(
                since=moment,
                until=moment + timedelta(milliseconds=1),
                app=observation.app[:500],
                title=observation.title[:2000],
            )
            self.forget(f"What was seen at {phrases.clock(moment)} in {days.app_name(observation.app)}", [selection])
        elif stretch and stretch.episode:
            one = stretch.episode
            what = f"{words.title(one)}, {phrases.clock(one.started_at)} to {phrases.clock(one.ended_at)}"
            self.forget(what, [ForgetIn(since=one.started_at, until=one.ended_at, app=one.app[:500])])
        else:
            self.tell("Nothing was seen here, so there is nothing to forget.")

    def gone(self) -> None:
        self._episode = None

    def action_exclude(self) -> None:
        """Choose whether the application, the title or the site is never seen from now on."""
        if not self._under_cursor:
            self.tell("Nothing was seen here, so there is nothing to exclude.")
            return
        self.exclude(self._under_cursor[-1])


def _itself(message: WeekRead) -> WeekRead:
    return message
