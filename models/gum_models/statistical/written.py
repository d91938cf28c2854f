"""The person's own sentences: typed, or standing in a document that they edit; each with when it was first seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from gum.records import Observation
from gum_models.statistical.digest import Sighting, View, trusted
from gum_models.statistical.language import sentences, similar, skeleton


@dataclass(slots=True)
class Written:
    """One sentence with every place where it stands, oldest first; `first` tells its words and its date."""

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


def written(view: View) -> list[Written]:
    """Return every own sentence of all episodes; near-equal readings are one sentence."""
    found: list[Written] = []
    known: dict[str, Written] = {}
    for sighting, seen, sentence in _own(view):
        key = skeleton(sentence)
        held = known.get(key) or next((one for one in found if similar(one.text, sentence, 0.9)), None)
        if held is None:
            held = Written(sentence, [])
            found.append(held)
        known[key] = held
        held.places.append((sighting, seen, sentence))
    return found


def _own(view: View) -> Iterator[tuple[Sighting, Observation, str]]:
    for sighting in view.sightings():
        for seen in sighting.texts:
            if seen.kind == "typed" or trusted(seen):
                for sentence in sentences(seen.text):
                    yield sighting, seen, sentence
