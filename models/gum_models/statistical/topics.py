"""researches: subjects that several pages or searches share, from titles, queries and time on them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from gum.records import Claim, Draft, Durability, Kind, Quote, Theme
from gum_models.statistical import quoting
from gum_models.statistical.apps import Role
from gum_models.statistical.counting import Tally, plural
from gum_models.statistical.digest import Sighting, View
from gum_models.statistical.language import content, normal, words

GLANCE_S = 3.0
ENGAGED_S = 10.0
MOST_WORDS = 4

_NO_TOPIC = re.compile(
    r"^(new tab|neuer tab|about:blank|blank|untitled|loading|problem loading page|server not found|"
    r"page not found|not found|404|error|settings|downloads|history|bookmarks|extensions|"
    r"(log|sign)[ -]?(in|on|up)|login|password|checkout|cart)\b",
    re.I,
)
_LURE = re.compile(
    r"\b(won|winner|prize|lottery|jackpot|gift ?card|free (gift|iphone)|congratulations|claim (now|your)|"
    r"verify your|account (suspended|locked|limited)|urgent|act now|limited (time )?offer|sponsored|"
    r"advert(isement)?|\d+ ?% off|sale ends|buy now|click here|hot deals?)\b",
    re.I,
)


@dataclass(slots=True)
class Topic:
    """A subject: the words its pages share, and where it was seen.

    `name` is fixed when the second page joins, so that the claim stays the same as pages are added.
    """

    stems: dict[str, str]
    pages: dict[str, list[Sighting]] = field(default_factory=dict)
    shared: tuple[str, ...] = ()
    name: str = ""

    @property
    def sightings(self) -> list[Sighting]:
        """Every window of the topic, oldest first."""
        return sorted((seen for page in self.pages.values() for seen in page), key=lambda seen: seen.started)


def find(view: View) -> Iterator[Draft]:
    """Yield a draft for each topic of this episode that at least two pages and some time support."""
    for topic in topics(view):
        sightings = topic.sightings
        quotes = quoting.quoted(view, sightings, reached, partial(_quotes, about=topic.shared))
        if quotes:
            yield _draft(topic, sightings, quotes)


def reached(sightings: Sequence[Sighting]) -> bool:
    """Say whether it is research: two pages, one of them read, ten seconds in all."""
    pages = {normal(seen.title.subject) for seen in sightings}
    read = any(seen.seconds >= GLANCE_S * 2 for seen in sightings)
    return len(pages) >= 2 and read and sum(seen.seconds for seen in sightings) >= ENGAGED_S


def topics(view: View) -> list[Topic]:
    """Group the pages of all episodes by the content words they share, in the order they were seen."""
    pages = [seen for seen in view.sightings() if is_page(seen)]
    sites = _sites(pages)
    found: list[Topic] = []
    for seen in pages:
        stems = _page_words(seen, sites)
        if stems:
            _place(seen, stems, found)
    return [topic for topic in found if topic.name]


def is_page(seen: Sighting) -> bool:
    """Say whether the window is a page or paper that somebody reads: no mail, no advert, not a mere glance."""
    if seen.role is Role.VIEWER:
        return seen.title.document and seen.seconds >= GLANCE_S
    return (
        seen.role is Role.BROWSER
        and not seen.title.mail
        and bool(seen.title.subject)
        and not _NO_TOPIC.match(seen.title.subject)
        and not _LURE.search(seen.raw_title)
        and (seen.seconds >= GLANCE_S or seen.keys + seen.scrolls > 0)
    )


def _sites(pages: Iterable[Sighting]) -> frozenset[str]:
    """Return the last title parts that stand behind different subjects: names of sites, not topics."""
    behind: dict[str, set[str]] = {}
    for seen in pages:
        if seen.title.site:
            behind.setdefault(normal(seen.title.site), set()).add(normal(seen.title.subject))
    return frozenset(site for site, subjects in behind.items() if len(subjects) > 1)


def _page_words(seen: Sighting, sites: frozenset[str]) -> dict[str, str]:
    subject = seen.title.subject
    if seen.title.site and normal(seen.title.site) not in sites:
        subject = f"{subject} {seen.title.site}"
    return content(re.sub(r"[_.]|\.\w{1,5}$", " ", subject) if seen.role is Role.VIEWER else subject)


def _place(seen: Sighting, stems: dict[str, str], found: list[Topic]) -> None:
    page = normal(seen.title.subject)
    best = max(found, key=lambda topic: _fit(topic, stems, page), default=None)
    if best is None or _fit(best, stems, page) <= 0:
        found.append(Topic(dict(stems), {page: [seen]}))
        return
    if page not in best.pages and not best.name:
        best.shared = tuple(stem for stem in best.stems if stem in stems)
        best.name = " ".join(best.stems[stem] for stem in best.shared[:MOST_WORDS])
    best.pages.setdefault(page, []).append(seen)


def _fit(topic: Topic, stems: dict[str, str], page: str) -> float:
    """Score how well a page fits a topic; zero when it does not."""
    if page in topic.pages:
        return 100.0
    base = set(topic.shared) or set(topic.stems)
    common = base & set(stems)
    if topic.shared:
        return len(common) if len(common) >= min(2, len(base)) else 0.0
    enough = len(common) >= 2 or any(len(stem) >= 5 for stem in common)
    return float(len(common)) if enough else 0.0


def _quotes(seen: Sighting, about: Sequence[str]) -> Iterable[Quote]:
    yield quoting.of_title(seen, seen.title.subject)
    yield from quoting.of_content(seen, about)


def _draft(topic: Topic, sightings: Sequence[Sighting], quotes: tuple[Quote, ...]) -> Draft:
    tally = Tally.of(sightings)
    often = Counter(word for page in topic.pages for word in set(words(page)))
    top = ", ".join(f"'{topic.stems[stem]}' on {often[topic.stems[stem]]}" for stem in topic.shared[:MOST_WORDS])
    return Draft(
        text=f"The user researches {topic.name}.",
        reasoning=f"{plural(len(topic.pages), 'page')} and searches share its words ({top}), seen in {tally.words()}.",
        kind=Kind.INTEREST,
        durability=Durability.PROJECT if tally.days > 1 else Durability.TASK,
        theme=Theme.WORK,
        quotes=quotes,
        strength=min(10, tally.strength + (len(topic.pages) > 2)),
        claim=Claim("researches", topic.name),
    )
