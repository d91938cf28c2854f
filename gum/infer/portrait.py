"""A short readable summary of the person, made of propositions and of nothing else.

Seven headings cover the three sides by which people are described: social identity (people, work), personal identity
(habits, preferences, tools) and life context (now, life).  Under each stand sentences with the propositions that they
say; several that begin alike become one sentence.  Only what is believed and shown by default appears, each with the
word for its probability; what is of a sensitive category only while that category is allowed.

An engine that can write may put a section into prose.  The prose is shown beside the sentences and only when every
number and name in it stands in them; it is dropped otherwise.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gum.clock import Clock
from gum.errors import EngineError
from gum.infer.audit.rules import JUDGEMENT, touched
from gum.infer.shown import believed
from gum.protocols import Writing
from gum.records import Durability, Kind, Proposition, Theme
from gum.store import Store
from gum.wire import in_words

MOST_SENTENCES = 8
MOST_JOINED = 6
SHARED = 3
"""Words with which all that one sentence says must begin, at least."""
AHEAD = timedelta(days=14)
RECENT = timedelta(days=2)
KEPT = 16


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: its theme, its title, and which side of a person it covers."""

    theme: str
    title: str
    covers: str


HEADINGS = (
    Heading("now", "Now", "life context"),
    Heading("projects", "Work and projects", "social identity"),
    Heading("people", "People", "social identity"),
    Heading("habits", "Habits", "personal identity"),
    Heading("preferences", "Preferences and interests", "personal identity"),
    Heading("tools", "Tools", "personal identity"),
    Heading("life", "Life", "life context"),
)
_OF_THEME = {
    Theme.WORK: "projects",
    Theme.PROJECTS: "projects",
    Theme.PEOPLE: "people",
    Theme.HABITS: "habits",
    Theme.PREFERENCES: "preferences",
    Theme.TOOLS: "tools",
    Theme.LIFE: "life",
}
_DUE = frozenset({Kind.COMMITMENT, Kind.STATE})


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, the word for its probability, and the propositions that it says."""

    text: str
    likelihood: str
    propositions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading; `more` counts what there was no room for, `prose` is an engine's wording."""

    heading: Heading
    sentences: tuple[Sentence, ...]
    more: int = 0
    prose: str = ""


@dataclass(frozen=True, slots=True)
class Portrait:
    """The sections that have something to say, in the order of HEADINGS."""

    sections: tuple[Section, ...]
    made_at: datetime

    @property
    def propositions(self) -> list[int]:
        """The ids of every proposition in it."""
        return [id for section in self.sections for one in section.sentences for id in one.propositions]


class Portraits:
    """Makes portraits of one store; one is made anew only when a proposition in it has changed.

    Safe to use from several threads.
    """

    def __init__(self, store: Store, allowed: Callable[[], Collection[str]], engine: object, now: Clock) -> None:
        self._store = store
        self._allowed = allowed
        self._engine = engine
        self._now = now
        self._kept: OrderedDict[object, Portrait] = OrderedDict()
        self._lock = threading.Lock()

    def portrait(self, keep: Callable[[Proposition], bool] = lambda _: True, *, prose: bool = False) -> Portrait:
        """Return the portrait of now, of the propositions that `keep` lets through.

        With `prose` an engine that can write words each section; it is left out when the engine fails.
        """
        now = self._now()
        found = [one for one in believed(self._store, now, self._allowed()) if keep(one)]
        key = (prose, *((one.id, one.version, in_words(one.probability), _place(one, now)) for one in found))
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = compose(found, now)
        if prose and isinstance(self._engine, Writing):
            made = Portrait(tuple(_worded(section, self._engine) for section in made.sections), made.made_at)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made


def compose(found: Iterable[Proposition], now: datetime) -> Portrait:
    """Return the portrait that these propositions make; the same ones make the same portrait, whatever their order."""
    by_theme: dict[str, list[Proposition]] = {heading.theme: [] for heading in HEADINGS}
    for one in sorted(found, key=_rank):
        by_theme[_place(one, now)].append(one)
    sections = [_section(heading, by_theme[heading.theme]) for heading in HEADINGS if by_theme[heading.theme]]
    return Portrait(tuple(sections), now)


