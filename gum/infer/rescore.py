"""Brings stored probabilities to an instant: evidence fades, verdicts and calibration weigh in."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterable, Sequence
from datetime import datetime

from gum.infer.calibration import Calibration, fit
from gum.infer.confidence import HALF_LIVES, REJECTED, Belief, believe
from gum.records import Durability, Evidence, Proposition, Status
from gum.store import Store
from gum.store.proposition_query import HIDDEN_BELOW

ACTIVE_FROM = 0.5
EPISODES_TO_ACTIVE = 2
STATED = ("confirm", "edit", "add")
# After so many half-lives without support a moment or a task is over.
_HALF_LIVES_TO_PASS = 4
_CALIBRATION = "calibration"
_PASSING = frozenset({Durability.MOMENT, Durability.TASK})
_SMALLEST_CHANGE = 1e-4
# So many at a time keep the store from others for some hundredths of a second; then whoever waits has a turn.
_PART = 200
_TURN_S = 0.002


def rescore(store: Store, now: datetime, ids: Iterable[int] | None = None) -> list[int]:
    """Recompute the probability and status of propositions, of all when no ids are given; return the changed ones.

    This leaves no Revision: it is a recomputation from evidence and verdicts.  Recomputing all fits the calibration
    map anew, and goes in parts so that others get a turn; for single ones the map in force is used.
    """
    if ids is not None:
        return _rescored(store, sorted(set(ids)), in_force(store), now)
    with store.transaction():
        calibration = refit(store)
        every = store.propositions.ids()
    changed: list[int] = []
    for start in range(0, len(every), _PART):
        if start:
            time.sleep(_TURN_S)
        changed += _rescored(store, every[start : start + _PART], calibration, now)
    return changed


def _rescored(store: Store, ids: Sequence[int], calibration: Calibration, now: datetime) -> list[int]:
    with store.transaction():  # around the reading too: a verdict given in between must not be overwritten
        chosen = store.propositions.many(ids).values()
        return [one.id for one in chosen if _rescore_one(store, one, calibration, now)]


def refit(store: Store) -> Calibration:
    """Fit the calibration map on the verdicts there are, and keep it as the one in force."""
    verdicts = store.verdicts.list("proposition")
    judged = store.propositions.many(sorted({one.target_id for one in verdicts}))
    found = fit(verdicts, store.propositions.raw_tenths(), {one.id: str(one.kind) for one in judged.values()})
    if found != in_force(store):
        store.settings.set(_CALIBRATION, dataclasses.asdict(found))
    return found


def in_force(store: Store) -> Calibration:
    """Return the calibration map by which probabilities are shown."""
    return Calibration(**store.settings.get(_CALIBRATION, {}))


def standing(known: Proposition, belief: Belief, shown: float, now: datetime) -> Status:
    """Return the status that follows from the evidence; what the person decided stays."""
    if known.status in (Status.CONFIRMED, Status.REJECTED, Status.SUPERSEDED):
        return known.status
    ended = known.valid_to is not None and known.valid_to <= now
    unseen_since = known.valid_to is not None and (belief.last_supported or known.valid_to) <= known.valid_to
    if known.status is Status.RETIRED and ended and unseen_since:
        return Status.RETIRED
    if not known.pinned and ((ended and shown < HIDDEN_BELOW) or _passed(known, belief, now)):
        return Status.RETIRED
    repeated = belief.trusted_episodes >= EPISODES_TO_ACTIVE and shown >= HIDDEN_BELOW
    return Status.ACTIVE if shown >= ACTIVE_FROM or repeated else Status.CANDIDATE


def _passed(known: Proposition, belief: Belief, now: datetime) -> bool:
    """Return whether a moment or a task has not been seen for so long that hardly anything still speaks for it."""
    since = now - (belief.last_supported or known.last_supported)
    return known.durability in _PASSING and since > _HALF_LIVES_TO_PASS * HALF_LIVES[known.durability]


def _rescore_one(store: Store, known: Proposition, calibration: Calibration, now: datetime) -> bool:
    stated_at = _stated_at(store, known)
    evidence = _heard(store, known.id)
    belief = believe(known.kind, known.durability, evidence, now, stated_at)
    shown = belief.probability
    if known.status is Status.REJECTED:
        shown = min(shown, REJECTED)
    elif known.status is not Status.CONFIRMED:
        shown = calibration.shown(shown, str(known.kind), belief.bound)
    trust = known.trust if known.status is Status.REJECTED else belief.trust
    status = standing(known, belief, shown, now)
    supported = belief.last_supported or known.last_supported
    moved = max(abs(shown - known.probability), abs(belief.probability - known.raw_probability)) > _SMALLEST_CHANGE
    if not moved and (status, trust, supported) == (known.status, known.trust, known.last_supported):
        return False
    store.propositions.set_probability(known.id, shown, belief.probability, status, trust, supported)
    return True


def _heard(store: Store, id: int) -> list[Evidence]:
    """Return the evidence, without what speaks on behalf of a proposition that the person has rejected."""
    evidence = store.propositions.evidence(id)
    rivals = store.propositions.many(sorted({one.rival for one in evidence if one.rival is not None}))
    mute = {one.id for one in rivals.values() if one.status is Status.REJECTED}
    return [one for one in evidence if one.rival not in mute]


def _stated_at(store: Store, known: Proposition) -> datetime | None:
    """Return when the person last said that it is so, while that still stands."""
    if known.status is not Status.CONFIRMED:
        return None
    said = store.verdicts.list("proposition", known.id)
    return max((one.at for one in said if one.verdict in STATED), default=None)
