"""What is believed about the person, and each change of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, get_args

from gum.records.trust import Trust


class Kind(StrEnum):
    """What a proposition speaks about; each kind has its prior probability."""

    ACTIVITY = "activity"
    INTEREST = "interest"
    SKILL = "skill"
    PREFERENCE = "preference"
    RELATION = "relation"
    ROUTINE = "routine"
    COMMITMENT = "commitment"
    STATE = "state"
    FACT = "fact"


class Durability(StrEnum):
    """How long a proposition is expected to hold; each class has its half-life."""

    MOMENT = "moment"
    TASK = "task"
    PROJECT = "project"
    PHASE = "phase"
    TRAIT = "trait"


class Status(StrEnum):
    """Where a proposition stands in its life."""

    CANDIDATE = "candidate"
    ACTIVE = "active"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"
    RETIRED = "retired"


#: The states of what is held to be true, or may yet be.
LIVE = (Status.CANDIDATE, Status.ACTIVE, Status.CONFIRMED)


class Theme(StrEnum):
    """Under which heading of the portrait a proposition stands."""

    WORK = "work"
    PROJECTS = "projects"
    PEOPLE = "people"
    HABITS = "habits"
    PREFERENCES = "preferences"
    TOOLS = "tools"
    LIFE = "life"


PREDICATES = (
    "works_on",
    "researches",
    "prefers_tool",
    "deals_with",
    "has_routine",
    "has_deadline",
    "has_commitment",
    "is_stuck_on",
    "lives_in",
    "works_at",
)


#: What is nobody's business unless the person says so: a proposition that touches it is held back.
SensitiveCategory = Literal[
    "health",
    "sexuality",
    "religion",
    "politics",
    "ethnicity",
    "gender",
    "finances",
    "credentials",
    "third_persons",
    "ability",
]
SENSITIVE_CATEGORIES: tuple[SensitiveCategory, ...] = get_args(SensitiveCategory)


@dataclass(frozen=True, slots=True)
class Claim:
    """A proposition's structured form, where an engine can give one.

    `predicate` is one of `PREDICATES`, `object` what it is about in normal form,
    `qualifier` the detail that may change (a date, a time of day, a kind of work).
    """

    predicate: str
    object: str
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Proposition:
    """One plain-language belief about the person, with its calibrated probability."""

    text: str
    reasoning: str
    kind: Kind
    durability: Durability
    theme: Theme
    status: Status
    probability: float
    raw_probability: float
    trust: Trust
    first_seen: datetime
    last_supported: datetime
    engine: str
    claim: Claim | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    sensitivity: str = ""
    pinned: bool = False
    edited: bool = False
    version: int = 1
    id: int = 0


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of a proposition: who, why, and both states as JSON-able fields."""

    proposition: int
    seq: int
    author: str
    cause: str
    old: dict[str, Any]
    new: dict[str, Any]
    at: datetime
    undone: bool = False
    id: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """One search result: a proposition and its relevance, 0 to 1 and comparable between queries."""

    proposition: Proposition
    score: float
    arms: tuple[str, ...] = ()
