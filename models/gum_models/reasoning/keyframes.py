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
    best: dict[tuple[str, str], tuple[float, Observation]] = {}
    for one in observations:
        if not one.frame or _letters(one.text) > EXPLAINED_BY:
            continue
        place, looked_s = (one.app, one.title), _looked_s(one, observations)
        if looked_s >= GLANCE_S and (place not in best or looked_s > best[place][0]):
            best[place] = (looked_s, one)
    ranked = sorted(best.values(), key=lambda found: (-found[0], found[1].id))
    return [one for _, one in ranked[: max(0, most)]]


def _letters(text: str) -> int:
    return sum(character.isalnum() for character in text)


def _looked_s(screen: Observation, observations: Sequence[Observation]) -> float:
    """Return how long a screen stood: until the next one was read, or its window was left."""
    next_at = min((one.captured_at for one in observations if _follows(one, screen)), default=None)
    left_at = max((one.until for one in observations if one.captured_at <= screen.captured_at), default=screen.until)
    until = max(screen.until, left_at if next_at is None else min(next_at, left_at))
    return (until - screen.captured_at).total_seconds()


def _follows(one: Observation, screen: Observation) -> bool:
    return one.kind == screen.kind and one.captured_at > screen.captured_at
