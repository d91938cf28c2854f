"""What is due when: on the person's own list, in the calendar, in a mail; one of them is put off."""

from __future__ import annotations

from datetime import datetime

from gum.evaluate.simulate.generator import vocabulary
from gum.evaluate.simulate.generator.plan import Plan, marks
from gum.evaluate.simulate.generator.vocabulary import half
from gum.evaluate.simulate.generator.writing import date_form

# A line with a date alone may be an appointment: it shows no deadline.
_LISTED = (
    ("{what} due {date}", True),
    ("- [ ] {what} until {date}", True),
    ("{what}: deadline {date}", True),
    ("hand in {what} by {date}", True),
    ("submit {what} by {date}", True),
    ("finish {what} by {date}", True),
    ("{date}: {what}", False),
    ("! {what} - {date}", False),
)
_ASKED = (
    "Please send me the {what} by {date}.",
    "We need the {what} until {date} at the latest.",
    "The {what} is due on {date}.",
    "Reminder: {what}, deadline {date}.",
    "Can you hand in the {what} by {date}?",
)


def plan(life: Plan) -> None:
    """Plan four deadlines: often listed, put off, in the calendar, asked for once."""
    rng, person = life.rng, life.person
    things = half(person.work.deadlines, person.held_out) + half(person.private.deadlines, person.held_out)
    rng.shuffle(things)
    days = life.working_days()
    for number, what in enumerate(things[:4]):
        day = rng.choice(days[: max(1, len(days) * 2 // 3)])
        due = life.date(day + rng.randrange(6, 25))
        fact = life.fact("has_deadline", (what,), (f"{due:%Y-%m-%d}",), day)
        if number == 0:
            _listed(life, fact, what, due, day, rng.choice((3, 4, 5)))
        elif number == 1:
            _listed(life, fact, what, due, day, 3)
            _put_off(life, fact, what, due, day + 4)
        elif number == 2:
            _in_calendar(life, fact, what, due, day)
        else:
            _asked(life, fact, what, due, day)


def _listed(life: Plan, fact: str, what: str, due: datetime, day: int, times: int) -> None:
    rng, noise = life.rng, vocabulary.noise()
    form, plain = rng.choice(_LISTED)
    for later in range(times):
        on = day + later
        line = form.format(what=what, date=date_form(rng, due, life.date(on)))
        typed = (line,) if later == 0 else ()
        lines = (
            "this week",
            *(() if typed else (line,)),
            rng.choice(("milk, bread, oil", "call dentist", rng.choice(noise["prose"]))),
        )
        life.visit(on, life.at_work(), life.scenes.list_of_tasks(on, lines, typed, marks(fact, what) if plain else ()))


def _put_off(life: Plan, old: str, what: str, due: datetime, day: int) -> None:
    later = life.date((due - life.person.first_day).days + life.rng.randrange(4, 9))
    new = life.fact("has_deadline", (what,), (f"{later:%Y-%m-%d}",), day)
    life.facts[old].ends = life.person.midnight(day)
    life.facts[old].replaced_by = new
    _listed(life, new, what, later, day, 4)
    boss = life.person.others[0]
    body = (f"The {what} has been put off, new date is {date_form(life.rng, later, life.date(day))}.",)
    life.visit(day, life.at_work(), life.scenes.mail_read(day, boss, what.capitalize(), body, marks(new, what)))


def _in_calendar(life: Plan, fact: str, what: str, due: datetime, day: int) -> None:
    rng = life.rng
    for on in sorted({day, day + 1, day + 2, *(day + rng.randrange(3, 6) for _ in range(2))}):
        named = rng.choice(("due: {}", "deadline {}", "{} due", "{} (deadline)")).format(what)
        line = f"{date_form(rng, due, life.date(on))}  {named}"
        life.visit(on, life.at_work(), life.scenes.calendar(on, ("9:00 Stand", line, "All day"), marks(fact, what)))


def _asked(life: Plan, fact: str, what: str, due: datetime, day: int) -> None:
    boss = life.person.others[0]
    line = life.rng.choice(_ASKED).format(what=what, date=date_form(life.rng, due, life.date(day)))
    body = (f"Dear {life.person.name.split()[0]},", line, "Best", boss.split()[0])
    life.visit(day, life.at_work(), life.scenes.mail_read(day, boss, what.capitalize(), body, marks(fact, what)))
