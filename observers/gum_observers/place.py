"""Where the person is, and how much they typed there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from gum.protocols import Desktop, Snapshot
from gum.records import Capture, InputCounts, Window

NOTHING = InputCounts()


@dataclass(frozen=True, slots=True)
class Place:
    """The active window, as far as it may be known; moving a window does not change the place.

    Application and title are empty in an excluded window, behind a lock screen and where nothing has
    the focus; `window` is None there.
    """

    id: int
    app: str
    title: str
    excluded: bool
    locked: bool
    window: Window | None = field(compare=False)

    @staticmethod
    def of(snapshot: Snapshot) -> Place:
        window = None if snapshot.locked else snapshot.active
        return Place(
            id=window.id if window else 0,
            app=window.app if window else "",
            title=window.title if window else "",
            excluded=snapshot.active_excluded and not snapshot.locked,
            locked=snapshot.locked,
            window=window,
        )

    def same_window(self, other: Place) -> bool:
        return (self.id, self.excluded, self.locked) == (other.id, other.excluded, other.locked)

    def capture(self, observer: str, kind: str, at: datetime, counts: InputCounts = NOTHING) -> Capture:
        """Return what an observer saw from here."""
        return Capture(
            observer=observer,
            kind=kind,
            captured_at=at,
            app=self.app,
            title=self.title,
            window=self.window,
            input=counts,
            excluded=self.excluded,
            locked=self.locked,
        )


class Tally:
    """Counts input between two takings."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self._before = desktop.input_counts()

    def take(self, until: InputCounts | None = None) -> InputCounts:
        """Return what was typed and clicked since the last taking, and the present idle time.

        `until` ends the span at the totals of an event, where another window came to the front since.
        """
        now, before = self._desktop.input_counts(), self._before
        self._before = end = now if until is None or until.keys < before.keys else until
        return InputCounts(end.keys - before.keys, end.clicks - before.clicks, end.scrolls - before.scrolls, now.idle_s)