def _rank(one: Proposition) -> tuple[bool, float, int]:
    return not one.pinned, -round(one.probability, 2), one.id


def _place(one: Proposition, now: datetime) -> str:
    """Return the heading of a proposition: 'now' for what is due soon or is being done, else by its theme."""
    if one.kind in _DUE and one.valid_to is not None and one.valid_to <= now + AHEAD:
        return "now"
    if one.durability is Durability.MOMENT or (one.kind is Kind.STATE and now - one.last_supported <= RECENT):
        return "now"
    return _OF_THEME[one.theme]


def _section(heading: Heading, found: Sequence[Proposition]) -> Section:
    groups = _alike(found)
    shown = groups[:MOST_SENTENCES]
    more = sum(len(group) for group in groups[MOST_SENTENCES:])
    return Section(heading, tuple(_sentence(group) for group in shown), more)


def _alike(found: Sequence[Proposition]) -> list[list[Proposition]]:
    """Return the propositions in groups that one sentence can say: same probability in words, same beginning."""
    groups: list[list[Proposition]] = []
    open_ones: dict[object, list[list[Proposition]]] = {}
    for one in found:
        key = _joining(one)
        near = [] if key is None else open_ones.setdefault(key, [])
        group = next((group for group in near if _shared([*(known.text for known in group), one.text]) >= SHARED), None)
        if group is None:
            groups.append([one])
            near.append(groups[-1])
        else:
            group.append(one)
            if len(group) >= MOST_JOINED:
                near.remove(group)
    return groups


def _joining(one: Proposition) -> object:
    """Return what those have in common that one sentence may say; None for one that stands alone."""
    if one.claim is None or _SEVERAL.search(one.text):
        return None
    return in_words(one.probability), one.claim.predicate, *one.text.split()[:SHARED]


_ARTICLES = frozenset({"the", "a", "an"})
_SEVERAL = re.compile(r"[.!?;:]\s|\S\s+and\s")  # a text that lists or goes on cannot be listed


def _shared(texts: Sequence[str]) -> int:
    """Return with how many words all texts begin, something being left of each and an article left to its word."""
    words = [text.rstrip(".").split() for text in texts]
    most = min(len(one) for one in words) - 1
    shared = next((n for n in range(most) if len({one[n] for one in words}) > 1), most)
    return shared - 1 if shared and words[0][shared - 1] in _ARTICLES else shared


def _sentence(group: Sequence[Proposition]) -> Sentence:
    word = in_words(group[0].probability)
    ids = tuple(one.id for one in group)
    if len(group) == 1:
        return Sentence(group[0].text, word, ids)
    words = [one.text.rstrip(".").split() for one in group]
    start = _shared([one.text for one in group])
    items = [" ".join(one[start:]) for one in words]
    return Sentence(f"{' '.join(words[0][:start])} {', '.join(items[:-1])} and {items[-1]}.", word, ids)


# ------------------------------------------------------------------------- prose


def _worded(section: Section, engine: Writing) -> Section:
    said = [f"{one.text} ({one.likelihood})" for one in section.sentences]
    try:
        prose = " ".join(engine.write(section.heading.title, said).split())
    except EngineError:
        return section
    if not says_nothing_new(prose, said):
        return section
    return Section(section.heading, section.sentences, section.more, prose)


def says_nothing_new(prose: str, said: Sequence[str]) -> bool:
    """Return whether a text holds no number, no name and no judgement that the sentences do not hold."""
    known = set(_telling(" ".join(said)))
    opening = {words[0] for part in re.split(r"[.!?:]\s+", prose) if (words := re.findall(r"\w[\w'’.-]*", part))}
    new = [word for word in _telling(prose) if word not in known and word not in opening]
    new += [word for word in opening if any(sign.isdigit() for sign in word) and word not in known]
    before = {name for one in said for name in touched(one)}
    return not new and JUDGEMENT not in touched(prose) and set(touched(prose)) <= before


def _telling(text: str) -> list[str]:
    """Return the words with a digit or a capital."""
    words = (word.rstrip(".") for word in re.findall(r"\w[\w'’.-]*", text))
    return [word for word in words if any(sign.isdigit() or sign.isupper() for sign in word)]
