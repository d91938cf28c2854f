"""What the lives of scripted people come to: usefulness, learning, regret, missed needs, and the timing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from gum.evaluate.suggestions.living import BENEFIT, COST_FALSE_ALARM, COST_SILENCE, Life, Shown, live
from gum.evaluate.suggestions.person import Occasion

ANSWERS = 50
PER_DAY = 6
Report = Callable[[int, int], None]
_WEEK = 7


def simulate(people: Sequence[int], days: int, report: Report) -> dict[str, Any]:
    """Return the figures of the people of these seeds over so many days.  Raises StoreError."""
    lives = []
    for number, seed in enumerate(people):
        report(number, len(people))
        lives.append(live(seed, days))
    return {"simulation": _simulation(lives, days), "timing": _timing(lives)}


def _simulation(lives: Sequence[Life], days: int) -> dict[str, Any]:
    late = [one for life in lives for one in after(life.shown, ANSWERS)]
    shown = [one for life in lives for one in life.shown]
    arisen = [one for life in lives for one in life.occasions]
    wanted = [one for one in arisen if one.useful]
    spoken = {id(one.occasion) for one in shown}
    return {
        "people": len(lives),
        "days": days,
        "occasions": len(arisen),
        "useful": len(wanted),
        "shown": len(shown),
        "answers": Counter(one.answer for one in shown),
        "precision": _share(_right(shown), len(shown)),
        f"precision_after_{ANSWERS}_answers": _share(_right(late), len(late)),
        "shown_after": len(late),
        "precision_of_always": _share(len(wanted), len(arisen)),
        "most_in_a_day": max((_most_in_a_day(life) for life in lives), default=0),
        "missed_needs": _share(sum(id(one) not in spoken for one in wanted), len(wanted)),
        "per_week": _weeks(lives, days),
    }


def after(shown: Sequence[Shown], answers: int) -> list[Shown]:
    """Return what was shown once so many had been accepted or dismissed."""
    told = 0
    for place, one in enumerate(shown):
        if told >= answers:
            return list(shown[place:])
        told += one.answer != "ignore"
    return []


def utility(occasion: Occasion, spoken: bool) -> float:
    """Return what speaking or staying silent was worth, in the gate's units."""
    if spoken:
        return BENEFIT if occasion.useful else -COST_FALSE_ALARM
    return -COST_SILENCE if occasion.useful else 0.0


def _weeks(lives: Sequence[Life], days: int) -> list[dict[str, Any]]:
    rows = []
    for first in range(0, days, _WEEK):
        within = range(first, min(days, first + _WEEK))
        mine, best, told, right = 0.0, 0.0, 0, 0
        for life in lives:
            spoken = {id(one.occasion): one for one in life.shown}
            for day in _days(life, within):
                mine += sum(utility(one, id(one) in spoken) for one in day)
                best += _oracle(day)
                these = [spoken[id(one)] for one in day if id(one) in spoken]
                told += len(these)
                right += _right(these)
        whole = len(lives) * len(within)
        rows.append(
            {
                "week": first // _WEEK + 1,
                "shown": told,
                "useful_per_interruption": _share(right, told),
                "utility_per_day": round(mine / whole, 3),
                "regret_per_day": round((best - mine) / whole, 3),
            }
        )
    return rows


def _oracle(day: Sequence[Occasion]) -> float:
    """Return the utility of one who knows what is useful and speaks of it within the budget."""
    spoken = [one for one in day if one.useful][:PER_DAY]
    return sum(utility(one, one in spoken) for one in day)


def _days(life: Life, within: range) -> list[list[Occasion]]:
    by_day: dict[date, list[Occasion]] = {}
    for one in life.occasions:
        by_day.setdefault(one.since.date(), []).append(one)
    first = life.looks[0].now.date().toordinal() if life.looks else 0
    return [by_day.get(date.fromordinal(first + number), []) for number in within]


def _timing(lives: Sequence[Life]) -> dict[str, Any]:
    shown = [one for life in lives for one in life.shown]
    looks = [one for life in lives for one in life.looks]
    states = {"typing": "in_typing", "call": "in_call", "showing": "in_presentation", "asleep": "in_quiet_time"}
    return {
        "interruptions": len(shown),
        **{name: _share(sum(one.look.doing == doing for one in shown), len(shown)) for doing, name in states.items()},
        "share_of_such_moments": _share(sum(one.disturbed for one in looks), len(looks)),
    }


def _most_in_a_day(life: Life) -> int:
    return max(Counter(one.look.now.date() for one in life.shown).values(), default=0)


def _right(shown: Sequence[Shown]) -> int:
    return sum(one.occasion.useful and not one.look.disturbed for one in shown)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
