"""Where the person is, as observations of kind 'window': one a stay, lengthened while its window is in front."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from gum.perceive.applications import is_browser, is_mail
from gum.records import Capture, Observation, Trust
from gum.store import Store

LATE = timedelta(seconds=5)  # captures of several observers may arrive this much out of order


@dataclass(frozen=True, slots=True)
class Place:
    """A window with its title, free of secrets; `window` is 0 where the platform gives no id."""

    window: int
    app: str
    title: str
    url: str = ""

    def same(self, other: Place) -> bool:
        return (self.window, self.app, self.title) == (other.window, other.app, other.title)


@dataclass(frozen=True, slots=True)
class Stay:
    """The person in one place; `window` and `screen` are the ids of its running observations, 0 for none."""

    place: Place
    since: datetime
    until: datetime
    window: int = 0
    screen: int = 0
    text: str = ""


class Attention:
    """Follows the person from window to window.  Its methods return the new stay; `hold` makes it the running one.

    So a capture whose commit failed leaves no trace, and may be given again.
    """

    def __init__(self, store: Store, gap: timedelta) -> None:
        self._store = store
        self._gap = gap
        self.stay: Stay | None = None

    def hold(self, stay: Stay | None) -> None:
        """Make the stay the running one; None when the person left, or may not be seen."""
        self.stay = stay

    def at(self, place: Place, capture: Capture, added: list[Observation]) -> Stay | None:
        """Return the stay that a capture of this place belongs to; a new one's observation is put into `added`.

        A capture that comes late, from a place that was left meanwhile, changes nothing.
        """
        at, stay = capture.captured_at, self.stay
        if stay is not None and place.same(stay.place) and self._near(stay, at):
            return self.lengthen(stay, at)
        if stay is not None and timedelta(0) < stay.since - at <= LATE:
            return stay
        if stay is not None and self._near(stay, at):
            self.lengthen(stay, at)
        if not place.app and not place.title:
            return Stay(place, at, at)
        seen = self._store.observations.add(
            Observation(
                observer=capture.observer,
                kind="window",
                captured_at=at,
                until=at,
                app=place.app,
                title=place.title,
                url=place.url,
                trust=_trust_of_title(place.app),
                window=place.window or None,
                source=source_of(capture, "window"),
            )
        )
        added.append(seen)
        return Stay(place, at, at, window=seen.id)

    def lengthen(self, stay: Stay, at: datetime) -> Stay:
        """Return the stay with its window seen up to `at`."""
        if at <= stay.until:
            return stay
        if stay.window:
            self._store.observations.extend(stay.window, at)
        return replace(stay, until=at)

    def _near(self, stay: Stay, at: datetime) -> bool:
        return -LATE <= at - stay.until <= self._gap


def _trust_of_title(app: str) -> Trust:
    """The system tells the title; but that of a page or a mail is chosen by whoever made it."""
    return Trust.UNTRUSTED if is_browser(app) or is_mail(app) else Trust.SYSTEM


def source_of(capture: Capture, kind: str) -> str:
    """Return the source of the observation of this kind that a capture makes; empty when the capture has none."""
    return f"{capture.source}#{kind}" if capture.source else ""
