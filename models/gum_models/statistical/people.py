"""deals_with: people by mail headers, salutations and the person's own notes; never the person themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from gum.records import Claim, Draft, Durability, Kind, Quote, Theme
from gum_models.statistical import quoting, wordlists
from gum_models.statistical.apps import Role
from gum_models.statistical.counting import Tally, times
from gum_models.statistical.digest import Sighting, View
from gum_models.statistical.language import lines, normal, plain, similar, skeleton
from gum_models.statistical.written import own

_WORD = r"(?:[OD]'|Mc|Mac)?[A-ZÀ-ÖØ-ÞĀ-ſ][a-zà-öø-ÿĀ-ſ01]+(?:[-'][A-ZÀ-ÖØ-ÞĀ-ſ][a-zà-öø-ÿĀ-ſ]+)?"
_INITIALS = r"(?:[A-Z]\. ?){1,3}"
_PARTICLE = r"(?:van|von|de|der|den|di|da|del|la|le|el|al|bin|ter|zu)"
_FULL = rf"(?:{_INITIALS}(?:{_PARTICLE} ){{0,2}}{_WORD}|{_WORD}(?: {_PARTICLE}){{0,2}}(?: [A-Z]\.)?(?: {_WORD}){{1,2}})"
NAME = rf"{_WORD}(?:(?: {_PARTICLE}){{0,2}}(?: {_WORD}))?"
_HEADER = re.compile(r"^\W{0,4}(?P<field>From|To|Cc|Reply-To|Sender|Von|An)\s*[:;]\s*(?P<value>.+)$")
_TITLE = re.compile(r"^(?:(?:Prof|Professor|Dr|Mr|Mrs|Ms|Mx|Rev|Sir|Dame)\b\.?\s+)+")
_NEXT_FIELD = re.compile(r"\s+(?:From|To|Cc|Bcc|Date|Sent|Subject|Von|An|Datum|Betreff)\s*:.*$")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SALUTATION = re.compile(
    rf"\b(?:Dear|Hi|Hello|Hey|Hallo|Liebe[rs]?|Good (?:morning|afternoon|evening))\s+"
    rf"(?P<names>{NAME}(?:(?:, | and | & | und ){NAME})*)"
)
_TOLD = re.compile(
    r"\b(?i:ask|asked|call|called|tell|told|meet|met|e-?mail|mail|message|remind|thank|phone|text|ping|invite|visit|"
    r"write to|reply to|talk to|talked to|speak (?:to|with)|(?:meeting|lunch|call|appointment|coffee|talk) with|"
    r"(?:send|sent|give|show|bring|forward|return)\b[^.!?:;]{0,60}? to)"
    rf"\s+(?P<name>{_FULL})"
)
_TOLD_FIRST = re.compile(
    r"\b(?i:ask|call|tell|meet|e-?mail|remind|thank|phone|ping|reply to|write to|talk to)\s+"
    rf"(?P<name>{_WORD})(?=\s+(?:about|for|whether|if|to|that|on|by|before|tomorrow|today)\b|[.,!]|$)"
)

# Words that stand in names of bodies, places and things, not of people.
_NO_PERSON = wordlists.load("no_person")

# A name, where it stands, and how: 'from', 'to', 'typed', 'written' or 'chat'.
Mention = tuple[str, Quote, str]


@dataclass(slots=True)
class Person:
    """Somebody, with every place where they were met and how."""

    name: str
    met: list[tuple[Sighting, Quote, str]] = field(default_factory=list)

    def quotes(self, sighting: Sighting) -> list[Quote]:
        """Return what stands for them in a window: their name, what the person wrote, what their mail says."""
        named = [quote for seen, quote, _ in self.met if seen is sighting]
        said = [*quoting.of_typed(sighting), *quoting.of_content(sighting, (), 3)] if sighting.title.mail else []
        return [*named, *said]

    def count(self, how: str) -> int:
        """Return in how many windows they were met in this way."""
        return len({(seen.episode, seen.raw_title) for seen, _, met in self.met if met == how})


def find(view: View) -> Iterator[Draft]:
    """Yield a draft for each person of this episode whom headers or the person's own words support."""
    for person in people(view):
        sightings = list({id(seen): seen for seen, _, _ in person.met}.values())
        quotes = quoting.quoted(view, sightings, partial(_reached, person), person.quotes)
        if quotes:
            yield _draft(person, sightings, quotes)


