"""An episode boiled down to what counting needs; kept between calls for the episodes still in the history."""

from __future__ import annotations

import sys
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from gum.protocols import EpisodeContext
from gum.records import Episode, Observation, Trust
from gum_models.statistical import apps, titles
from gum_models.statistical.apps import Role
from gum_models.statistical.titles import Title

T = TypeVar("T")

# What was seen is taken to last this long when nothing else shows.
HOLD = timedelta(seconds=60)
# Where each reader's result lies in a sighting: a list takes a third of the room of a mapping.
_PLACES: dict[Callable[..., Any], int] = {}
_UNKNOWN = object()
# The texts of so many episodes are held in memory from one call to the next.
MOST_HELD = 16


class Text:
    """A text of a sighting: its words are read again when they are asked for, so that a long history stays small."""

    __slots__ = ("_words", "captured_at", "id", "kind", "title", "trust", "until")

    def __init__(self, seen: Observation, words: Words) -> None:
        self._words = words
        self.id = seen.id
        self.kind = sys.intern(seen.kind)
        self.title = sys.intern(seen.title)
        self.trust = seen.trust
        self.captured_at = seen.captured_at
        self.until = seen.until if seen.until != seen.captured_at else seen.captured_at

    @property
    def text(self) -> str:
        """The words."""
        return self._words.of(self.id)


class Words:
    """What the texts of one episode say."""

    __slots__ = ("_episode", "_library")

    def __init__(self, episode: int, library: Library) -> None:
        self._episode, self._library = episode, library

    def of(self, id: int) -> str:
        """Return the text of an observation, an empty one when it is gone."""
        return self._library.texts(self._episode).get(id, "")


class Library:
    """Reads the texts of episodes when they are asked for, and holds those asked for last."""

    def __init__(self) -> None:
        self.read: Callable[[int], Iterable[Observation]] = lambda _: ()
        self._held: OrderedDict[int, dict[int, str]] = OrderedDict()

    def hold(self, episode: int, observations: Iterable[Observation]) -> Words:
        """Hold the texts of an episode for now; return what gives them at any time."""
        self._held[episode] = {seen.id: seen.text for seen in observations if seen.text}
        return Words(episode, self)

    def texts(self, episode: int) -> dict[int, str]:
        """Return the texts of an episode by observation."""
        if episode not in self._held:
            self.hold(episode, self.read(episode))
        self._held.move_to_end(episode)
        return self._held[episode]

    def let_go(self) -> None:
        """Let go of all but the last few."""
        while len(self._held) > MOST_HELD:
            self._held.popitem(last=False)


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """One window title of an episode, with what was counted while it was in front.

    `texts` are the observations with text, oldest first; `shown` is one observation that carries the title.
    What is read from it is kept with it, so that it is read once however long the history grows.
    """

    episode: int
    app: str
    role: Role
    title: Title
    raw_title: str
    url: str
    shown: Text
    texts: tuple[Text, ...]
    started: datetime
    seconds: float
    keys: int
    clicks: int
    scrolls: int
    _known: list[Any] = field(default_factory=list, repr=False)

    def once(self, read: Callable[[Sighting], T]) -> T:
        """Return what `read` makes of the sighting; it is called the first time only."""
        place = _PLACES.setdefault(read, len(_PLACES))
        if place >= len(self._known):
            self._known.extend([_UNKNOWN] * (place + 1 - len(self._known)))
        if self._known[place] is _UNKNOWN:
            self._known[place] = read(self)
        found: T = self._known[place]
        return found

    @property
    def day(self) -> date:
        """The local day."""
        return self.started.date()

    @property
    def tool(self) -> str:
        """What people call the application."""
        return apps.lookup(self.app)[1]

    @property
    def typed(self) -> tuple[Text, ...]:
        """The texts that the person typed."""
        return tuple(text for text in self.texts if text.kind == "typed")


@dataclass(frozen=True, slots=True)
class Digest:
    """What counting needs of one episode: its windows in order of appearance."""

    episode: int
    started: datetime
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class View:
    """What every finder looks at: this episode and those before it, oldest first."""

    current: Digest
    past: tuple[Digest, ...]
    now: datetime
    own_names: tuple[str, ...]

    @property
    def all(self) -> tuple[Digest, ...]:
        """Every episode, this one last."""
        return (*self.past, self.current)

    def sightings(self, *, past: bool = True) -> list[Sighting]:
        """Return the windows of all episodes, or of this one alone."""
        digests = self.all if past else (self.current,)
        return [sighting for digest in digests for sighting in digest.sightings]


