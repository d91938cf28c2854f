"""The ground truth beside a recording: the declared facts, and what the driver logged while it played."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from scenarios.driver.spec import Scenario

Events = Sequence[Mapping[str, Any]]

_KEPT = {
    "page": ("pages", ("url", "title")),
    "typed": ("typed", ("app", "text")),
    "sent": ("sent", ("to", "body")),
    "saved": ("saved", ("file", "chars")),
}


def truth_of(scenario: Scenario, events: Mapping[str, Events]) -> dict[str, Any]:
    """Return the content of truth.json from a scenario and the truth log of each of its sittings."""
    return {
        "facts": [_fact(number, fact) for number, fact in enumerate(scenario.facts, 1)],
        "log": _log(scenario, events),
    }


def _fact(number: int, fact: dict[str, Any]) -> dict[str, Any]:
    """Return a fact by fields; one in the form of question and answer keeps its words."""
    if "q" in fact:
        return {"id": fact.get("id", f"question-{number}"), "question": fact["q"], "answer": fact["a"]}
    return dict(fact)


def _log(scenario: Scenario, events: Mapping[str, Events]) -> dict[str, Any]:
    """Return what was logged by kind; nothing of a sensitive window is in it."""
    names = ("documents", "apps", "pages", "mail", "typed", "sent", "saved", "shown")
    log: dict[str, list[Any]] = {name: [] for name in names}
    for sitting, logged in events.items():
        for event in logged:
            if event["type"] in _KEPT:
                name, keys = _KEPT[event["type"]]
                log[name].append({"session": sitting, **{key: event.get(key) for key in keys}})
        states = [event for event in logged if event["type"] == "state" and not event["sensitive"]]
        _add(log["apps"], (state["cls"] for state in states))
        _add(log["documents"], (state["source"] for state in states if state["kind"] in ("mousepad", "evince")))
        log["mail"] += [{"session": sitting, **mail} for mail in _opened(scenario, states)]
        log["shown"] += [{"session": sitting, "app": state["app"], "text": state["text"]} for state in _screens(states)]
    return log


def _opened(scenario: Scenario, states: Events) -> Iterator[dict[str, str]]:
    """Yield sender and subject of each mail that was opened."""
    mails = {item.id or str(number): item for number, item in enumerate(scenario.mail)}
    seen: set[str] = set()
    for state in states:
        opened = re.search(r"//mail\.[^/]*/m/([\w-]+)$", state["source"] or "")
        if opened and opened[1] in mails and opened[1] not in seen:
            seen.add(opened[1])
            yield {"from": mails[opened[1]].sender, "subject": mails[opened[1]].subject}


def _screens(states: Events) -> Iterator[Mapping[str, Any]]:
    """Yield the states of terminals whose text is new: what commands answered."""
    last = ""
    for state in states:
        if state["kind"] == "xterm" and state["text"] and state["text"] != last:
            last = state["text"]
            yield state


def _add(known: list[str], found: Iterable[str | None]) -> None:
    for item in found:
        if item and item not in known:
            known.append(item)