def people(view: View) -> list[Person]:
    """Return everybody met in all episodes, spellings that differ by reading errors as one."""
    mine = own_names(view)
    found: list[Person] = []
    known: dict[str, Person | None] = {}
    for seen in view.sightings():
        for name, quote, how in seen.once(_mentions):
            key = skeleton(name)
            if key not in known:
                known[key] = None if _is_own(name, mine) else _person(found, name)
            if (person := known[key]) is not None:
                person.met.append((seen, quote, how))
    return _merged(found)


def own_names(view: View) -> frozenset[str]:
    """Return the person's names in lower case: from the settings, shell logins and mailbox headings."""
    names = {normal(name) for name in view.own_names}
    for seen in view.sightings():
        names |= seen.once(_shown_owner)
    return frozenset(names)


def _shown_owner(seen: Sighting) -> frozenset[str]:
    """Return the names by which a window calls its user: a shell's login, a mail site's address."""
    if seen.title.mail:
        return _mailbox_owner(seen)
    login = re.match(r"([a-z][\w.-]*)@[\w-]+:", seen.raw_title) if seen.role is Role.TERMINAL else None
    return frozenset((login[1],)) if login else frozenset()


def addressee(seen: Sighting) -> str:
    """Return to whom a mail is being written, by its To: line or its salutation; empty when nobody is named."""
    if not (seen.title.mail or seen.role is Role.MAIL):
        return ""
    named = [(how, name) for name, _, how in seen.once(_mentions) if how in ("to", "typed")]
    return next((name for _, name in sorted(named, reverse=True, key=lambda item: item[0] == "to")), "")


def addressed(text: str, seen: Sighting) -> str:
    """Return what the person wrote in a window as one says it of them: 'you' is whom they write to, 'my' is 'their'."""
    name = addressee(seen)
    theirs = re.sub(r"\byour\b", f"{name}'s" if name else "their", re.sub(r"\b(?:my|our)\b", "their", text))
    return re.sub(r"\byou\b", name or "them", theirs)


def _mailbox_owner(seen: Sighting) -> frozenset[str]:
    """Return the names of an address that stands in the mail site's own heading."""
    site = normal(seen.title.site)
    heads = [line for text in seen.texts for line in lines(text.text)[:8] if site and site in normal(line)]
    addresses = [found for line in heads for found in _ADDRESS.findall(line) if not _HEADER.match(line)]
    return frozenset(normal(re.sub(r"[._]", " ", address.split("@")[0])) for address in addresses)


def _is_own(name: str, mine: frozenset[str]) -> bool:
    said = set(normal(name).split())
    return any(said <= set(one.split()) or similar(name, one) or (" " not in one and one in said) for one in mine)


def _mentions(seen: Sighting) -> list[Mention]:
    found = list(_headers(seen)) if seen.title.mail or seen.role is Role.MAIL else []
    mine = seen.once(own)
    named = {text: _named(text) for text in {one.text for one in mine}}  # one sentence is read many times
    for one in mine:
        how = "typed" if one.seen.kind == "typed" else "written"
        found += [(name, quoting.clipped(one.seen, one.quote), how) for name in named[one.text]]
    if seen.role is Role.CHAT and seen.keys and re.fullmatch(_FULL, seen.title.subject):
        found.append((seen.title.subject, quoting.of_title(seen, seen.title.subject), "chat"))
    return found


