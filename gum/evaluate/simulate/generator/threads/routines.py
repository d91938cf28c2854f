"""What is done at set times: every working day, or once a week; one of the daily ones moves to another hour."""

from __future__ import annotations

from gum.evaluate.simulate.generator.plan import Plan, marks
from gum.evaluate.simulate.generator.vocabulary import Habit, half

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def plan(life: Plan) -> None:
    """Plan a daily and a weekly habit of work, and one of the private life."""
    rng, person = life.rng, life.person
    daily = [one for one in person.work.habits if not one.day]
    weekly = [one for one in person.work.habits if one.day and _DAYS.index(one.day) in person.workdays]
    moved = rng.random() < 0.3
    _habit(life, rng.choice(half(daily, person.held_out)), moved)
    if weekly:
        _habit(life, rng.choice(half(weekly, person.held_out)), False)
    _habit(life, rng.choice(half(person.private.habits, person.held_out)), False)


def _habit(life: Plan, habit: Habit, moved: bool) -> None:
    rng = life.rng
    turn = life.person.days // 2 if moved else life.person.days
    first = _kept(life, habit, habit.minute, 0, turn, moved)
    if moved:
        later = habit.minute + rng.choice((150, 180))
        life.facts[first].replaced_by = _kept(life, habit, later, turn, life.person.days, False)


def _kept(life: Plan, habit: Habit, minute: int, since: int, until: int, ends: bool) -> str:
    """Plan the habit at one hour for a stretch of days; sometimes it falls out."""
    clock = f"{minute // 60:02}:{minute % 60:02}"
    names = (*habit.names, habit.title)
    qualifier = f"{habit.day} {clock}".strip()
    fact = life.fact("has_routine", names, (qualifier,), since, until if ends else None)
    side: tuple[str, ...] = ()
    if habit.where == "doc" and not any(habit.title.rsplit(".", 1)[0] in one.names for one in life.facts.values()):
        side = (life.fact("works_on", (habit.title.rsplit(".", 1)[0], *habit.names), (), since, planted=False),)
    private = habit in life.person.private.habits
    days = list(range(since, until)) if private else life.working_days(since, until)
    for day in days:
        if (habit.day and _DAYS[day % 7] != habit.day) or life.rng.random() < (0.0 if habit.day else 0.12):
            continue
        view = life.scenes.habit(day, habit, marks(fact, habit.title))
        life.visit(day, minute + life.rng.randrange(-6, 7), view, exact=True, shows=(fact, *side))
    return fact
