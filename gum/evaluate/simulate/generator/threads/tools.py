"""Which applications are used for what: read off the visits, so that it is true whatever else was planned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container

from gum.evaluate.simulate.generator import vocabulary
from gum.evaluate.simulate.generator.plan import Plan
from gum.evaluate.simulate.generator.vocabulary import App

_BESIDE = frozenset({"settings", "files", "media"})  # nobody would say that they are preferred
_STRAY = {"notes": "gedit", "browsing": "chromium", "images": "gimp", "coding": "kate", "writing": "abiword"}


def plan(life: Plan) -> dict[str, list[tuple[str, int, int | None]]]:
    """Add what is preferred; return, by application, the facts that its use shows and from when to when."""
    days = _days_of_use(life)
    found: dict[str, list[tuple[str, int, int | None]]] = {}
    switch = life.person.switch
    for (use, key), used in sorted(days.items()):
        if use in _BESIDE:
            continue
        app = vocabulary.apps()[key]
        until = switch[2] if switch is not None and switch[0] == use and key != switch[1] else None
        names = (*app.names, app.window_class)
        fact = life.fact("prefers_tool", names, vocabulary.uses()[use].called, min(used), until)
        found[key] = [(fact, min(used), until)]
    if switch is not None:
        _replace(life, found, switch[0], switch[1])
    return found


def beside(life: Plan, known: Container[str]) -> None:
    """Add what the person uses for things of no account too: it is true, and nobody would miss it."""
    for (use, key), used in sorted(_days_of_use(life).items()):
        if key not in known and use != "settings":
            app = vocabulary.apps()[key]
            names = (*app.names, app.window_class)
            life.fact("prefers_tool", names, vocabulary.uses()[use].called, min(used), planted=False)


def stray(life: Plan) -> App | None:
    """Declare an application that is opened once or twice beside the one that is used; None when it is that one."""
    use = life.rng.choice(sorted(_STRAY))
    app = vocabulary.apps()[_STRAY[use]]
    in_use = {life.person.app(use, day).key for day in range(life.person.days)}
    if app.key in in_use or not any(view.app.use == use for visit in life.visits for view in visit.views):
        return None
    life.decoy("prefers_tool", (*app.names, app.window_class), "opened by accident")
    return app


def _days_of_use(life: Plan) -> dict[tuple[str, str], list[int]]:
    days: dict[tuple[str, str], list[int]] = defaultdict(list)
    for visit in life.visits:
        for view in visit.views:
            days[view.app.use, view.app.key].append(visit.day)
    return days


def _replace(life: Plan, found: dict[str, list[tuple[str, int, int | None]]], use: str, new: str) -> None:
    for key, facts in found.items():
        if vocabulary.apps()[key].use == use and key != new and new in found:
            life.facts[facts[0][0]].replaced_by = found[new][0][0]