def _headers(seen: Sighting) -> Iterator[Mention]:
    for text in seen.texts:
        for line in lines(text.text):
            header = _HEADER.match(line)
            if header is None:
                continue
            sender = header["field"] in ("From", "Sender", "Reply-To", "Von")
            how = "from" if sender else "to" if seen.title.reply or seen.keys else ""
            for name in _header_names(header["value"], single=not sender):
                if how:
                    yield name, quoting.clipped(text, line), how


def _header_names(value: str, single: bool) -> Iterator[str]:
    value = plain(_NEXT_FIELD.sub("", value))
    for part in re.split(r"[;,]", value):
        shown = _ADDRESS.sub("", part).strip(" <>()[]\"'")
        address = _ADDRESS.search(part)
        if not shown and address:
            shown = " ".join(piece.capitalize() for piece in re.split(r"[._]", address[0].split("@")[0]))
        found = (
            re.match(_FULL, _TITLE.sub("", shown))
            or re.match(_FULL, shown)
            or (re.fullmatch(_WORD, shown) if single else None)
        )
        if found and _is_name(found[0]):
            yield found[0]


def _named(text: str) -> list[str]:
    """Return the names of those whom a sentence greets or who are told something in it."""
    body = plain(text)
    greeted = [name for hit in _SALUTATION.finditer(body) for name in re.split(r", | and | & | und ", hit["names"])]
    told = [hit["name"] for hit in (*_TOLD.finditer(body), *_TOLD_FIRST.finditer(body))]
    return [name for name in dict.fromkeys((*greeted, *told)) if _is_name(name)]


def _is_name(name: str) -> bool:
    parts = normal(name).split()
    return bool(parts) and not _NO_PERSON & set(parts) and all(len(part) > 1 for part in parts)


def _person(found: list[Person], name: str) -> Person | None:
    """Return the person of that name, or of a spelling that differs by reading errors; a new one when unknown.

    A misread name alone, such as one with a digit, makes nobody.
    """
    person = next((known for known in found if similar(known.name, name)), None)
    if person is None and name.replace("'", "").replace("-", "").replace(" ", "").replace(".", "").isalpha():
        person = Person(name)
        found.append(person)
    return person


def _merged(found: Sequence[Person]) -> list[Person]:
    """Give what was said to a first name alone to the one person of that first name."""
    full = [person for person in found if " " in person.name]
    kept: list[Person] = list(full)
    for person in found:
        if " " in person.name:
            continue
        same = [other for other in full if similar(other.name.split()[0], person.name, 0.8)]
        if len(same) == 1:
            same[0].met.extend(person.met)
        else:
            kept.append(person)
    return kept


def _reached(person: Person, sightings: Iterable[Sighting]) -> bool:
    """Say whether dealing is supported: written to or typed once, or met in mail or notes twice."""
    among = {id(seen) for seen in sightings}
    met = [(seen, how) for seen, _, how in person.met if id(seen) in among]
    said = {how for _, how in met}
    if said & {"typed", "to", "chat"}:
        return True
    return any(len({(seen.episode, seen.title.subject) for seen, how in met if how == one}) >= 2 for one in said)


def _draft(person: Person, sightings: Sequence[Sighting], quotes: tuple[Quote, ...]) -> Draft:
    tally = Tally.of(sightings)
    ways = {"from": "mail from them was opened", "to": "the user wrote to them", "typed": "the user typed their name",
            "written": "their name stands in the user's document", "chat": "a chat with them was open"}  # fmt: skip
    said = "; ".join(f"{words} {times(n)}" for how, words in ways.items() if (n := person.count(how)))
    direct = person.count("to") + person.count("typed")
    return Draft(
        text=f"The user deals with {person.name}.",
        reasoning=f"{said[:1].upper()}{said[1:]}; seen in {tally.often()}.",
        kind=Kind.RELATION,
        durability=Durability.PHASE,
        theme=Theme.PEOPLE,
        quotes=quotes,
        strength=min(10, tally.strength + min(direct, 3)),
        claim=Claim("deals_with", normal(person.name)),
    )
