"""is_stuck_on: the same error, or the same document, over and over within a day with little progress."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import pairwise

from gum.records import Claim, Draft, Durability, Kind, Quote, Theme
from gum_models.statistical import quoting
from gum_models.statistical.apps import Role
from gum_models.statistical.counting import Tally, times
from gum_models.statistical.digest import Sighting, Text, View
from gum_models.statistical.errors import is_error
from gum_models.statistical.language import lines, normal, overlap, plain, similar, words
from gum_models.statistical.projects import document_of, folder_of, grouped

ENOUGH_EPISODES = 3
ENOUGH_APPEARANCES = 4
DOCUMENT_EPISODES = 4
DOCUMENT_S = 1800.0
KEYS_PER_MINUTE = 2.0
_VALUE = re.compile(r"(?<![\w.])-?\d+\.\d+(?![\w.])")  # a measured value, another one at each run
_TELLING = 4  # words beside its values by which an error is known
_LOOKED_UP = 0.6  # of an error and a page's title, the share of words in common
_BUTTONS = re.compile(
    r"^\W*(?:(?:OK|Ok|Cancel|Close|Retry|Details|Ignore|Abort|Dismiss|Try again|Report|Reload|Quit|Help|Schließen|"
    r"Abbrechen|Fermer|Annuler|Cerrar|Cancelar)\b\W*){2,5}$"
)
_TOGETHER = 0.7  # of an error's readings, the share that also show the other


@dataclass(slots=True)
class Trouble:
    """One error line with every reading of it; `appearances` are those that came anew."""

    line: str
    readings: list[tuple[Sighting, Text, str]] = field(default_factory=list)
    appearances: list[datetime] = field(default_factory=list)

    def quotes(self, sighting: Sighting) -> list[Quote]:
        """Return the error's line at each reading in a window."""
        return [quoting.clipped(text, line) for seen, text, line in self.readings if seen is sighting]


def find(view: View) -> Iterator[Draft]:
    """Yield a draft for each error or document of this episode that came back over and over today."""
    for trouble in _leading(troubles(view)):
        sightings = list({id(seen): seen for seen, _, _ in trouble.readings}.values())
        quotes = quoting.quoted(view, sightings, partial(_reached, trouble), trouble.quotes)
        if quotes:
            yield _error_draft(trouble, sightings, quotes)
    yield from _documents(view)


def troubles(view: View) -> list[Trouble]:
    """Return the error lines of terminals on the day of this episode, near-equal ones as one."""
    found: list[Trouble] = []
    shown: dict[str, Counter[int]] = {}
    today = [one for one in view.all if one.started.date() == view.current.started.date()]
    for sighting in (sighting for digest in today for sighting in digest.sightings):
        if sighting.role in (Role.BROWSER, Role.MAIL, Role.CHAT):
            _searched(sighting, found)
        else:
            _read(sighting, found, shown.setdefault(sighting.raw_title, Counter()))
    return found


def _searched(sighting: Sighting, found: Sequence[Trouble]) -> None:
    """Add a page to the trouble whose words stand in its title: somebody looks for a way out."""
    for trouble in found:
        if overlap(trouble.line, sighting.title.subject) >= _LOOKED_UP:
            trouble.readings.append((sighting, sighting.shown, sighting.shown.title))


def _read(sighting: Sighting, found: list[Trouble], shown: Counter[int]) -> None:
    """Add the error lines of a window; a line that stays on screen has not come anew, unless it shows more often."""
    for seen in sighting.texts:
        if seen.kind == "typed":
            continue
        present: Counter[int] = Counter()
        for line in sighting.once(_complaints).get(seen.id, ()):
            at = next((n for n, one in enumerate(found) if _same(one.line, line)), len(found))
            if at == len(found):
                found.append(Trouble(plain(line)))
            found[at].readings.append((sighting, seen, line))
            present[at] += 1
            if present[at] > shown[at]:
                found[at].appearances.append(seen.captured_at)
        shown.clear()
        shown.update(present)


