"""Which frames of an episode a model is shown: few, and only those that text cannot explain."""

from __future__ import annotations

from collections.abc import Sequence

from gum.records import Observation

#: A screen with more letters than this is explained by its text.
EXPLAINED_BY = 80
#: A screen that stood shorter than this was passed over.
GLANCE_S = 5.0


def key_frames(observations: Sequence[Observation], most: int) -> list[Observation]:
    """Return the observations whose frames are worth showing, longest looked at first, at most `most`.

    One frame of each window title; none that was only glanced at or whose text tells what it shows.
    """
    best: dict[tuple[str, str], Observation] = {}
    for one in observations:
        if not one.frame or _letters(one.text) > EXPLAINED_BY or _looked_s(one) < GLANCE_S:
            continue
        place = (one.app, one.title)
        if place not in best or _looked_s(one) > _looked_s(best[place]):
            best[place] = one
    return sorted(best.values(), key=lambda one: (-_looked_s(one), one.id))[: max(0, most)]


def _letters(text: str) -> int:
    return sum(character.isalnum() for character in text)


def _looked_s(observation: Observation) -> float:
    return (observation.until - observation.captured_at).total_seconds()
