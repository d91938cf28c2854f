"""The ground truth beside a recording: the declared facts, and what the driver logged while it played."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scenarios.driver.spec import Scenario

_KEPT = {
    "page": ("pages", ("url", "title")),
    "typed": ("typed", ("app", "text")),
    "sent": ("sent", ("to", "body")),
    "saved": ("saved", ("file", "chars")),
}


def truth_of(scenario: Scenario, events: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """Return the content of truth.json from a scenario and the truth log of each of its sittings."""
    return {"facts": [_fact(number, fact) for number, fact in enumerate(scenario.facts, 1)], "log": _log(events)}


def _fact(number: int, fact: dict[str, Any]) -> dict[str, Any]:
    """Return a fact by fields; one in the form of question and answer keeps its words."""
    if "q" in fact:
        return {"id": fact.get("id", f"question-{number}"), "question": fact["q"], "answer": fact["a"]}
    return dict(fact)


def _log(events: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    log: dict[str, Any] = {"documents": [], "apps": [], "pages": [], "typed": [], "sent": [], "saved": []}
    for sitting, logged in events.items():
        for event in logged:
            if event["type"] in _KEPT:
                name, keys = _KEPT[event["type"]]
                log[name].append({"session": sitting, **{key: event.get(key) for key in keys}})
        states = [event for event in logged if event["type"] == "state" and not event["sensitive"]]
        _add(log["apps"], (state["cls"] for state in states))
        _add(log["documents"], (state["source"] for state in states if state["kind"] in ("mousepad", "evince")))
    return log


def _add(known: list[str], found: Iterable[str | None]) -> None:
    for item in found:
        if item and item not in known:
            known.append(item)