class Digests:
    """Makes digests and keeps those of the present history, so that an episode is read once.

    An episode that left the history (forgotten, or too old) leaves the memory at the next call.  Texts are read again
    when they are needed, for all that is read from one stays with its sighting.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[int, int], Digest] = {}
        self._library = Library()

    @contextmanager
    def view(self, context: EpisodeContext) -> Iterator[View]:
        """Yield the view of a context; every text that is read meanwhile is held until the end of the block."""
        self._library.read = context.earlier
        past: dict[tuple[int, int], Digest] = {}
        for episode in context.history:
            key = (episode.id, hash(episode.observations))
            past[key] = self._kept.get(key) or digest(episode, context.earlier(episode.id), self._library)
        self._kept = past
        current = digest(context.episode, context.observations, self._library)
        try:
            yield View(current, tuple(past.values()), context.now, _own_names(context))
        finally:
            self._library.let_go()


def digest(episode: Episode, observations: Iterable[Observation], library: Library) -> Digest:
    """Group an episode's observations by window title and count what happened in each."""
    ordered = sorted(observations, key=lambda seen: (seen.captured_at, seen.id))
    groups: dict[tuple[str, str], list[tuple[Observation, float]]] = {}
    last = (episode.app, episode.document)
    for seen, seconds in zip(ordered, _seconds(ordered), strict=True):
        if seen.app or seen.title:
            last = (seen.app, titles.unmarked(seen.title))
        groups.setdefault(last, []).append((seen, seconds))
    local = ordered[0].captured_at if ordered else episode.started_at
    words = library.hold(episode.id, ordered)
    return Digest(episode.id, local, tuple(_sighting(episode, key, group, words) for key, group in groups.items()))


def _sighting(
    episode: Episode, key: tuple[str, str], group: Sequence[tuple[Observation, float]], words: Words
) -> Sighting:
    app, raw = (sys.intern(part) for part in key)
    members = [seen for seen, _ in group]
    return Sighting(
        episode=episode.id,
        app=app,
        role=apps.lookup(app)[0],
        title=titles.parse(raw, app),
        raw_title=raw,
        url=next((seen.url for seen in members if seen.url), ""),
        shown=Text(next((seen for seen in members if seen.kind == "window"), members[0]), words),
        texts=tuple(Text(seen, words) for seen in members if seen.text),
        started=members[0].captured_at,
        seconds=sum(seconds for _, seconds in group),
        keys=_counted(members, "keys"),
        clicks=_counted(members, "clicks"),
        scrolls=_counted(members, "scrolls"),
    )


def _seconds(ordered: Sequence[Observation]) -> list[float]:
    """Return for each observation how long what it shows lasted.

    It lasts until the next one, or until its title's signs end: a minute after the last one, or as far as one reaches.
    """
    spans = []
    reach: dict[tuple[str, str], datetime] = {}
    for seen, after in zip(ordered, [*ordered[1:], None], strict=True):
        key = (seen.app, seen.title)
        hold = HOLD if after else timedelta()
        reach[key] = max(reach.get(key, seen.until), seen.until, seen.captured_at + hold)
        ends = min(reach[key], after.captured_at) if after else reach[key]
        spans.append((ends - seen.captured_at).total_seconds())
    return spans


def _counted(members: Sequence[Observation], what: str) -> int:
    """Return the keys, clicks or scrolls; kinds of observation may count the same ones, so the largest sum holds."""
    sums: Counter[str] = Counter()
    for seen in members:
        sums[seen.kind] += getattr(seen, what)
    return max(sums.values(), default=0)


def _own_names(context: EpisodeContext) -> tuple[str, ...]:
    """Return what the settings call the person; several names are separated by commas."""
    return tuple(part.strip() for part in context.user_name.split(",") if part.strip())


def trusted(seen: Text) -> bool:
    """Say whether the text is the person's own: typed, stated, or in a document that they edit."""
    return seen.trust in (Trust.TYPED, Trust.STATED, Trust.DOCUMENT)
