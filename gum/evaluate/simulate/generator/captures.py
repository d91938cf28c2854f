"""From views to captures, as the observers of windows, screen and activity give them.

A capture of the kind 'frame' carries in `text` what a reader is to see; whoever feeds it turns that into pixels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from gum.evaluate.simulate.generator import screen
from gum.evaluate.simulate.generator.person import Person
from gum.evaluate.simulate.generator.view import View
from gum.records import Capture, InputCounts, Rect, Window

AREA = Rect(0, 0, 1920, 1080)
_SHARING = frozenset({"browsing", "mail", "chat", "commands", "settings"})
_NONE = InputCounts()
_HEARTBEAT = timedelta(seconds=100)
_SETTLED = timedelta(milliseconds=700)
_SENT = frozenset({"mail", "chat", "commands"})  # what is typed there leaves no unsaved document


@dataclass(frozen=True, slots=True)
class Shown:
    """The captures of one view, with its title and the last text, by which is known what could be read."""

    captures: tuple[Capture, ...]
    title: str
    text: str


class Camera:
    """Turns the views of one person into captures."""

    def __init__(self, person: Person, rng: Random) -> None:
        self._person = person
        self._rng = rng
        self._ids: dict[tuple[str, str], int] = {}
        self._source = f"simulated-{person.seed}"
        self._count = 0

    def shoot(self, view: View, at: datetime) -> Shown:
        """Return what the observers tell of a view that begins at an instant."""
        texts = screen.texts_of(view, self._person, self._rng)
        title = screen.title_of(view, self._person, self._rng, dirty=False)
        found = [self._capture("windows", "window", at, view, title)]
        found += self._frames(view, at, title, texts)
        return Shown(tuple(found), title, texts[-1])

    def leave(self, at: datetime) -> Capture:
        """Return the locking of the screen."""
        self._count += 1
        return Capture("screen", "frame", at, locked=True, source=f"{self._source}/{self._count}")

    def _frames(self, view: View, at: datetime, title: str, texts: list[str]) -> Iterator[Capture]:
        """Yield what is seen: the window, each line that is typed, and now and then the window again."""
        yield self._capture("screen", "frame", at + _SETTLED, view, title, texts[0])
        shown = title
        if view.typed and view.app.use not in _SENT:
            shown = screen.title_of(view, self._person, Random(title), dirty=True)
        moment = at + _SETTLED
        for number, text in enumerate(texts[1:], start=1):
            moment = at + timedelta(seconds=max(2.0, view.seconds * number / (len(texts) + 0.5)))
            keys = int(len(view.typed[number - 1]) * self._rng.uniform(1.0, 1.25)) + 1
            if number == len(view.typed):
                yield self._activity(view, moment - timedelta(seconds=0.3), shown)
            yield self._capture("screen", "frame", moment, view, shown, text, InputCounts(keys=keys))
        end = at + timedelta(seconds=view.seconds)
        while (moment := moment + _HEARTBEAT) < end - timedelta(seconds=1):
            yield self._capture("screen", "frame", moment, view, shown, texts[-1])
        if not view.typed:
            yield self._activity(view, end - timedelta(seconds=0.6), shown)
        yield self._capture("windows", "window", end - timedelta(seconds=0.4), view, shown)

    def _activity(self, view: View, at: datetime, title: str) -> Capture:
        keys = sum(len(line) + 2 for line in view.typed)
        counts = InputCounts(keys=keys, clicks=view.clicks, scrolls=view.scrolls)
        return self._capture("activity", "activity", at, view, title, counts=counts)

    def _window(self, view: View) -> int:
        """Return the window's id: pages, mails and chats share one, every other document has its own."""
        key = view.app.key, "" if view.app.use in _SHARING else view.document
        return self._ids.setdefault(key, 40 + len(self._ids))

    def _capture(
        self,
        observer: str,
        kind: str,
        at: datetime,
        view: View,
        title: str,
        text: str = "",
        counts: InputCounts = _NONE,
    ) -> Capture:
        self._count += 1
        return Capture(
            observer=observer,
            kind=kind,
            captured_at=at,
            app=view.app.window_class,
            title=title,
            text=text,
            window=Window(self._window(view), view.app.window_class, title, None, AREA, AREA),
            input=counts,
            source=f"{self._source}/{self._count}",
        )
