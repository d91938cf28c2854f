"""What the person is stuck on: an error that comes again and again, with searches for it; and one that passes."""

from __future__ import annotations

from collections.abc import Sequence

from gum.evaluate.simulate.generator.plan import Plan, marks
from gum.evaluate.simulate.generator.vocabulary import Project, Trouble, half

_COMMANDS = ("make all", "./run.sh --again", "sudo systemctl restart it", "python -m run", "npm test", "Rscript fit.R")


def plan(life: Plan, projects: Sequence[Project]) -> None:
    """Plan two errors that hold the person up for hours, and one that is over at once."""
    rng, person = life.rng, life.person
    troubles = half(person.work.troubles, person.held_out)
    rng.shuffle(troubles)
    days = rng.sample(life.working_days(), 2)
    _stuck(life, troubles[0], projects, days[0], rng.choice((3, 4, 5)), True)
    _stuck(life, troubles[1 % len(troubles)], projects, days[1], rng.choice((3, 4)), rng.random() < 0.5)
    private = half(person.private.troubles, person.held_out)
    _stuck(life, private[0], projects, rng.choice(life.working_days()), 1, False)


def _stuck(life: Plan, trouble: Trouble, projects: Sequence[Project], day: int, times: int, searched: bool) -> None:
    rng = life.rng
    fact = life.fact("is_stuck_on", (trouble.name, trouble.message), (), day, day + 1)
    project = projects[0]
    minute = rng.randrange(life.person.starts_at + 40, life.person.starts_at + 330)
    command = rng.choice(_COMMANDS)
    if searched:  # whoever looks for an error reads up on it
        life.fact("researches", (trouble.message, trouble.name), (), day, planted=False)
    for _ in range(times):
        views = [life.scenes.trouble(day, trouble, project, marks(fact, trouble.message[:24]), command)]
        if searched and rng.random() < 0.7:
            query = " ".join(trouble.message.split()[: rng.choice((5, 7, 9))])
            views.append(life.scenes.search(day, query, marks(fact, query)))
            views.append(
                life.scenes.page(
                    day, f"{query} - solved?", "answers.example", (), (trouble.message, "Same here, any news?")
                )
            )
        life.visit(day, minute, *views)
        minute += rng.randrange(12, 45)
