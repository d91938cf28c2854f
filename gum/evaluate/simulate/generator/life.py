"""The whole simulation of one person: the captures in order, and the truth."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from gum.evaluate.simulate.generator import noise as noises
from gum.evaluate.simulate.generator.captures import Camera, Shown
from gum.evaluate.simulate.generator.days import laid_out
from gum.evaluate.simulate.generator.noise import Noise
from gum.evaluate.simulate.generator.person import Person, compose
from gum.evaluate.simulate.generator.plan import EVENING, Plan
from gum.evaluate.simulate.generator.screen import legible
from gum.evaluate.simulate.generator.threads import deadlines, home, people, projects, routines, tools, topics, troubles
from gum.evaluate.simulate.generator.truth import Fact, Happening, Truth
from gum.evaluate.simulate.generator.view import View, Visit
from gum.records import Capture

_AWAY = timedelta(minutes=12)
ToolFacts = dict[str, list[tuple[str, int, int | None]]]


@dataclass(frozen=True, slots=True)
class Life:
    """A person, what the observers tell of them in order of time, and what is true.

    `noisy` are the sources of the captures that show no fact but which application is in front, `noise` their share.
    """

    person: Person
    captures: tuple[Capture, ...]
    truth: Truth
    noisy: frozenset[str]

    @property
    def noise(self) -> float:
        return len(self.noisy) / len(self.captures)


def live(seed: int, weeks: int) -> Life:
    """Return the simulation of a seed; the same seed and weeks give the same."""
    rng = Random(f"simulated-person-{seed}")
    person = compose(seed, weeks, rng)
    plan = Plan(person, rng)
    made = projects.plan(plan)
    topics.plan(plan)
    people.plan(plan)
    deadlines.plan(plan)
    home.plan(plan)
    routines.plan(plan)
    troubles.plan(plan, made)
    plan.fact("works_on", (plan.scenes.tasks_document.rsplit(".", 1)[0],), planted=False)
    of_tools = tools.plan(plan)
    _add_noise(plan)
    tools.beside(plan, of_tools)
    _add_accidents(plan)
    return _filmed(plan, of_tools)


def _add_noise(plan: Plan) -> None:
    """Add as much noise as the share asks for, at any time of the days that have something."""
    rng, noise = plan.rng, Noise(plan)
    weights = Counter(visit.day for visit in plan.visits)
    wanted = sum(_weight(view) for visit in plan.visits for view in visit.views) * noises.SHARE / (1 - noises.SHARE)
    while wanted > 0:
        day = noises.shuffled_days(rng, weights, 1)[0]
        views = tuple(noise.view(day) for _ in range(rng.choice((1, 1, 2, 3, 5))))
        wanted -= sum(map(_weight, views))
        evening = rng.random() < 0.2 or day % 7 not in plan.person.workdays
        minute = rng.randrange(EVENING - 120, EVENING + 200) if evening else plan.at_work()
        plan.visit(day, minute, *views)


def _add_accidents(plan: Plan) -> None:
    """Add an application that is opened by accident."""
    rng = plan.rng
    if (app := tools.stray(plan)) is not None:
        for day in rng.sample(plan.working_days(), 2):
            view = View(app, "Untitled", ("New document",), rng.randrange(3, 9), noise=True)
            plan.visit(day, plan.at_work(), view)


def _weight(view: View) -> int:
    """Return about how many observations a view makes."""
    return 3 + 2 * len(view.typed)


def _filmed(plan: Plan, of_tools: ToolFacts) -> Life:
    """Let the observers see the visits, and count what each of them showed."""
    rng, camera = plan.rng, Camera(plan.person, plan.rng)
    captures: list[Capture] = []
    happenings: list[Happening] = []
    shown: dict[str, set[int]] = defaultdict(set)
    ended: datetime | None = None
    noisy: set[str] = set()
    for at, view, visit in laid_out(plan.person, plan.visits, rng):
        if ended is not None and at - ended > _AWAY:
            captures.append(camera.leave(ended + timedelta(seconds=30)))
        seen = camera.shoot(view, at)
        captures += seen.captures
        if view.noise:
            noisy |= {one.source for one in seen.captures}
        happenings.append(Happening(at, f"{view.app.window_class} {' '.join(view.app.names)} {seen.title} {view.site}"))
        for fact in _facts_shown(view, visit, seen, of_tools):
            shown[fact].add(id(visit))
        ended = at + timedelta(seconds=view.seconds)
    if ended is not None:
        captures.append(camera.leave(ended + timedelta(seconds=30)))
    days = len({one.at.date() for one in happenings})
    facts = tuple(_final(plan, id, len(shown[id])) for id in plan.facts)
    truth = Truth(facts, tuple(plan.decoys), tuple(happenings), days)
    return Life(plan.person, tuple(captures), truth, frozenset(noisy))


def _facts_shown(view: View, visit: Visit, seen: Shown, of_tools: ToolFacts) -> set[str]:
    found = {mark.fact for mark in view.marks if legible(mark, seen.title, seen.text)}
    if not view.noise:
        for fact, since, until in of_tools.get(view.app.key, ()):
            if since <= visit.day and (until is None or visit.day < until):
                found.add(fact)
    return found | set(visit.shows)


def _final(plan: Plan, id: str, shown: int) -> Fact:
    one = plan.facts[id]
    return Fact(
        one.id, one.predicate, one.names, one.qualifiers, one.starts, one.ends, shown, one.planted, one.replaced_by
    )
