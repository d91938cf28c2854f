"""The person's own sentences: typed, or standing in a document that they edit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from gum.records import Observation, Quote
from gum_models.statistical import quoting
from gum_models.statistical.digest import Sighting, View, trusted
from gum_models.statistical.language import sentences, similar, skeleton

_CURSOR = 2  # the last letters of a sentence that is being typed are misread beside the cursor
_SHORTEST = 4

Own = tuple[Observation, str]


@dataclass(slots=True)
class Written:
    """One sentence with every place where it stands, oldest first; `text` is its fullest form."""

    text: str
    places: list[tuple[Sighting, Observation, str]]

    @property
    def at(self) -> datetime:
        """When it was first seen."""
        return self.places[0][1].captured_at

    @property
    def typed(self) -> bool:
        """Say whether the person was seen typing it."""
        return any(seen.kind == "typed" for _, seen, _ in self.places)

    @property
    def days(self) -> int:
        """On how many days it was seen."""
        return len({sighting.day for sighting, _, _ in self.places})

    def quotes(self, view: View) -> tuple[Quote, ...]:
        """Return where it stands in this episode, the fullest forms first."""
        here = [(seen, text) for sighting, seen, text in self.places if sighting.episode == view.current.episode]
        here.sort(key=lambda place: (place[0].kind != "typed", -len(place[1])))
        return quoting.distinct(quoting.clipped(seen, text) for seen, text in here)


def own(sighting: Sighting) -> list[Own]:
    """Return the person's own sentences in a window; what is still being typed gives way to its later form."""
    found = [
        (seen, sentence)
        for seen in sighting.texts
        if seen.kind == "typed" or trusted(seen)
        for sentence in sentences(seen.text)
    ]
    final = _final(skeleton(sentence) for _, sentence in found)
    return [(seen, sentence) for seen, sentence in found if skeleton(sentence) in final]


def written(view: View, read: Callable[[Sighting], Iterable[Own]]) -> list[Written]:
    """Return the sentences that `read` picks from all windows; near-equal readings are one."""
    found: list[Written] = []
    known: dict[str, Written] = {}
    for sighting in view.sightings():
        for seen, sentence in sighting.once(read):
            key = skeleton(sentence)
            held = known.get(key) or next((one for one in found if _same(one.text, sentence)), None)
            if held is None:
                held = Written(sentence, [])
                found.append(held)
            elif len(sentence) > len(held.text) and _begins(held.text, sentence):
                held.text = sentence
            known[key] = held
            held.places.append((sighting, seen, sentence))
    return found


def _same(first: str, second: str) -> bool:
    return similar(first, second, 0.9) or _begins(first, second) or _begins(second, first)


def _begins(part: str, whole: str) -> bool:
    """Say whether one sentence is the other, not yet typed to its end."""
    one, two = skeleton(part), skeleton(whole)
    return _SHORTEST * 3 < len(one) < len(two) and two.startswith(one[:-_CURSOR])


def _final(keys: Iterable[str]) -> set[str]:
    """Return the keys that no other key continues."""
    ordered = sorted(set(keys))
    return {
        key
        for key in ordered
        if not any(len(other) > len(key) >= _SHORTEST and other.startswith(key[:-_CURSOR]) for other in ordered)
    }
