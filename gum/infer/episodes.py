"""Keeps the episodes of the store equal to the episodes of its observations."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from gum.infer.segmentation import Segment, ordered, pauses, segment
from gum.records import Episode, InferenceState, Observation
from gum.store import Store

# How much of the stream behind a late observation is searched first for a pause, where it can be cut.
_AHEAD = timedelta(hours=6)
# How far back the two episodes before an observation are looked for, in days.
_BACK = (0.25, 3.0, 36500.0)


class Segmenter:
    """Puts observations into episodes; an episode keeps its id for as long as it keeps most of them."""

    def __init__(self, store: Store, gap_s: float) -> None:
        self._store = store
        self._gap = timedelta(seconds=gap_s)

    def advance(self, now: datetime, final: bool = False) -> list[int]:
        """Put new and late observations where they belong; return the episodes to infer from, oldest first.

        These are the ones that were closed just now, and those closed before that have gained or lost
        observations.  An episode is closed when no observation in order can change it any more, when
        nothing came for longer than the gap, or when the stream is `final`.
        """
        with self._store.transaction():
            fresh = self._store.observations.unassigned()
            is_open = self._store.episodes.open()
            touched = [one.captured_at for one in fresh] + [one.started_at for one in is_open]
            if not touched or not (fresh or final or len(is_open) > 1 or self._silent(now)):
                return []
            stream, at_end = self._span(min(touched), max(touched))
            quiet = now - max(one.until for one in stream) > self._gap
            segments = segment(stream, self._gap.total_seconds(), complete=final or quiet or not at_end)
            return self._write(segments, self._episodes_of(stream), {one.id for one in is_open})

    def _silent(self, now: datetime) -> bool:
        last = self._store.observations.last()
        return last is None or now - last.until > self._gap

    def _span(self, first: datetime, last: datetime) -> tuple[list[Observation], bool]:
        """Return the observations that the touched ones can influence, and whether the stream ends with them."""
        since = min([first, *(one.started_at for one in self._two_before(first))])
        ahead = _AHEAD
        while True:
            stream = self._stream(since, last + ahead)
            if not self._store.observations.between(last + ahead, None, limit=1):
                return stream, True
            cut = next((cut for cut in pauses(stream, self._gap) if _safe(stream, cut, last)), None)
            if cut is not None:
                return stream[:cut], False
            ahead *= 4

    def _two_before(self, moment: datetime) -> list[Episode]:
        found: list[Episode] = []
        for days in _BACK:
            found = self._store.episodes.before(moment, days)[-2:]
            if len(found) == 2:
                break
        return found

    def _stream(self, since: datetime, until: datetime) -> list[Observation]:
        """Return the observations of a time, without those at its first instant that end an earlier episode."""
        stream = ordered(self._store.observations.between(since, until))
        begun = {id for id, episode in self._episodes_of(stream).items() if episode.started_at >= since}
        return [one for one in stream if one.episode is None or one.episode in begun]

    def _episodes_of(self, stream: Sequence[Observation]) -> dict[int, Episode]:
        ids = {one.episode for one in stream if one.episode is not None}
        return {id: self._store.episodes.get(id) for id in sorted(ids)}

    def _write(self, segments: Sequence[Segment], kept: Mapping[int, Episode], is_open: set[int]) -> list[int]:
        names = _names(segments)
        found = []
        for position, one in enumerate(segments):
            before = kept.get(names.get(position, 0))
            id, changed = self._keep(one, before)
            was_closed = before is not None and id not in is_open
            if one.settled and not was_closed:
                self._store.episodes.close(id)
            elif changed and was_closed and not one.settled:
                self._store.episodes.reopen(id)
            if one.settled and (changed or not was_closed):
                found.append(id)
        for id in set(kept) - set(names.values()):
            self._store.episodes.delete(id)
        return found

    def _keep(self, one: Segment, before: Episode | None) -> tuple[int, bool]:
        """Write the segment; return its episode and whether that has gained or lost observations."""
        new = one.episode()
        if before is None:
            return self._store.episodes.add(new).id, True
        changed = set(before.observations) != set(new.observations)
        if not changed:
            state: InferenceState = before.state
            new = dataclasses.replace(new, state=state, tries=before.tries, reason=before.reason)
        if dataclasses.replace(new, id=before.id, observations=before.observations) != before or changed:
            self._store.episodes.replace(before.id, new)
        return before.id, changed


def _safe(stream: Sequence[Observation], cut: int, last: datetime) -> bool:
    """Return whether nothing behind the cut belongs to what lies before it."""
    return stream[cut].captured_at > last and stream[cut].episode not in {one.episode for one in stream[:cut]}


def _names(segments: Sequence[Segment]) -> dict[int, int]:
    """Return, by position, the kept episode that shares most observations with a segment; each goes to one."""
    shared = Counter(
        (position, one.episode)
        for position, segment in enumerate(segments)
        for one in segment.observations
        if one.episode is not None
    )
    names: dict[int, int] = {}
    for position, id in sorted(shared, key=lambda pair: (-shared[pair], pair)):
        if position not in names and id not in names.values():
            names[position] = id
    return names
