"""What is read up on: searches and pages over some days; and pages that were opened only once."""

from __future__ import annotations

from gum.evaluate.simulate.generator.plan import Plan, marks
from gum.evaluate.simulate.generator.view import View
from gum.evaluate.simulate.generator.vocabulary import Topic, half


def plan(life: Plan) -> None:
    """Plan two topics of work and one of the evenings."""
    rng, person = life.rng, life.person
    work = half(person.work.topics, person.held_out)
    private = half(person.private.topics, person.held_out)
    for topic, at_home, visits in (
        (work[0], False, rng.choice((4, 5, 7))),
        (work[-1], False, rng.choice((1, 2, 4))),
        (private[0], True, rng.choice((3, 4, 6))),
    ):
        _topic(life, topic, at_home, visits)


def _topic(life: Plan, topic: Topic, at_home: bool, visits: int) -> None:
    rng = life.rng
    days = range(life.person.days) if at_home else life.working_days()
    start = rng.randrange(max(1, len(days) - 3))
    span = list(days)[start : start + rng.choice((3, 5, 9))]
    fact = life.fact("researches", (*topic.names, *topic.queries, *(title for title, _ in topic.pages)), (), span[0])
    for _ in range(visits):
        day = rng.choice(span)
        life.visit(day, life.evening() if at_home else life.at_work(), *_reading(life, day, topic, fact))


def _reading(life: Plan, day: int, topic: Topic, fact: str) -> list[View]:
    rng = life.rng
    query = rng.choice(topic.queries)
    views = [life.scenes.search(day, query, marks(fact, query))]
    for title, site in rng.sample(topic.pages, rng.choice((1, 2, 2, 3))):
        views.append(life.scenes.page(day, title, site, marks(fact, title)))
    return views if rng.random() < 0.8 else views[1:]
