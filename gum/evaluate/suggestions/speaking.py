"""Speak or stay silent on labelled traces: the gate's estimate beside always speaking and never speaking.

A trace is never judged by an estimate that was fitted on it: where the file holds traces that the estimate of the
program was fitted on, each of them is judged by one that is fitted on the others, the bar included.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from gum.suggest.need.estimate import Need, Row, fitted, shipped_rows

ANSWERS = 50
_RESAMPLINGS = 2000
_WAYS = ("gate", "always", "never", "learned")
_RATES = ("precision", "recall", "f1", "false_alarm_rate")


@dataclass(frozen=True, slots=True)
class Said:
    """One moment: its trace, whether help was needed, and what each way did."""

    trace: str
    needed: bool
    spoke: dict[str, bool]


def evaluate(rows: Sequence[Row], answers: int = ANSWERS, seed: int = 0) -> dict[str, Any]:
    """Return for each way its rates with the 95 % intervals from resampling whole traces.

    `learned` is the gate after that many answers of other traces of the file, of which its estimate knew nothing.
    """
    traces = list(dict.fromkeys(row.trace for row in rows))
    known = {row.trace for row in shipped_rows()}
    said = [one for trace in traces for one in _judged(trace, rows, traces, answers, seed)]
    return {
        "rows": len(rows),
        "traces": len(traces),
        "traces_fitted_on": sum(trace in known for trace in traces),
        "needed": round(sum(row.needed for row in rows) / len(rows), 4),
        "answers": answers,
        **{way: _measured(said, way, seed) for way in _WAYS},
    }


def _judged(trace: str, rows: Sequence[Row], traces: Sequence[str], answers: int, seed: int) -> list[Said]:
    others = [one for one in traces if one != trace]
    answering = set(others[::2])
    told = [row for row in rows if row.trace in answering]
    taught = random.Random(f"{seed} {trace}").sample(told, min(answers, len(told)))
    gate = fitted(_known_without({trace}))
    learned = fitted([*_known_without({trace} | answering), *taught])
    return [_said(row, gate, learned) for row in rows if row.trace == trace]


def _known_without(traces: set[str]) -> list[Row]:
    """Return what the estimate of the program was fitted on, without these traces."""
    return [row for row in shipped_rows() if row.trace not in traces]


def _said(row: Row, gate: Need, learned: Need) -> Said:
    spoke = {
        "gate": gate.of_features(row.features) > gate.bar,
        "always": True,
        "never": False,
        "learned": learned.of_features(row.features) > learned.bar,
    }
    return Said(row.trace, row.needed, spoke)


def _measured(said: Sequence[Said], way: str, seed: int) -> dict[str, Any]:
    values = rates([(one.needed, one.spoke[way]) for one in said])
    ranges = _intervals(said, way, seed)
    return {**values, **{f"{name}_interval": ranges[name] for name in _RATES}}


def rates(told: Sequence[tuple[bool, bool]]) -> dict[str, float | None]:
    """Return precision, recall, F1 and false-alarm rate of pairs (needed, spoke); None where nothing is to count."""
    hits = sum(needed and spoke for needed, spoke in told)
    alarms = sum(spoke and not needed for needed, spoke in told)
    wanted = sum(needed for needed, _ in told)
    return {
        "precision": _share(hits, hits + alarms),
        "recall": _share(hits, wanted),
        "f1": _share(2 * hits, hits + alarms + wanted),
        "false_alarm_rate": _share(alarms, len(told) - wanted),
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _intervals(said: Sequence[Said], way: str, seed: int) -> dict[str, list[float] | None]:
    by_trace: dict[str, list[tuple[bool, bool]]] = {}
    for one in said:
        by_trace.setdefault(one.trace, []).append((one.needed, one.spoke[way]))
    chosen = random.Random(seed)
    traces = list(by_trace.values())
    drawn = [rates([*chain(*chosen.choices(traces, k=len(traces)))]) for _ in range(_RESAMPLINGS)]
    return {name: interval([one[name] for one in drawn]) for name in _RATES}


def interval(values: Sequence[float | None]) -> list[float] | None:
    """Return the range that holds 95 % of the values, those that are None left out; None when all are."""
    found = sorted(one for one in values if one is not None)
    if not found:
        return None
    return [found[int(0.025 * (len(found) - 1))], found[int(0.975 * (len(found) - 1))]]
