"""researches: subjects that several pages or searches share, from titles, queries and time on them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import pairwise
from urllib.parse import unquote_plus, urlsplit

from gum.records import Claim, Draft, Durability, Kind, Quote, Theme
from gum_models.statistical import naming, quoting
from gum_models.statistical.apps import Role
from gum_models.statistical.counting import Tally, plural
from gum_models.statistical.digest import Sighting, View
from gum_models.statistical.language import content, normal, words
from gum_models.statistical.lures import is_lure

GLANCE_S = 3.0
ENGAGED_S = 10.0
SITTING = timedelta(minutes=20)
MOST_WORDS = 4

_NO_TOPIC = re.compile(
    r"^(new tab|neuer tab|about:blank|blank|untitled|loading|problem loading page|server not found|"
    r"page not found|not found|404|error|settings|downloads|history|bookmarks|extensions|"
    r"(log|sign)[ -]?(in|on|up)|login|password|checkout|cart)\b",
    re.I,
)
_QUERY = re.compile(r"[?&]\w{1,8}=([^&#]+)")


@dataclass(slots=True)
class Topic:
    """A subject: the words its pages share, and where it was seen.

    `name` and `said`, its words as a title writes them, are fixed when the second page joins, so that claim and
    sentence stay the same as pages are added.
    """

    stems: dict[str, str]
    pages: dict[str, list[Sighting]] = field(default_factory=dict)
    shared: tuple[str, ...] = ()
    name: str = ""
    said: str = ""
    queries: set[str] = field(default_factory=set)

    @property
    def sightings(self) -> list[Sighting]:
        """Every window of the topic, oldest first."""
        return sorted((seen for page in self.pages.values() for seen in page), key=lambda seen: seen.started)

    @property
    def is_subject(self) -> bool:
        """Say whether the shared words make a subject.

        They do when they were searched.  Two words do on three pages, or on two of one kind or read at one sitting; a
        file and a page far apart are a coincidence.  One word does on three pages of several days.
        """
        if self.queries:
            return True
        if len(self.shared) >= 2:
            of_a_kind = len({seen.role for seen in self.sightings}) == 1
            return len(self.pages) >= 3 or of_a_kind or self._at_one_sitting()
        return len(self.pages) >= 3 and len({seen.day for seen in self.sightings}) >= 2 and self._at_one_sitting()

    def _at_one_sitting(self) -> bool:
        read = [seen for seen in self.sightings if seen.seconds >= ENGAGED_S]
        return any(
            normal(one.title.subject) != normal(two.title.subject) and two.started - one.started <= SITTING
            for one, two in pairwise(read)
        )


def find(view: View) -> Iterator[Draft]:
    """Yield a draft for each topic of this episode that at least two pages and some time support."""
    for topic in topics(view):
        sightings = topic.sightings
        quotes = quoting.quoted(view, sightings, reached, partial(_quotes, topic))
        if quotes:
            yield _draft(topic, sightings, quotes)


def reached(sightings: Sequence[Sighting]) -> bool:
    """Say whether it is research: two pages, one of them read, ten seconds in all."""
    pages = {_page(seen) for seen in sightings}
    read = any(seen.seconds >= GLANCE_S * 2 for seen in sightings)
    return len(pages) >= 2 and read and sum(seen.seconds for seen in sightings) >= ENGAGED_S


def topics(view: View) -> list[Topic]:
    """Group the pages of all episodes by the content words they share, in the order they were seen."""
    asked = _asked(view)
    names = sites(view)
    shelf = _Shelf()
    for seen in view.sightings():
        stems = _page_words(seen, names) if is_page(seen, seen.episode in asked) else {}
        if stems and normal(seen.title.subject) not in names:
            topic = shelf.place(seen, stems)
            if was_searched(seen, asked.get(seen.episode, ())):
                topic.queries.add(normal(seen.title.subject))
    return [topic for topic in shelf.topics if topic.name and topic.is_subject]


def was_searched(seen: Sighting, asked: Iterable[frozenset[str]]) -> bool:
    """Say whether the page answers a query: its title's words were typed in its episode, or stand in its address."""
    subject = frozenset(words(seen.title.subject))
    query = frozenset(words(" ".join(_QUERY.findall(unquote_plus(seen.url)))))
    return bool(subject) and any(subject <= said for said in (*asked, query))


def _asked(view: View) -> dict[int, list[frozenset[str]]]:
    """Return the words of each text typed into a browser, by episode; mails are no queries."""
    found: dict[int, list[frozenset[str]]] = {}
    for seen in view.sightings():
        if seen.role is Role.BROWSER and not seen.title.mail:
            for text in seen.typed:
                found.setdefault(seen.episode, []).append(frozenset(words(text.text)))
    return found