def _complaints(sighting: Sighting) -> dict[int, list[str]]:
    """Return the error lines of each text of a window: of terminals and editors, and above a dialog's buttons."""
    found: dict[int, list[str]] = {}
    for seen in sighting.texts:
        said = lines(seen.text)
        told = [line for line, below in pairwise(said) if _BUTTONS.match(below) and _complains(line)]
        if sighting.role in (Role.TERMINAL, Role.EDITOR):
            told = [line for line in said if line in told or is_error(line)]
        found[seen.id] = told
    return found


def _complains(line: str) -> bool:
    """Return whether a line above buttons tells of trouble: a few words, and no question."""
    return len(words(line)) >= _TELLING - 1 and not line.rstrip().endswith("?")


def _same(first: str, second: str) -> bool:
    """Say whether two error lines are one trouble: near-equal, or equal but for the values that they report."""
    if similar(first, second, 0.9):
        return True
    one, two = _VALUE.sub("", plain(first)), _VALUE.sub("", plain(second))
    return len(words(one)) >= _TELLING and similar(one, two, 0.9)


def _leading(found: Sequence[Trouble]) -> list[Trouble]:
    """Return one trouble for those that always show together, such as a failed test and its error: the first line."""
    kept: list[Trouble] = []
    for one in found:
        places = {seen.id for _, seen, _ in one.readings}
        lead = next((held for held in kept if _together(places, {seen.id for _, seen, _ in held.readings})), None)
        if lead is None:
            kept.append(one)
        else:
            lead.readings += one.readings
    return kept


def _together(first: set[int], second: set[int]) -> bool:
    return len(first & second) >= _TOGETHER * min(len(first), len(second))


def _reached(trouble: Trouble, sightings: Sequence[Sighting]) -> bool:
    """Say whether it came back: in three episodes of the day, or anew four times."""
    episodes = {seen.episode for seen in sightings}
    last = max((seen.captured_at for at, seen, _ in trouble.readings if at.episode in episodes), default=None)
    anew = sum(1 for moment in trouble.appearances if last and moment <= last)
    return len(episodes) >= ENOUGH_EPISODES or anew >= ENOUGH_APPEARANCES


def _documents(view: View) -> Iterator[Draft]:
    for key, sightings in grouped(view, document_of).items():
        today = [seen for seen in sightings if seen.day == view.current.started.date()]
        quotes = quoting.quoted(view, today, _barely_moving, lambda seen: [quoting.of_title(seen, seen.title.subject)])
        if quotes:
            yield _draft(f"The user is stuck on {today[0].title.subject}.", key, "It was opened in", today, quotes)


def _barely_moving(sightings: Sequence[Sighting]) -> bool:
    tally = Tally.of(sightings)
    slow = tally.keys <= KEYS_PER_MINUTE * tally.seconds / 60
    return tally.episodes >= DOCUMENT_EPISODES and tally.seconds >= DOCUMENT_S and slow


def _error_draft(trouble: Trouble, sightings: Sequence[Sighting], quotes: tuple[Quote, ...]) -> Draft:
    where = next((folder for seen in reversed(sightings) if (folder := seen.once(folder_of))), "")
    line = re.sub(rf":\s*{_VALUE.pattern}\s*$", "", re.sub(r"\s*\([^()]*$", "", trouble.line)).strip(" .")[:120]
    line = re.sub(r"\s+(?=[)\]])", "", re.sub(r"(['\"])\1+", r"\1", line))
    place = f" in {where}" if where else ""
    text = f'The user is stuck on the error "{line}"{place}.'
    counted = f"It appeared {times(len(trouble.appearances))} in a day, in"
    return _draft(text, normal(line), counted, sightings, quotes)


def _draft(text: str, key: str, counted: str, sightings: Sequence[Sighting], quotes: tuple[Quote, ...]) -> Draft:
    tally = Tally.of(sightings)
    return Draft(
        text=text,
        reasoning=f"{counted} {tally.words()}, with little progress.",
        kind=Kind.STATE,
        durability=Durability.TASK,
        theme=Theme.WORK,
        quotes=quotes,
        strength=min(10, tally.strength + 2),
        claim=Claim("is_stuck_on", key, sightings[0].day.isoformat()),
        valid_from=sightings[0].started,
    )
