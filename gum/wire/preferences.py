"""The person's preferences in a domain, and what speaks against acting on them now."""

from __future__ import annotations

from datetime import date
from typing import Literal

from gum.records import Kind, Status
from gum.wire.base import Wire

__all__ = ["ConditionView", "PreferenceView", "PreferencesView"]


class PreferenceView(Wire):
    """One preference that bears on the domain.

    `probability` is how likely it is true, `now` how likely it is true and nothing speaks against acting on it now;
    `conditions` are the ids of the conditions that bind it.
    """

    id: int
    text: str
    kind: Kind
    status: Status
    probability: float
    likelihood: str
    now: float
    conditions: list[int]


class ConditionView(Wire):
    """Something that claims the person's time: a deadline or a commitment; `pressing` is from 0 to 1 by its day."""

    id: int
    text: str
    kind: Literal["deadline", "commitment"]
    due: date | None
    probability: float
    likelihood: str
    pressing: float


class PreferencesView(Wire):
    """What an agent should know before it acts for the person in a domain.

    `verdict` is 'not now' when it is more likely than not (`not_now`) that a condition claims the person's time;
    `text` says the same in lines ready for a prompt.
    """

    domain: str
    verdict: Literal["now", "not now"]
    not_now: float
    preferences: list[PreferenceView]
    conditions: list[ConditionView]
    text: str
    note: str = ""
