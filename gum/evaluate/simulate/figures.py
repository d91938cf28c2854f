"""From what was shown of several people to figures: precision, recall, calibration, and what was not found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any

from gum.evaluate.simulate.generator import Fact
from gum.evaluate.simulate.living import HELD, Lived, Stated
from gum.infer.calibration import Calibration, fit
from gum.infer.confidence import bound_of
from gum.infer.reliability import Told, reliability
from gum.records import PREDICATES, Verdict

_LISTED = 200


def verdicts_of(people: Iterable[Lived]) -> list[Verdict]:
    """Return the verdicts that these people would give on what was shown to them."""
    stated = [one for person in people for one in person.stated]
    return [
        Verdict(
            "proposition",
            number,
            "confirm" if one.right else "reject",
            "",
            one.at,
            one.raw,
            one.raw,
            bound=bound_of(one.trust, one.raw),
        )
        for number, one in enumerate(stated, start=1)
    ]


def calibrated(calibration: Calibration, one: Stated) -> float:
    """Return what would be shown with this map in force, which lifts nothing above the cap of its class."""
    return calibration.shown(one.raw, one.kind, bound_of(one.trust, one.raw))


def figures(measured: Sequence[Lived], others: Sequence[Lived]) -> dict[str, Any]:
    """Return the figures of the people measured; the map and the base rate come from the others."""
    stated = [one for person in measured for one in person.stated]
    elsewhere = [one for person in others for one in person.stated]
    calibration = fit(verdicts_of(others), kinds=dict(enumerate((one.kind for one in elsewhere), start=1)))
    base = share(elsewhere, lambda one: one.right)
    shown = reliability([(calibrated(calibration, one), one.right) for one in stated])
    raw = reliability([(one.raw, one.right) for one in stated])
    held = [one for one in stated if one.raw >= HELD]
    at_end = [one for person in measured for one in person.at_end]
    return {
        "precision": share(stated, lambda one: one.right),
        "recall": recall(measured, lambda fact: fact.supportable),
        "recall_all": recall(measured, lambda fact: fact.planted),
        "ece": shown.ece,
        "brier": {
            "calibrated": shown.brier,
            "uncalibrated": raw.brier,
            "base_rate": brier([(base, one.right) for one in stated]),
        },
        "n": {
            "people": len(measured),
            "propositions": len(stated),
            "supportable": sum(fact.supportable for one in measured for fact in one.facts),
            "facts": sum(len(one.planted) for one in measured),
            "verdicts": len(elsewhere),
        },
        "held": {
            "from": HELD,
            "precision": share(held, lambda one: one.right),
            "recall": recall(measured, lambda fact: fact.supportable, held=True),
            "propositions": len(held),
        },
        "at_end": {"precision": share(at_end, lambda one: one.right), "propositions": len(at_end)},
        "repeated": share(range(len(at_end)), lambda n: n < sum(one.repeated for one in measured)),
        "ece_uncalibrated": raw.ece,
        "base_rate": base,
        "calibration": asdict(calibration),
        "bins": {"calibrated": [asdict(one) for one in shown.bins], "uncalibrated": [asdict(one) for one in raw.bins]},
        "predicates": {predicate: _of_predicate(predicate, measured, stated) for predicate in _predicates(stated)},
        "missed": _missed(measured)[:_LISTED],
        "wrong": [_told(one, calibration) for one in stated if not one.right][:_LISTED],
        "decoys_believed": sum(bool(one.decoy) for one in stated),
        "wrong_because": dict(Counter(one.why.split(":")[0] for one in stated if not one.right).most_common()),
    }


def share(items: Sequence[Any], true: Callable[[Any], bool]) -> float:
    """Return the share of the items for which it is true; 1 of nothing."""
    return sum(map(true, items)) / len(items) if items else 1.0


def recall(people: Sequence[Lived], counted: Callable[[Fact], bool], held: bool = False) -> float:
    """Return the share of the facts counted that were found; 1 when there are none."""
    facts = [
        fact.id in (one.found_held if held else one.found) for one in people for fact in one.facts if counted(fact)
    ]
    return sum(facts) / len(facts) if facts else 1.0


def brier(told: Sequence[Told]) -> float:
    """Return the mean of (p - outcome)^2 (Brier 1950)."""
    return sum((p - right) ** 2 for p, right in told) / len(told) if told else 0.0


def _predicates(stated: Sequence[Stated]) -> list[str]:
    return [*PREDICATES, *sorted({one.predicate for one in stated} - set(PREDICATES))]


def _of_predicate(predicate: str, people: Sequence[Lived], stated: Sequence[Stated]) -> dict[str, Any]:
    said = [one for one in stated if one.predicate == predicate]
    return {
        "propositions": len(said),
        "precision": share(said, lambda one: one.right),
        "supportable": sum(fact.supportable and fact.predicate == predicate for one in people for fact in one.facts),
        "recall": recall(people, lambda fact: fact.supportable and fact.predicate == predicate),
        "recall_all": recall(people, lambda fact: fact.planted and fact.predicate == predicate),
    }


def _missed(people: Sequence[Lived]) -> list[dict[str, Any]]:
    """Return the planted facts that were never found, the supportable ones first."""
    missed = [(one, fact) for one in people for fact in one.planted if fact.id not in one.found]
    missed.sort(key=lambda pair: (not pair[1].supportable, pair[1].predicate))
    return [
        {
            "person": one.seed,
            "predicate": fact.predicate,
            "name": fact.names[0],
            "qualifier": fact.qualifiers[0] if fact.qualifiers else "",
            "shown": fact.shown,
            "supportable": fact.supportable,
        }
        for one, fact in missed
    ]


def _told(one: Stated, calibration: Calibration) -> dict[str, Any]:
    return {
        "person": one.seed,
        "predicate": one.predicate,
        "text": one.text,
        "raw": round(one.raw, 3),
        "calibrated": round(calibrated(calibration, one), 3),
        "why": one.why,
        "decoy": one.decoy,
    }
