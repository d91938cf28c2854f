"""lives_in and works_at: where the person lives and for whom they work, as they write or are addressed.

The person lives where their name stands above a street and a postal town, on a letter or an order; or where they write
that they live.  They work for whom their signature names below their name, and whose intranet they open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from gum.records import Claim, Draft, Durability, Kind, Quote, Theme
from gum_models.statistical import quoting
from gum_models.statistical.apps import Role
from gum_models.statistical.counting import Tally
from gum_models.statistical.digest import Sighting, View
from gum_models.statistical.language import lines, normal, plain, similar
from gum_models.statistical.people import own_names
from gum_models.statistical.written import own

_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž]"
_TOWN = rf"{_CAPITAL}[\w'’.-]+(?:[ -](?:(?:am|an|der|de|la|upon|sur) )?{_CAPITAL}[\w'’.-]+){{0,2}}"
_POSTAL = re.compile(rf"^\W{{0,2}}(?:[A-Z]{{1,2}}-)?(?:\d{{4,6}}|\d{{3}} \d{{2}}|\d{{2}}-\d{{3}})\s+(?P<town>{_TOWN})$")
_LIVES = (
    re.compile(rf"\b(?:I|we) (?:now )?live (?:now )?in (?P<town>{_TOWN})"),
    re.compile(rf"\b(?:I|we) (?:have )?(?:just )?moved (?:from {_TOWN} )?to (?P<town>{_TOWN})"),
    re.compile(rf"\b(?:[Aa]t|[Ff]rom) (?:my |our )?home in (?P<town>{_TOWN})"),
    re.compile(
        rf"\b[Mm]y (?:new )?(?:home )?(?:address is|address:|place is)\b[^.!?;]*?,\s*(?:\d[\d -]*)?(?P<town>{_TOWN})"
    ),
)
_BODY = rf"{_CAPITAL}[\w&'’.-]*(?: (?:&|and|of|for|the|de|der|und|{_CAPITAL}[\w&'’.-]*)){{0,5}}"
_WORKS = (
    re.compile(rf"\bI (?:now )?work (?:now )?(?:at|for) (?:the )?(?P<body>{_BODY})"),
    re.compile(
        rf"\bI(?:'ve| have)? (?:just )?(?:started|joined|begun)(?: (?:work|a job|my (?:new )?job|working))? "
        rf"(?:at |for |with )?(?:the )?(?P<body>{_BODY})"
    ),
    re.compile(rf"\b[Mm]y (?:new )?(?:employer is|job (?:at|with)|position (?:at|with)) (?:the )?(?P<body>{_BODY})"),
)
_EMPLOYER = re.compile(rf"(?P<body>{_BODY})(?:,.*)?")
_INTRANET = re.compile(
    rf"^(?:(?:Intranet|Staff portal|Employee portal|Mitarbeiterportal)\s+(?P<behind>{_BODY})|"
    rf"(?P<before>{_BODY})\s+(?:[Ii]ntranet|[Ss]taff portal|[Ee]mployee portal))$"
)
_CLOSING = re.compile(
    r"^\W*(?:--+|—|(?:kind |best |warm |many )?(?:regards|wishes|greetings)|best|yours \w+|sincerely|cheers|thanks|"
    r"(?:mit )?(?:freundlichen|besten|viele[nr]?|liebe) grü(?:ß|ss)en?|cordialement|saludos)\W*$",
    re.I,
)
_BELOW_NAME = 3
_ENOUGH = 2


# Reads a window: a name, its quote, and whether the person wrote it.
Read = Callable[[Sighting, frozenset[str]], Iterator[tuple[str, Quote, bool]]]


@dataclass(slots=True)
class Place:
    """A town or an employer with every window that tells of it; `stated` are those where the person wrote it."""

    name: str
    seen: list[tuple[Sighting, Quote]] = field(default_factory=list)
    stated: set[int] = field(default_factory=set)

    def quotes(self, sighting: Sighting) -> list[Quote]:
        """Return what tells of it in a window."""
        return [quote for one, quote in self.seen if one is sighting]


def find(view: View) -> Iterator[Draft]:
    """Yield a draft for each town and employer of this episode that the person wrote or that was met twice."""
    mine = own_names(view)
    for predicate, read in (("lives_in", _towns), ("works_at", _bodies)):
        for place in _grouped(view, read, mine):
            sightings = list({id(seen): seen for seen, _ in place.seen}.values())
            quotes = quoting.quoted(view, sightings, partial(_reached, place), place.quotes)
            if quotes:
                yield _draft(predicate, place, sightings, quotes)


def _grouped(view: View, read: Read, mine: frozenset[str]) -> list[Place]:
    found: list[Place] = []
    for sighting in view.sightings():
        for name, quote, stated in read(sighting, mine):
            place = next((one for one in found if similar(one.name, name)), None)
            if place is None:
                place = Place(name)
                found.append(place)
            place.seen.append((sighting, quote))
            if stated:
                place.stated.add(id(sighting))
    return found


def _towns(sighting: Sighting, mine: frozenset[str]) -> Iterator[tuple[str, Quote, bool]]:
    for name, quote in sighting.once(_stated_towns):
        yield name, quote, True
    for above, town, quote in sighting.once(_addresses):
        if _is_own_name(above, mine):
            yield town, quote, False


def _bodies(sighting: Sighting, mine: frozenset[str]) -> Iterator[tuple[str, Quote, bool]]:
    for name, quote in sighting.once(_stated_bodies):
        yield name, quote, True
    if sighting.role is Role.BROWSER and (hit := _INTRANET.match(plain(sighting.title.subject))):
        yield hit["behind"] or hit["before"], quoting.of_title(sighting, sighting.title.subject), False
    for above, body, quote in sighting.once(_signatures):
        if _is_own_name(above, mine):
            yield body, quote, False


def _addresses(sighting: Sighting) -> list[tuple[str, str, Quote]]:
    """Return the towns that stand below a line which may be a name: that line, the town, its quote."""
    found = []
    for text in sighting.texts:
        said = lines(text.text)
        for at, line in enumerate(said):
            if at and (hit := _POSTAL.match(plain(line))):
                quote = quoting.clipped(text, line)
                found += [(above, hit["town"], quote) for above in said[max(0, at - _BELOW_NAME) : at]]
    return found


def _signatures(sighting: Sighting) -> list[tuple[str, str, Quote]]:
    """Return what stands below a closing and a name: the name, the employer, its quote."""
    found = []
    for text in sighting.texts:
        said = lines(text.text)
        for closing, name, below in zip(said, said[1:], said[2:], strict=False):
            if _CLOSING.match(closing) and (body := _EMPLOYER.fullmatch(plain(below))):
                found.append((name, body["body"], quoting.clipped(text, below)))
    return found


def _stated_towns(sighting: Sighting) -> list[tuple[str, Quote]]:
    return list(_written(sighting, _LIVES, "town"))


def _stated_bodies(sighting: Sighting) -> list[tuple[str, Quote]]:
    return list(_written(sighting, _WORKS, "body"))


def _written(sighting: Sighting, patterns: Sequence[re.Pattern[str]], part: str) -> Iterator[tuple[str, Quote]]:
    for one in sighting.once(own):
        hit = next((hit for pattern in patterns if (hit := pattern.search(plain(one.text)))), None)
        if hit:
            yield hit[part].rstrip(".,"), quoting.clipped(one.seen, one.quote)


def _is_own_name(line: str, mine: frozenset[str]) -> bool:
    said = normal(line)
    return " " in said and any(similar(said, re.sub(r"[._]", " ", one)) for one in mine if re.search(r"[ ._]", one))


def _reached(place: Place, sightings: Sequence[Sighting]) -> bool:
    among = {id(seen) for seen in sightings}
    return bool(place.stated & among) or Tally.of(sightings).episodes >= _ENOUGH


def _draft(predicate: str, place: Place, sightings: Sequence[Sighting], quotes: tuple[Quote, ...]) -> Draft:
    tally = Tally.of(sightings)
    lives = predicate == "lives_in"
    ways = f"; the user wrote it in {len(place.stated)} of them" if place.stated else ""
    return Draft(
        text=f"The user lives in {place.name}." if lives else f"The user works for {place.name}.",
        reasoning=f"It stands below the user's name or in their own words, seen in {tally.often()}{ways}.",
        kind=Kind.FACT,
        durability=Durability.PHASE,
        theme=Theme.LIFE if lives else Theme.WORK,
        quotes=quotes,
        strength=min(10, tally.strength + 2 + bool(place.stated)),
        claim=Claim(predicate, normal(place.name)),
    )
