"""Whom the person deals with: mails read and answered, chats; some often, some once; promises made on the way."""

from __future__ import annotations

from gum.evaluate.simulate.generator import vocabulary
from gum.evaluate.simulate.generator.plan import Plan, marks
from gum.evaluate.simulate.generator.view import View
from gum.evaluate.simulate.generator.vocabulary import half
from gum.evaluate.simulate.generator.writing import promise

_SAID = (
    "Could you have a look at this today?",
    "Thanks, that was quick!",
    "Are you in tomorrow?",
    "I put the file into the folder.",
    "They called again about it.",
    "Lunch at half past twelve?",
    "Sounds good to me.",
    "Let us talk about it on the phone.",
    "I will send you the minutes tomorrow.",
    "My tax papers are due on 3 June, help!",
    "I'll bring the cake on Friday.",
    "Hast du kurz Zeit?",
    "Merci pour ton aide !",
    "I will be ten minutes late.",
    "What do you think of the second version?",
)
_ANSWERS = (
    "Yes, looks fine to me.",
    "I would take the second one.",
    "Sorry, not before Thursday.",
    "Thanks a lot, noted.",
    "Ja, passt.",
    "Let me think about it over lunch.",
    "Could you send me the numbers again?",
    "Good morning, see the attachment.",
)
_OFTEN = (9, 6, 4, 3, 1, 1)


def plan(life: Plan) -> None:
    """Plan whom the person deals with, and what is promised to them."""
    rng, person = life.rng, life.person
    promises = [(life.rng.choice(life.working_days()), one) for one in _promises(life)]
    for other, times in zip(person.others, _OFTEN, strict=False):
        fact = life.fact("deals_with", (other,))
        by_mail = rng.random() < 0.55
        for _ in range(max(1, round(times * person.weeks / 3)) if times > 1 else 1):
            day = rng.choice(life.working_days())
            views = _mails(life, day, other, fact) if by_mail else [_chat(life, day, other, fact)]
            life.visit(day, life.at_work(), *views)
    for number, (day, (what, name)) in enumerate(promises):
        _promised(life, day, what, name, listed=number % 2 == 0)


def _promises(life: Plan) -> list[tuple[str, str]]:
    known = half(life.person.work.commitments, life.person.held_out)
    return [*life.rng.sample(known, min(3, len(known))), *half(life.person.private.commitments, life.person.held_out)]


def _promised(life: Plan, day: int, what: str, name: str, listed: bool) -> None:
    """Plan a promise that the person types, and if it is `listed`, how it stands on the list of things to do."""
    rng, person = life.rng, life.person
    other = rng.choice(person.others[:4])
    fact = life.fact("has_commitment", (name, what), (), day)
    typed, due = promise(rng, what, life.date(day))
    if due is not None:  # what is promised for a day is due on it
        life.fact("has_deadline", (name, what), (f"{due:%Y-%m-%d}",), day, planted=False)
    dealt = next(one for one in life.facts.values() if one.predicate == "deals_with" and other in one.names).id
    shown = [*marks(fact, name), *marks(dealt, other)]
    if rng.random() < 0.5:
        view = life.scenes.chat(day, other, [rng.choice(_SAID)], [typed], shown)
    else:
        subject = f"Re: {rng.choice(person.work.subjects)}".replace("Re: Re:", "Re:")
        view = life.scenes.mail_write(day, other, subject, [rng.choice(_ANSWERS), typed], shown, rng.choice(_SAID))
    life.visit(day, life.at_work(), view)
    if listed:
        for later in range(rng.choice((2, 3, 4))):
            line = rng.choice(("- [ ] {}", "[ ] {}", "TODO {}", "to do: {}")).format(what)
            typed_now = (line,) if later == 0 else ()
            lines = ("to do", *(() if typed_now else (line,)), rng.choice(vocabulary.noise()["prose"]))
            view = life.scenes.list_of_tasks(day + later, lines, typed_now, marks(fact, name))
            life.visit(day + later, life.at_work(), view)


def _mails(life: Plan, day: int, other: str, fact: str) -> list[View]:
    rng = life.rng
    subject = rng.choice(life.person.work.subjects)
    said = rng.choice(_SAID)
    body = (
        f"Hi {life.person.name.split()[0]},",
        said,
        rng.choice(vocabulary.noise()["prose"]),
        other.split(maxsplit=1)[0],
    )
    views = [life.scenes.mail_read(day, other, subject, body, marks(fact, other))]
    if rng.random() < 0.75:
        answer = f"Re: {subject}".replace("Re: Re:", "Re:")
        typed = (f"Hello {other.split(maxsplit=1)[0]},", rng.choice(_ANSWERS))
        views.append(life.scenes.mail_write(day, other, answer, typed, marks(fact, other), said))
    return views


def _chat(life: Plan, day: int, other: str, fact: str) -> View:
    rng = life.rng
    return life.scenes.chat(day, other, rng.sample(_SAID, 2), (rng.choice(_ANSWERS),), marks(fact, other))
