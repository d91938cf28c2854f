"""Where the person lives and for whom they work: an address in forms and letters, a signature under mails.

Some move in the middle, some take another job; other people's addresses and far-away cities are on screen as well.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from gum.evaluate.simulate.generator import vocabulary
from gum.evaluate.simulate.generator.plan import Plan, marks
from gum.evaluate.simulate.generator.view import View
from gum.evaluate.simulate.generator.vocabulary import Project

_TOLD = (
    "My address is {street} 12, {city}.",
    "I live in {city} now, come and see us.",
    "From home in {city} it takes an hour.",
)
_LETTERS = ("Letter.odt", "Cancellation.odt", "Form.docx")
Show = Callable[[Plan, int, str], None]

_SHOPS = (
    "Checkout – Marketplaza",
    "Your account - Kiosk 24",
    "Confirm your order",
    "Bestellung abschliessen",
    "My details | Bonusclub",
)


def plan(life: Plan) -> None:
    """Plan the addresses and the employers."""
    _stretches(life, "lives_in", life.person.cities, _at_home)
    _stretches(life, "works_at", life.person.firms, _at_work)
    life.fact("works_on", tuple(one.rsplit(".", 1)[0] for one in _LETTERS), planted=False)
    away = [one for one in vocabulary.names()["cities"] if one not in (city for _, city in life.person.cities)]
    for city in life.rng.sample(away, 2):
        life.decoy("lives_in", (city,), "somebody else's address, a journey that was looked at")
        for _ in range(3):
            day = life.rng.choice(life.working_days())
            view = dataclasses.replace(_elsewhere(life, day, city), noise=True)
            life.visit(day, life.at_work(), view)


def _stretches(life: Plan, predicate: str, spans: tuple[tuple[int, str], ...], show: Show) -> None:
    facts = []
    for number, (since, name) in enumerate(spans):
        until = spans[number + 1][0] if number + 1 < len(spans) else None
        facts.append(life.fact(predicate, (name,), (), since, until))
        days = life.working_days(since, until)
        for day in life.rng.sample(days, min(len(days), life.rng.choice((1, 3, 4, 5)))):
            show(life, day, facts[-1])
    if len(facts) > 1:
        life.facts[facts[0]].replaced_by = facts[1]


def _at_home(life: Plan, day: int, fact: str) -> None:
    rng, person, city = life.rng, life.person, life.person.city(day)
    address = (person.name, f"{person.street} {rng.randrange(1, 90)}", f"{10000 + rng.randrange(80000)} {city}")
    kind = rng.random()
    if kind < 0.45:
        lines = ("Delivery address", *address, "Payment", "Place order")
        view = life.scenes.page(day, rng.choice(_SHOPS), "marketplaza.example", marks(fact, city), lines)
    elif kind < 0.75:
        letter = Project("letter", "Documents", ("Letter.odt",), ("Dear Sir or Madam,", "Yours sincerely"))
        view = life.scenes.editing(day, letter, rng.choice(_LETTERS), marks(fact, city))
        view = _with_lines(view, address)
    else:
        other = rng.choice(person.others[:4])
        typed = rng.choice(_TOLD).format(street=person.street, city=city)
        view = life.scenes.mail_write(day, other, "Visit", (typed,), marks(fact, city))
    life.visit(day, life.at_work(), view)


def _at_work(life: Plan, day: int, fact: str) -> None:
    rng, firm = life.rng, life.person.firm(day)
    if rng.random() < 0.5:
        lines = (f"Welcome {life.person.name.split()[0]}", "Canteen", "Time recording")
        view = life.scenes.page(day, f"Intranet {firm}", "intranet.example", marks(fact, firm), lines)
    else:
        other = rng.choice(life.person.others[:4])
        view = life.scenes.mail_write(
            day, other, rng.choice(life.person.work.subjects), ("See the attachment.",), marks(fact, firm)
        )
        view = _with_lines(view, ("--", life.person.name, firm))
    life.visit(day, life.at_work(), view)


def _with_lines(view: View, lines: tuple[str, ...]) -> View:
    return dataclasses.replace(view, lines=(*lines, *view.lines))


def _elsewhere(life: Plan, day: int, city: str) -> View:
    rng = life.rng
    if rng.random() < 0.5:
        return life.scenes.page(
            day, f"Hotels in {city}", "travelnest.example", (), (f"Weekend in {city} from 89", "2 guests")
        )
    other = rng.choice(life.person.others[:4])
    firm = rng.choice(vocabulary.names()["firms"])
    body = (
        "I am on the road this week.",
        "--",
        other,
        f"{firm}, {rng.choice(vocabulary.names()['streets'])} 4, {city}",
    )
    return life.scenes.mail_read(day, other, "Out of office", body, ())
