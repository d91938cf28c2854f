"""works_on: documents edited and project folders worked in, from keys and time over episodes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from gum.records import Claim, Draft, Durability, Kind, Quote, Theme
from gum_models.statistical import quoting
from gum_models.statistical.apps import Role
from gum_models.statistical.counting import Tally
from gum_models.statistical.digest import Sighting, View
from gum_models.statistical.language import content, lines, normal
from gum_models.statistical.titles import project_folder

ENOUGH_KEYS = 60
SOME_KEYS = 20
LONG_ENOUGH_S = 600.0


def find(view: View) -> Iterator[Draft]:
    """Yield a draft for each document and project folder of this episode that counting supports."""
    for key, sightings in grouped(view, document_of).items():
        quotes = quoting.quoted(view, sightings, reached, _document_quotes)
        if quotes:
            title = sightings[0].title
            what = "the program file" if title.code else "the document"
            yield _draft(key, f"The user works on {what} {title.subject}.", sightings, quotes)
    for key, sightings in grouped(view, folder_of).items():
        quotes = quoting.quoted(view, sightings, reached, _folder_quotes)
        if quotes:
            yield _draft(key, f"The user works on the project {folder_of(sightings[0])}.", sightings, quotes)


def reached(sightings: Sequence[Sighting]) -> bool:
    """Say whether it is work: 60 keys typed in all, or 20 keys with ten minutes over two episodes."""
    tally = Tally.of(sightings)
    return tally.keys >= ENOUGH_KEYS or (
        tally.keys >= SOME_KEYS and tally.episodes >= 2 and tally.seconds >= LONG_ENOUGH_S
    )


def grouped(view: View, name: Callable[[Sighting], str]) -> dict[str, list[Sighting]]:
    """Return the sightings of all episodes by what they are named; the unnamed are left out."""
    groups: dict[str, list[Sighting]] = {}
    for sighting in view.sightings():
        if key := normal(name(sighting)):
            groups.setdefault(key, []).append(sighting)
    return groups


def document_of(sighting: Sighting) -> str:
    """Return the document that can be edited in this window, or an empty string."""
    editable = sighting.title.document and sighting.role in (Role.EDITOR, Role.OFFICE, Role.TERMINAL)
    return sighting.title.subject if editable else ""


def folder_of(sighting: Sighting) -> str:
    """Return the project folder that a terminal or editor shows in its title or its prompt."""
    if sighting.title.folder or sighting.role is not Role.TERMINAL:
        return sighting.title.folder
    named = [folder for seen in sighting.texts for line in lines(seen.text) if (folder := project_folder(line))]
    return max(sorted(set(named)), key=named.count) if named else ""


def _document_quotes(sighting: Sighting) -> Iterable[Quote]:
    yield quoting.of_title(sighting, sighting.title.subject)
    yield from quoting.of_typed(sighting)
    yield from quoting.of_content(sighting, content(sighting.title.subject), most=4)


def _folder_quotes(sighting: Sighting) -> Iterable[Quote]:
    folder = folder_of(sighting)
    if folder in sighting.shown.title:
        yield quoting.of_title(sighting, sighting.raw_title)
    else:
        yield from quoting.of_line(sighting, lambda line: project_folder(line) == folder)
    yield from quoting.of_typed(sighting)
    yield from quoting.of_content(sighting, content(folder), most=3)


def _draft(key: str, text: str, sightings: Sequence[Sighting], quotes: tuple[Quote, ...]) -> Draft:
    tally = Tally.of(sightings)
    return Draft(
        text=text,
        reasoning=f"It was seen in {tally.words()}.",
        kind=Kind.ACTIVITY,
        durability=Durability.PROJECT if tally.days > 1 else Durability.TASK,
        theme=Theme.PROJECTS,
        quotes=quotes,
        strength=tally.strength,
        claim=Claim("works_on", key),
    )