def is_page(seen: Sighting, asked: bool = False) -> bool:
    """Say whether the window is a page or paper that somebody reads: no mail, no advert, not a mere glance.

    The answer to a query of the same episode may be glanced at.
    """
    if seen.role is Role.VIEWER:
        return seen.title.document and seen.seconds >= GLANCE_S
    return (
        seen.role is Role.BROWSER
        and not seen.title.mail
        and bool(seen.title.subject)
        and not _NO_TOPIC.match(seen.title.subject)
        and not is_lure(seen.raw_title)
        and (asked or seen.seconds >= GLANCE_S or seen.keys + seen.scrolls > 0)
    )


def sites(view: View) -> frozenset[str]:
    """Return the last title parts that name sites, not subjects.

    A site stands behind different subjects, is a page of its own, or is in the address.
    """
    pages = [seen for seen in view.sightings() if seen.role is Role.BROWSER]
    behind: dict[str, set[str]] = {}
    for seen in pages:
        if seen.title.site:
            behind.setdefault(normal(seen.title.site), set()).add(normal(seen.title.subject))
    homes = {normal(seen.title.subject) for seen in pages}
    hosts = {re.sub(r"[\W_]", "", urlsplit(seen.url).netloc) for seen in pages if seen.url}
    return frozenset(
        site
        for site, subjects in behind.items()
        if len(subjects) > 1 or site in homes or any(re.sub(r"[\W_]", "", site) in host for host in hosts)
    )


def _page_words(seen: Sighting, names: frozenset[str]) -> dict[str, str]:
    subject = seen.title.subject
    if seen.title.site and normal(seen.title.site) not in names:
        subject = f"{subject} {seen.title.site}"
    return content(re.sub(r"[_.]|\.\w{1,5}$", " ", subject) if seen.role is Role.VIEWER else subject)


class _Shelf:
    """Topics as they grow, found by their pages and words."""

    def __init__(self) -> None:
        self.topics: list[Topic] = []
        self._by_page: dict[str, Topic] = {}
        self._by_stem: dict[str, list[Topic]] = {}

    def place(self, seen: Sighting, stems: dict[str, str]) -> Topic:
        """Put a page to the topic that it fits best, or to a new one."""
        page = _page(seen)
        topic = self._by_page.get(page) or self._fitting(stems)
        if topic is None:
            topic = Topic(dict(stems))
            self.topics.append(topic)
            for stem in stems:
                self._by_stem.setdefault(stem, []).append(topic)
        elif page not in topic.pages and not topic.name:
            topic.shared = tuple(stem for stem in topic.stems if stem in stems)
            topic.name = " ".join(topic.stems[stem] for stem in topic.shared[:MOST_WORDS])
            titles = [seen.title.subject, *(one.title.subject for one in topic.sightings)]
            pages = [title for title in titles if normal(title) not in topic.queries]
            topic.said = naming.subject(pages or titles, topic.shared[:MOST_WORDS])
        topic.pages.setdefault(page, []).append(seen)
        self._by_page[page] = topic
        return topic

    def _fitting(self, stems: dict[str, str]) -> Topic | None:
        near = {id(topic): topic for stem in stems for topic in self._by_stem.get(stem, ())}
        fits = [(_fit(topic, stems), topic) for topic in near.values()]
        return max(fits, key=lambda fit: fit[0])[1] if any(fit > 0 for fit, _ in fits) else None


def _page(seen: Sighting) -> str:
    """Return what tells a page from others; files that differ in their numbers only are parts of one."""
    name = normal(seen.title.subject)
    return re.sub(r"\d+", "", name) if seen.role is Role.VIEWER else name


def _fit(topic: Topic, stems: dict[str, str]) -> float:
    """Score how well a page fits a topic; zero when it does not."""
    base = set(topic.shared) or set(topic.stems)
    common = base & set(stems)
    if topic.shared:
        return len(common) if len(common) >= min(2, len(base)) else 0.0
    enough = len(common) >= 2 or any(len(stem) >= 5 for stem in common)
    return float(len(common)) if enough else 0.0


def _quotes(topic: Topic, seen: Sighting) -> Iterable[Quote]:
    yield quoting.of_title(seen, seen.title.subject)
    if normal(seen.title.subject) not in topic.queries:
        yield from quoting.of_content(seen, topic.shared)


def _draft(topic: Topic, sightings: Sequence[Sighting], quotes: tuple[Quote, ...]) -> Draft:
    tally = Tally.of(sightings)
    often = Counter(stem for page in topic.pages for stem in content(page))
    top = ", ".join(f"'{topic.stems[stem]}' on {often[stem]}" for stem in topic.shared[:MOST_WORDS])
    return Draft(
        text=f'The user researches "{topic.said}".',
        reasoning=f"{plural(len(topic.pages), 'page')} and searches share its words ({top}), seen in {tally.words()}.",
        kind=Kind.INTEREST,
        durability=Durability.PROJECT if tally.days > 1 else Durability.TASK,
        theme=Theme.WORK,
        quotes=quotes,
        strength=min(10, tally.strength + (len(topic.pages) > 2)),
        claim=Claim("researches", topic.name),
    )
